import {chmodSync, mkdirSync, utimesSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {openCredentials} from '../../source/storage/credentials.js';
import {Secret} from '../../source/model/secret.js';
import {openRunState} from '../../source/storage/run-state.js';
import {entriesOf, modeOf, temporaryPlaces} from '../helpers/storage/folders.js';
import {inProcess, noDisk, noPermissions, plainUser, withDisk} from '../helpers/storage/processes.js';
import {server} from '../helpers/storage/servers.js';

const noPosix = process.platform === 'win32' && 'a POSIX system is needed';

const many = (prefix: string): readonly string[] => Array.from({length: 30}, (_, index) => `${prefix}${index}`);

test('two processes that keep thirty servers each, at once, lose none', async (t: TestContext) => {
	const places = await temporaryPlaces(t);
	const outcomes = await Promise.all([inProcess({places, keep: many('a')}), inProcess({places, keep: many('b')})]);
	t.assert.deepStrictEqual(new Set(outcomes.flatMap(({saved}) => saved.map(({isSaved}) => isSaved))), new Set([true]));
	const {servers, problem} = await openCredentials(places);
	t.assert.strictEqual(problem, undefined);
	t.assert.deepStrictEqual(servers.map(({name}) => name).toSorted(), [...many('a'), ...many('b')].toSorted());
	t.assert.deepStrictEqual([entriesOf(places.config), entriesOf(places.state)], [['servers'], ['key']]);
});

test('processes that make the key at once end with the same', async (t: TestContext) => {
	const places = await temporaryPlaces(t);
	const names = ['a', 'b', 'c'];
	const outcomes = await Promise.all(names.map(async name => inProcess({places, keep: [name], refuse: name})));
	t.assert.deepStrictEqual(outcomes.map(({isRefused}) => isRefused), [true, true, true]);
	t.assert.deepStrictEqual((await openCredentials(places)).servers.map(({name}) => name).toSorted(), names);
	const state = await openRunState(places);
	t.assert.deepStrictEqual(await Promise.all(names.map(async name => state.isRefused('https://vb1:4443', 'ann', new Secret(name)))), [true, true, true]);
	t.assert.deepStrictEqual(entriesOf(places.state), ['key', 'state.json']);
});

for (const umask of [0o000, 0o022, 0o077]) {
	test(`with the umask ${umask.toString(8)} only the owner can read what is kept`, {skip: noPosix}, async (t: TestContext) => {
		const {config, state} = await temporaryPlaces(t);
		await inProcess({places: {config, state}, keep: ['a'], refuse: 'x', umask});
		t.assert.deepStrictEqual([config, state].map(folder => modeOf(folder)), ['700', '700']);
		const files = [path.join(config, 'servers'), path.join(state, 'key'), path.join(state, 'state.json')];
		t.assert.deepStrictEqual(files.map(file => modeOf(file)), ['600', '600', '600']);
	});
}

test('the lock of a killed process is broken', async (t: TestContext) => {
	const places = await temporaryPlaces(t);
	const lock = path.join(places.config, 'servers.lock');
	mkdirSync(lock, {recursive: true});
	utimesSync(lock, 1, 1);
	const credentials = await openCredentials(places);
	t.assert.deepStrictEqual(await credentials.keep(server()), {isSaved: true, problem: undefined});
	t.assert.deepStrictEqual(entriesOf(places.config), ['servers']);
});

test('a lock that is held on is told after a while', async (t: TestContext) => {
	const places = await temporaryPlaces(t);
	const lock = path.join(places.config, 'servers.lock');
	mkdirSync(lock, {recursive: true});
	// As if its process touched it for ever.
	utimesSync(lock, new Date(Date.now() + 3_600_000), new Date(Date.now() + 3_600_000));
	const {isSaved, problem} = await (await openCredentials(places)).keep(server());
	t.assert.ok(!isSaved);
	t.assert.match(problem!.message, /servers cannot be saved: another vbtop holds it\.$/v);
	t.assert.deepStrictEqual(entriesOf(places.config), ['servers.lock']);
});

test('files that may not be read are told', {skip: noPosix || noPermissions}, async (t: TestContext) => {
	const places = await temporaryPlaces(t);
	await (await openCredentials(places)).keep(server());
	const folder = path.dirname(path.dirname(places.config));
	for (const file of [folder, path.dirname(places.config), path.dirname(places.state), places.config, places.state]) {
		chmodSync(file, 0o755);
	}

	chmodSync(path.join(places.state, 'key'), 0o000);
	const withoutKey = await inProcess({places, keep: ['a']}, {uid: plainUser});
	t.assert.match(withoutKey.problems[0]!.message, /\/key cannot be read: permission denied\.$/v);
	chmodSync(path.join(places.config, 'servers'), 0o000);
	chmodSync(places.config, 0o000);
	const withoutFolder = await inProcess({places, keep: ['a']}, {uid: plainUser});
	t.assert.match(withoutFolder.problems[0]!.message, /cannot be read: permission denied\.$/v);
	t.assert.ok([...withoutKey.saved, ...withoutFolder.saved].every(({isSaved}) => !isSaved));
	chmodSync(places.config, 0o700);
	chmodSync(path.join(places.config, 'servers'), 0o600);
	chmodSync(path.join(places.state, 'key'), 0o600);
	t.assert.deepStrictEqual((await openCredentials(places)).servers.map(({name}) => name), ['contoso']);
});

test('a folder that may not be written to is told', {skip: noPosix || noPermissions}, async (t: TestContext) => {
	const places = await temporaryPlaces(t);
	const folder = path.dirname(path.dirname(places.config));
	chmodSync(folder, 0o555);
	const {saved, isRefused} = await inProcess({places, keep: ['a'], refuse: 'x'}, {uid: plainUser});
	t.assert.deepStrictEqual(saved.map(({problem}) => problem!.message.endsWith(' cannot be saved: permission denied.')), [true, true]);
	t.assert.ok(isRefused, 'what was refused is known until the run ends');
	t.assert.deepStrictEqual(entriesOf(folder), []);
});

const isRoot = process.getuid?.() === 0;

test('a user without a home folder, who is in no list, is told so', {skip: !isRoot && 'only root can become such a user'}, async (t: TestContext) => {
	const places = await temporaryPlaces(t);
	chmodSync(path.dirname(path.dirname(places.config)), 0o777);
	const {saved} = await inProcess({places, keep: ['a']}, {uid: 1_234_567, isHomeless: true});
	t.assert.match(saved[0]!.problem!.message, /no home folder/v);
});

const disks: ReadonlyArray<readonly [what: string, options: string, prepare: (folder: string) => string, message: RegExp]> = [
	['that is read-only', 'ro', () => ':', /cannot be saved: the disk is read-only\.$/v],
	['that became read-only', 'rw', folder => `mkdir -p ${folder}/config/vbtop ${folder}/state/vbtop && mount -o remount,ro ${folder}`, /cannot be saved: the disk is read-only\.$/v],
	['that takes no file more', 'nr_inodes=1', () => ':', /cannot be saved: the disk is full\.$/v],
];

for (const [what, options, prepare, message] of disks) {
	test(`a disk ${what} is told, and what was refused is known until the run ends`, {skip: noDisk}, async (t: TestContext) => {
		const places = await temporaryPlaces(t);
		const disk = path.dirname(path.dirname(places.config));
		const {saved, isRefused} = await inProcess({places, keep: ['a', 'b'], refuse: 'x'}, {under: withDisk(disk, options, prepare(disk))});
		t.assert.deepStrictEqual(saved.filter(({problem}) => !message.test(problem?.message ?? '')), []);
		t.assert.ok(isRefused);
	});
}

test('a disk that takes only a part of the file leaves the one that is there', {skip: noDisk}, async (t: TestContext) => {
	const places = await temporaryPlaces(t);
	const disk = path.dirname(path.dirname(places.config));
	// Three pages: one for the key, one for the file; a draft of two is cut, and no error comes.
	const {kept, saved} = await inProcess({places, keep: ['a', 'long'.repeat(1500)]}, {under: withDisk(disk, 'size=12k')});
	t.assert.deepStrictEqual(kept, ['a']);
	t.assert.deepStrictEqual([saved[0]!.isSaved, saved[1]!.isSaved], [true, false]);
	t.assert.match(saved[1]!.problem!.message, /servers cannot be saved: the disk did not take all of it\.$/v);
});
