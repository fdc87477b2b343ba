import {chmodSync, mkdirSync, utimesSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {openCredentials} from '../../source/storage/credentials.js';
import {Secret} from '../../source/model/secret.js';
import {openRunState} from '../../source/storage/run-state.js';
import {entriesOf, modeOf, temporaryDirectories} from '../helpers/storage/folders.js';
import {inProcess, noDisk, noPermissions, plainUser, withDisk} from '../helpers/storage/processes.js';
import {server} from '../helpers/storage/servers.js';

const noPosix = process.platform === 'win32' && 'a POSIX system is needed';

const many = (prefix: string): readonly string[] => Array.from({length: 8}, (_, index) => `${prefix}${index}`);

test('two processes that save eight servers each, at once, lose none', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const outcomes = await Promise.all([inProcess({directories, save: many('a')}), inProcess({directories, save: many('b')})]);
	t.assert.deepStrictEqual(new Set(outcomes.flatMap(({saved}) => saved.map(({isSaved}) => isSaved))), new Set([true]));
	const {servers, problem} = await openCredentials(directories);
	t.assert.strictEqual(problem, undefined);
	t.assert.deepStrictEqual(servers.map(({name}) => name).toSorted(), [...many('a'), ...many('b')].toSorted());
	t.assert.deepStrictEqual([entriesOf(directories.config), entriesOf(directories.state)], [['servers'], ['key']]);
});

test('processes that make the key at once end with the same', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const names = ['a', 'b', 'c'];
	const outcomes = await Promise.all(names.map(async name => inProcess({directories, save: [name], refuse: name})));
	t.assert.deepStrictEqual(outcomes.map(({isRefused}) => isRefused), [true, true, true]);
	t.assert.deepStrictEqual((await openCredentials(directories)).servers.map(({name}) => name).toSorted(), names);
	const state = await openRunState(directories);
	t.assert.deepStrictEqual(await Promise.all(names.map(async name => state.isRefused('https://vb1:4443', 'ann', new Secret(name)))), [true, true, true]);
	t.assert.deepStrictEqual(entriesOf(directories.state), ['key', 'state.json']);
});

for (const umask of [0o000, 0o022, 0o077]) {
	test(`with the umask ${umask.toString(8)} only the owner can read the files`, {skip: noPosix}, async (t: TestContext) => {
		const {config, state} = await temporaryDirectories(t);
		const before = process.umask(umask);
		t.after(() => {
			process.umask(before);
		});
		await (await openCredentials({config, state})).keep(server());
		await (await openRunState({config, state})).addRefusal('https://vb1:4443', 'ann', new Secret('x'));
		t.assert.deepStrictEqual([config, state].map(folder => modeOf(folder)), ['700', '700']);
		const files = [path.join(config, 'servers'), path.join(state, 'key'), path.join(state, 'state.json')];
		t.assert.deepStrictEqual(files.map(file => modeOf(file)), ['600', '600', '600']);
	});
}

test('the lock of a killed process is broken', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const lock = path.join(directories.config, 'servers.lock');
	mkdirSync(lock, {recursive: true});
	utimesSync(lock, 1, 1);
	const credentials = await openCredentials(directories);
	t.assert.deepStrictEqual(await credentials.keep(server()), {isSaved: true, problem: undefined});
	t.assert.deepStrictEqual(entriesOf(directories.config), ['servers']);
});

test('a lock that is not released is reported after a while', async (t: TestContext) => {
	// Each look at the clock is a second later: nobody waits for the seven that a lock is waited for.
	let now = 0;
	t.mock.method(performance, 'now', () => {
		now += 1000;
		return now;
	});
	const directories = await temporaryDirectories(t);
	const lock = path.join(directories.config, 'servers.lock');
	mkdirSync(lock, {recursive: true});
	// As if its process touched it without end.
	utimesSync(lock, new Date(Date.now() + 3_600_000), new Date(Date.now() + 3_600_000));
	const {isSaved, problem} = await (await openCredentials(directories)).keep(server());
	t.assert.ok(!isSaved);
	t.assert.match(problem!.message, /servers cannot be saved: another vbtop holds it\.$/v);
	t.assert.ok(now > 7500, 'longer than the five seconds after which a lock counts as stale');
	t.assert.deepStrictEqual(entriesOf(directories.config), ['servers.lock']);
});

test('files that may not be read are reported', {skip: noPosix || noPermissions}, async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	await (await openCredentials(directories)).keep(server());
	const folder = path.dirname(path.dirname(directories.config));
	for (const file of [folder, path.dirname(directories.config), path.dirname(directories.state), directories.config, directories.state]) {
		chmodSync(file, 0o755);
	}

	chmodSync(path.join(directories.state, 'key'), 0o000);
	const withoutKey = await inProcess({directories, save: ['a']}, {uid: plainUser});
	t.assert.match(withoutKey.problems[0]!.message, /\/key cannot be read: permission denied\.$/v);
	chmodSync(path.join(directories.config, 'servers'), 0o000);
	chmodSync(directories.config, 0o000);
	const withoutFolder = await inProcess({directories, save: ['a']}, {uid: plainUser});
	t.assert.match(withoutFolder.problems[0]!.message, /cannot be read: permission denied\.$/v);
	t.assert.ok([...withoutKey.saved, ...withoutFolder.saved].every(({isSaved}) => !isSaved));
	chmodSync(directories.config, 0o700);
	chmodSync(path.join(directories.config, 'servers'), 0o600);
	chmodSync(path.join(directories.state, 'key'), 0o600);
	t.assert.deepStrictEqual((await openCredentials(directories)).servers.map(({name}) => name), ['contoso']);
});

test('a folder that may not be written to is reported', {skip: noPosix || noPermissions}, async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const folder = path.dirname(path.dirname(directories.config));
	chmodSync(folder, 0o555);
	const {saved, isRefused} = await inProcess({directories, save: ['a'], refuse: 'x'}, {uid: plainUser});
	t.assert.deepStrictEqual(saved.map(({problem}) => problem!.message.endsWith(' cannot be saved: permission denied.')), [true, true]);
	t.assert.ok(isRefused, 'what was refused is known until the run ends');
	t.assert.deepStrictEqual(entriesOf(folder), []);
});

const isRoot = process.getuid?.() === 0;

test('a user without a home folder, who is in no list, is reported', {skip: !isRoot && 'only root can become such a user'}, async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	chmodSync(path.dirname(path.dirname(directories.config)), 0o777);
	const {saved} = await inProcess({directories, save: ['a']}, {uid: 1_234_567, isHomeless: true});
	t.assert.match(saved[0]!.problem!.message, /no home folder/v);
});

const disks: ReadonlyArray<readonly [what: string, options: string, prepare: (folder: string) => string, message: RegExp]> = [
	['that is read-only', 'ro', () => ':', /cannot be saved: the disk is read-only\.$/v],
	['that became read-only', 'rw', folder => `mkdir -p ${folder}/config/vbtop ${folder}/state/vbtop && mount -o remount,ro ${folder}`, /cannot be saved: the disk is read-only\.$/v],
	['that takes no file more', 'nr_inodes=1', () => ':', /cannot be saved: the disk is full\.$/v],
];

for (const [what, options, prepare, message] of disks) {
	test(`a disk ${what} is reported, and what was refused is known until the run ends`, {skip: noDisk}, async (t: TestContext) => {
		const directories = await temporaryDirectories(t);
		const disk = path.dirname(path.dirname(directories.config));
		const {saved, isRefused} = await inProcess({directories, save: ['a', 'b'], refuse: 'x'}, {under: withDisk(disk, options, prepare(disk))});
		t.assert.deepStrictEqual(saved.filter(({problem}) => !message.test(problem?.message ?? '')), []);
		t.assert.ok(isRefused);
	});
}

test('a disk that takes only a part of the file leaves the one that is there', {skip: noDisk}, async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const disk = path.dirname(path.dirname(directories.config));
	// Three pages: one for the key, one for the file; a draft of two is cut, and no error comes.
	const {stored, saved} = await inProcess({directories, save: ['a', 'long'.repeat(1500)]}, {under: withDisk(disk, 'size=12k')});
	t.assert.deepStrictEqual(stored, ['a']);
	t.assert.deepStrictEqual([saved[0]!.isSaved, saved[1]!.isSaved], [true, false]);
	t.assert.match(saved[1]!.problem!.message, /servers cannot be saved: the disk did not take all of it\.$/v);
});
