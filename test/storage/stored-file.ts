import {chmodSync, existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {openStoredFile, type StoredFile, type StoredFileOptions} from '../../source/storage/stored-file.js';
import {machineKey} from '../../source/storage/machine-key.js';
import {bytesUnder, entriesOf, modeOf, temporaryFolder, temporaryDirectories} from '../helpers/storage/folders.js';

type Notes = {readonly notes: Readonly<Record<string, string>>};

const format = {
	name: 'notes.json',
	schema: 3,
	migrations: {
		1: ({note}) => ({notes: [note]}),
		2: ({notes}) => ({notes: Object.fromEntries((notes as string[]).map((note, index) => [`n${index}`, note]))}),
	},
	properties: {notes: {type: 'object', additionalProperties: {type: 'string'}}},
	empty: {notes: {}},
} as const satisfies Omit<StoredFileOptions<Notes>, 'folder'>;

async function open(folder: string | undefined, changes: Partial<StoredFileOptions<Notes>> = {}): Promise<StoredFile<Notes>> {
	return openStoredFile<Notes>({...format, folder, ...changes});
}

const add = (name: string, note: string) => ({notes}: Notes): Notes => ({notes: {...notes, [name]: note}});

const isSaved = {isSaved: true, problem: undefined};

test('an absent file holds the empty value, and nothing is made before the first update', async (t: TestContext) => {
	const {config} = await temporaryDirectories(t);
	const file = await open(config);
	t.assert.deepStrictEqual([file.value, file.problem], [{notes: {}}, undefined]);
	t.assert.ok(!existsSync(config));
	t.assert.deepStrictEqual(await file.update(value => value), isSaved, 'an update that changes nothing');
	t.assert.deepStrictEqual(entriesOf(config), []);
	t.assert.deepStrictEqual(await file.update(add('a', 'first')), isSaved);
	t.assert.deepStrictEqual(file.value, {notes: {a: 'first'}});
	t.assert.deepStrictEqual((await open(config)).value, {notes: {a: 'first'}});
	const name = path.join(config, 'notes.json');
	t.assert.deepStrictEqual(JSON.parse(readFileSync(name, 'utf8')), {schema: 3, notes: {a: 'first'}});
	t.assert.deepStrictEqual(entriesOf(config), ['notes.json'], 'neither lock nor draft is left');
	t.assert.deepStrictEqual([modeOf(config), modeOf(name)], ['700', '600']);
});

test('what others may do with folder and file is taken away', async (t: TestContext) => {
	const {config} = await temporaryDirectories(t);
	const name = path.join(config, 'notes.json');
	await (await open(config)).update(add('a', '1'));
	chmodSync(config, 0o755);
	chmodSync(name, 0o664);
	const file = await open(config);
	t.assert.deepStrictEqual([modeOf(config), modeOf(name)], ['700', '600'], 'when it is opened');
	chmodSync(config, 0o777);
	chmodSync(name, 0o644);
	await file.update(add('b', '2'));
	t.assert.deepStrictEqual([modeOf(config), modeOf(name)], ['700', '600'], 'when it is written');
});

test('an undefined value removes the file', async (t: TestContext) => {
	const {config} = await temporaryDirectories(t);
	const file = await open(config);
	await file.update(add('a', '1'));
	t.assert.deepStrictEqual(await file.update(() => undefined), isSaved);
	t.assert.deepStrictEqual([file.value, entriesOf(config)], [{notes: {}}, []]);
	t.assert.deepStrictEqual(await file.update(() => undefined), isSaved, 'also where there is none');
});

test('updates of one process and of several open files all arrive', async (t: TestContext) => {
	const {config} = await temporaryDirectories(t);
	const [one, other] = [await open(config), await open(config)];
	const names = Array.from({length: 12}, (_, index) => `n${index}`);
	const saved = await Promise.all(names.map(async (name, index) => (index % 2 ? one : other).update(add(name, name))));
	t.assert.deepStrictEqual(new Set(saved.map(outcome => outcome.isSaved)), new Set([true]));
	t.assert.deepStrictEqual(Object.keys((await open(config)).value.notes).toSorted(), names.toSorted());
	t.assert.deepStrictEqual(entriesOf(config), ['notes.json']);
});

test('an update that throws is a bug; it changes nothing, and the next one works', async (t: TestContext) => {
	const {config} = await temporaryDirectories(t);
	const file = await open(config);
	await t.assert.rejects(file.update(() => {
		throw new TypeError('a bug');
	}), /a bug/v);
	t.assert.deepStrictEqual(entriesOf(config), []);
	t.assert.deepStrictEqual(await file.update(add('a', '1')), isSaved);
});

test('an older format is changed as it is read, and written with the next update', async (t: TestContext) => {
	const folder = await temporaryFolder(t);
	const name = path.join(folder, 'notes.json');
	const old = '{"schema": 1, "note": "old"}';
	writeFileSync(name, old);
	const file = await open(folder);
	t.assert.deepStrictEqual([file.value, file.problem], [{notes: {n0: 'old'}}, undefined]);
	t.assert.strictEqual(readFileSync(name, 'utf8'), old);
	t.assert.deepStrictEqual(await file.update(add('a', 'new')), isSaved);
	t.assert.deepStrictEqual(JSON.parse(readFileSync(name, 'utf8')), {schema: 3, notes: {n0: 'old', a: 'new'}});
});

const unreadable: ReadonlyArray<readonly [what: string, text: string, message: RegExp, advice?: RegExp]> = [
	['that is empty', '', /is not JSON\.$/v],
	['that is not JSON', '{"schema": 3, "notes": {"a": "hush"', /is not JSON\.$/v],
	['that is another JSON', '["hush"]', /does not hold what vbtop writes there\.$/v],
	['without its format', '{"notes": {"a": "hush"}}', /does not hold what vbtop writes there\.$/v],
	['of format 0', '{"schema": 0, "notes": {}}', /does not hold what vbtop writes there\.$/v],
	['of half a format', '{"schema": 1.5, "notes": {}}', /does not hold what vbtop writes there\.$/v],
	['of a format in words', '{"schema": "3", "notes": {}}', /does not hold what vbtop writes there\.$/v],
	['with another type', '{"schema": 3, "notes": {"hush": 1}}', /does not hold what vbtop writes there\.$/v],
	['without its value', '{"schema": 3}', /does not hold what vbtop writes there\.$/v],
	['with more than its value', '{"schema": 3, "notes": {}, "hush": 1}', /does not hold what vbtop writes there\.$/v],
	['of an older format that does not hold what it should', '{"schema": 2, "notes": "hush"}', /does not hold what vbtop writes there\.$/v],
	['of a newer format', '{"schema": 4, "pages": ["hush"]}', /was written by a newer vbtop \(format 4; this one reads up to 3\)\.$/v, /^Use the newer vbtop, or move the file away: mv /v],
];

for (const [what, text, message, advice = /ove it away: mv '.*notes\.json' '.*notes\.json\.bad'$/v] of unreadable) {
	test(`a file ${what} is reported and stays as it is`, async (t: TestContext) => {
		const folder = await temporaryFolder(t);
		const name = path.join(folder, 'notes.json');
		writeFileSync(name, text);
		const file = await open(folder);
		t.assert.deepStrictEqual(file.value, {notes: {}});
		t.assert.match(file.problem!.message, message);
		t.assert.ok(file.problem!.message.startsWith(name));
		t.assert.match(file.problem!.advice, advice);
		t.assert.doesNotMatch(JSON.stringify(file.problem), /hush/v, 'nothing of what it holds is shown');
		for (const change of [add('a', '1'), () => undefined]) {
			t.assert.deepStrictEqual(await file.update(change), {isSaved: false, problem: file.problem});
		}

		t.assert.strictEqual(readFileSync(name, 'utf8'), text);
		t.assert.deepStrictEqual(entriesOf(folder), ['notes.json']);
	});
}

const astray: ReadonlyArray<readonly [what: string, put: (name: string) => void, message: RegExp]> = [
	['a folder', name => {
		mkdirSync(name);
	}, /cannot be read: it is a folder\.$/v],
	['links that lead in a circle', name => {
		symlinkSync('notes.json', name);
	}, /cannot be read: its links lead in a circle\.$/v],
];

for (const [what, put, message] of astray) {
	test(`${what} in place of the file is reported`, async (t: TestContext) => {
		const folder = await temporaryFolder(t);
		put(path.join(folder, 'notes.json'));
		const file = await open(folder);
		t.assert.match(file.problem!.message, message);
		t.assert.deepStrictEqual(await file.update(add('a', '1')), {isSaved: false, problem: file.problem});
		t.assert.deepStrictEqual(entriesOf(folder), ['notes.json']);
	});
}

test('once the file was moved away, the next update is saved', async (t: TestContext) => {
	const folder = await temporaryFolder(t);
	const name = path.join(folder, 'notes.json');
	writeFileSync(name, 'no JSON');
	const file = await open(folder);
	renameSync(name, `${name}.bad`);
	t.assert.deepStrictEqual(await file.update(add('a', '1')), isSaved);
	t.assert.deepStrictEqual(entriesOf(folder), ['notes.json', 'notes.json.bad']);
});

test('a folder below a file is reported when it is to be written to, and changes nothing in memory', async (t: TestContext) => {
	const folder = await temporaryFolder(t);
	writeFileSync(path.join(folder, 'config'), 'a file');
	const file = await open(path.join(folder, 'config', 'vbtop'));
	t.assert.strictEqual(file.problem, undefined);
	const saved = await file.update(add('a', '1'));
	t.assert.match(saved.problem!.message, /notes\.json cannot be saved: a part of its path is no folder\.$/v);
	t.assert.deepStrictEqual([saved.isSaved, file.value], [false, {notes: {}}]);
});

test('without a folder nothing is saved, and that is reported', async (t: TestContext) => {
	const file = await open(undefined);
	t.assert.deepStrictEqual([file.value, file.problem], [{notes: {}}, undefined]);
	const saved = await file.update(add('a', '1'));
	t.assert.ok(!saved.isSaved);
	t.assert.match(saved.problem!.message, /no home folder/v);
});

test('a link is followed, and stays one', async (t: TestContext) => {
	const folder = await temporaryFolder(t);
	const [dotfiles, config] = [path.join(folder, 'dotfiles'), path.join(folder, 'config')];
	mkdirSync(dotfiles);
	mkdirSync(config);
	writeFileSync(path.join(dotfiles, 'notes'), '{"schema": 3, "notes": {}}');
	symlinkSync('../dotfiles/notes', path.join(config, 'notes.json'));
	const file = await open(config);
	t.assert.deepStrictEqual(await file.update(add('a', '1')), isSaved);
	t.assert.match(readFileSync(path.join(dotfiles, 'notes'), 'utf8'), /"a": "1"/v);
	t.assert.deepStrictEqual([entriesOf(dotfiles), entriesOf(config)], [['notes'], ['notes.json']]);
	await file.update(() => undefined);
	t.assert.deepStrictEqual([entriesOf(dotfiles), entriesOf(config)], [[], []], 'and both go');
});

test('what a killed process left is swept with the next update', async (t: TestContext) => {
	const folder = await temporaryFolder(t);
	for (const name of ['notes.json.new', 'notes.json.new.tmp-1764000000abcdef']) {
		writeFileSync(path.join(folder, name), 'half of it');
	}

	t.assert.deepStrictEqual(await (await open(folder)).update(add('a', '1')), isSaved);
	t.assert.deepStrictEqual(entriesOf(folder), ['notes.json']);
});

const paths: ReadonlyArray<readonly [folder: string, shown: string, advised: string]> = [
	['it\'s', 'it\'s/', String.raw`it'\''s/`],
	['red\u{1B}[31m', 'red\u{FFFD}[31m/', String.raw`red\U0000001b[31m`],
	['turned\u{202E}', 'turned\u{FFFD}/', String.raw`turned\U0000202e`],
];

for (const [name, shown, advised] of paths) {
	test(`the path ${JSON.stringify(name)} is shown without control characters`, async (t: TestContext) => {
		const folder = path.join(await temporaryFolder(t), name);
		mkdirSync(folder);
		writeFileSync(path.join(folder, 'notes.json'), '');
		const {message, advice} = (await open(folder)).problem!;
		t.assert.ok(message.includes(shown));
		t.assert.ok(advice.includes(advised));
		t.assert.doesNotMatch(message + advice, /[\p{Control}\p{Format}]/v);
	});
}

test('an encrypted file gives nothing away, and is other bytes each time', async (t: TestContext) => {
	const {config, state} = await temporaryDirectories(t);
	const key = machineKey(state);
	const file = await open(config, {key});
	await file.update(add('secret', 'hush'));
	const [first] = bytesUnder(config);
	await file.update(add('secret', 'hush'));
	const [second] = bytesUnder(config);
	t.assert.ok(!first!.equals(second!));
	t.assert.deepStrictEqual([first, second].filter(bytes => /secret|hush|notes|schema/v.test(bytes!.toString('latin1'))), []);
	t.assert.deepStrictEqual((await open(config, {key})).value, {notes: {secret: 'hush'}});
});
