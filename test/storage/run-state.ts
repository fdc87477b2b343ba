import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {Secret} from '../../source/model/secret.js';
import {openRunState} from '../../source/storage/run-state.js';
import {bytesUnder, entriesOf, modeOf, temporaryFolder, temporaryDirectories} from '../helpers/storage/folders.js';

const isSaved = {isSaved: true, problem: undefined};

const vb1 = 'https://vb1:4443';
const vb2 = 'https://vb2:4443';
const ann = String.raw`CONTOSO\ann`;
const wrong = new Secret('Tr0ub4dor&3');

type Written = {readonly refused: ReadonlyArray<Record<'server' | 'account' | 'salt' | 'hash', string> & {readonly at: number}>};

function written(state: string): Written {
	return JSON.parse(readFileSync(path.join(state, 'state.json'), 'utf8')) as Written;
}

test('the servers that were watched last are remembered', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const state = await openRunState(directories);
	t.assert.deepStrictEqual([state.lastServers(), state.problem], [[], undefined]);
	t.assert.deepStrictEqual(await state.setLastServers([]), isSaved);
	t.assert.deepStrictEqual(entriesOf(directories.state), [], 'nothing new is not written');
	t.assert.deepStrictEqual(await state.setLastServers([vb2, vb1]), isSaved);
	t.assert.deepStrictEqual(state.lastServers(), [vb2, vb1]);
	t.assert.deepStrictEqual((await openRunState(directories)).lastServers(), [vb2, vb1]);
	t.assert.deepStrictEqual([modeOf(directories.state), modeOf(path.join(directories.state, 'state.json'))], ['700', '600']);
	t.assert.deepStrictEqual(entriesOf(directories.state), ['state.json'], 'and needs no key');
});

const asked: ReadonlyArray<readonly [what: string, server: string, account: string, password: string, isRefused: boolean]> = [
	['the password that was refused', vb1, ann, 'Tr0ub4dor&3', true],
	['another password', vb1, ann, 'Tr0ub4dor&4', false],
	['an empty password', vb1, ann, '', false],
	['the password for another account', vb1, 'bob', 'Tr0ub4dor&3', false],
	['the password on another server', vb2, ann, 'Tr0ub4dor&3', false],
];

test('a refused password is known again, also by the next run', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const state = await openRunState(directories);
	t.assert.ok(!await state.isRefused(vb1, ann, wrong));
	t.assert.deepStrictEqual(entriesOf(directories.state), [], 'asking makes nothing');
	t.assert.deepStrictEqual(await state.addRefusal(vb1, ann, wrong), isSaved);
	for (const remembering of [state, await openRunState(directories)]) {
		for (const [what, server, account, password, isRefused] of asked) {
			t.assert.strictEqual(await remembering.isRefused(server, account, new Secret(password)), isRefused, what);
		}
	}

	t.assert.deepStrictEqual(entriesOf(directories.state), ['key', 'state.json']);
});

test('the password itself is not written, and its hash is another each time', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const state = await openRunState(directories);
	await state.addRefusal(vb1, ann, wrong);
	await state.addRefusal(vb2, ann, wrong);
	t.assert.deepStrictEqual(bytesUnder(directories.state).filter(bytes => bytes.includes('Tr0ub4dor')), []);
	const {refused} = written(directories.state);
	t.assert.deepStrictEqual(refused.map(({server, account}) => [server, account]), [[vb1, ann], [vb2, ann]]);
	t.assert.strictEqual(new Set(refused.flatMap(({salt, hash}) => [salt, hash])).size, 4);
});

test('without the key of the machine the hash says nothing', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	await (await openRunState(directories)).addRefusal(vb1, ann, wrong);
	writeFileSync(path.join(directories.state, 'key'), 'ab'.repeat(32));
	t.assert.ok(!await (await openRunState(directories)).isRefused(vb1, ann, wrong));
	rmSync(path.join(directories.state, 'key'));
	t.assert.ok(!await (await openRunState(directories)).isRefused(vb1, ann, wrong));
});

test('an account is forgiven on one server, with all that was refused', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const state = await openRunState(directories);
	for (const [server, account, password] of [[vb1, ann, 'a'], [vb1, ann, 'b'], [vb2, ann, 'a'], [vb1, 'bob', 'a']] as const) {
		await state.addRefusal(server, account, new Secret(password));
	}

	t.assert.deepStrictEqual(await state.clearRefusals(vb1, ann), isSaved);
	for (const remembering of [state, await openRunState(directories)]) {
		const refused = await Promise.all([[vb1, ann, 'a'], [vb1, ann, 'b'], [vb2, ann, 'a'], [vb1, 'bob', 'a']].map(async ([server, account, password]) =>
			remembering.isRefused(server!, account!, new Secret(password!))));
		t.assert.deepStrictEqual(refused, [false, false, true, true]);
	}
});

test('of an account the last five are remembered', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const state = await openRunState(directories);
	await state.addRefusal(vb2, ann, new Secret('1'));
	for (const password of ['1', '2', '3', '4', '5', '6']) {
		await state.addRefusal(vb1, ann, new Secret(password));
	}

	const refused = await Promise.all(['1', '2', '6'].map(async password => state.isRefused(vb1, ann, new Secret(password))));
	t.assert.deepStrictEqual(refused, [false, true, true]);
	t.assert.deepStrictEqual(written(directories.state).refused.map(({server}) => server), [vb2, vb1, vb1, vb1, vb1, vb1]);
});

test('in all the last hundred are remembered', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	mkdirSync(directories.state, {recursive: true});
	const refused = Array.from({length: 100}, (_, index) => ({server: vb2, account: `user${index}`, salt: '', hash: '', at: index}));
	writeFileSync(path.join(directories.state, 'state.json'), JSON.stringify({schema: 1, lastServers: [vb1], refused}));
	const state = await openRunState(directories);
	await state.addRefusal(vb1, ann, wrong);
	const {length, 0: first, 99: last} = written(directories.state).refused;
	t.assert.deepStrictEqual([length, first!.account, last!.account], [100, 'user1', ann]);
	t.assert.ok(!await state.isRefused(vb2, 'user7', wrong), 'a hash of no length is that of no password');
	t.assert.deepStrictEqual(state.lastServers(), [vb1]);
});

const unsaved: ReadonlyArray<readonly [what: string, folder: (temporary: string) => string | undefined, problem: RegExp]> = [
	['without a folder', () => undefined, /no home folder/v],
	['where the folder cannot be made', temporary => {
		writeFileSync(path.join(temporary, 'file'), '');
		return path.join(temporary, 'file', 'vbtop');
	}, /state\.json cannot be saved: a part of its path is no folder/v],
	['where the file cannot be read', temporary => {
		writeFileSync(path.join(temporary, 'state.json'), 'no JSON');
		return temporary;
	}, /state\.json is not JSON/v],
];

for (const [what, folder, problem] of unsaved) {
	test(`${what} it is remembered until the run ends`, async (t: TestContext) => {
		const state = await openRunState({config: undefined, state: folder(await temporaryFolder(t))});
		const changes = [state.addRefusal(vb1, ann, wrong), state.addRefusal(vb2, ann, wrong), state.clearRefusals(vb2, ann), state.setLastServers([vb1])];
		for (const saving of changes) {
			const saved = await saving;
			t.assert.match(saved.isSaved ? '' : saved.problem!.message, problem);
		}

		t.assert.ok(await state.isRefused(vb1, ann, wrong));
		t.assert.ok(!await state.isRefused(vb1, ann, new Secret('another')));
		t.assert.deepStrictEqual(state.lastServers(), [vb1]);
	});
}
