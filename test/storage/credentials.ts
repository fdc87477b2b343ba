import {Buffer} from 'node:buffer';
import {cpSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {inspect} from 'node:util';
import {openCredentials, type Credentials, type StoredServer} from '../../source/storage/credentials.js';
import {openStoredFile} from '../../source/storage/stored-file.js';
import {machineKey} from '../../source/storage/machine-key.js';
import {Secret} from '../../source/model/secret.js';
import type {Directories} from '../../source/storage/directories.js';
import {bytesUnder, entriesOf, modeOf, temporaryFolder, temporaryDirectories} from '../helpers/storage/folders.js';
import {opened, server} from '../helpers/storage/servers.js';

type Folders = Awaited<ReturnType<typeof temporaryDirectories>>;

const isSaved = {isSaved: true, problem: undefined};

const one = server();
const two = server({id: 'https://vb2.contoso.test:4443/backup', name: 'second', account: undefined, secret: new Secret('token-91ac'), tokens: undefined, pin: undefined, version: 'v6'});
const bare = server({id: 'https://vb3.contoso.test:4443', name: 'bare', account: 'ann', secret: undefined, tokens: undefined, pin: undefined, version: undefined});

async function storedIn(directories: Directories): Promise<ReadonlyArray<ReturnType<typeof opened>>> {
	const {servers, problem} = await openCredentials(directories);
	if (problem) {
		throw new Error(problem.message);
	}

	return servers.map(stored => opened(stored));
}

async function saveAll(directories: Directories, ...servers: readonly StoredServer[]): Promise<Credentials> {
	const credentials = await openCredentials(directories);
	for (const stored of servers) {
		await credentials.keep(stored);
	}

	return credentials;
}

test('servers are stored with all their values, in the order of saving', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const credentials = await openCredentials(directories);
	t.assert.deepStrictEqual([credentials.servers, credentials.problem], [[], undefined]);
	t.assert.deepStrictEqual([entriesOf(directories.config), entriesOf(directories.state)], [[], []], 'opening makes nothing');
	for (const each of [two, one, bare]) {
		t.assert.deepStrictEqual(await credentials.keep(each), isSaved);
	}

	t.assert.deepStrictEqual(await storedIn(directories), [opened(two), opened(one), opened(bare)]);
	t.assert.deepStrictEqual([entriesOf(directories.config), entriesOf(directories.state)], [['servers'], ['key']]);
	const modes = [directories.config, path.join(directories.config, 'servers'), directories.state, path.join(directories.state, 'key')].map(file => modeOf(file));
	t.assert.deepStrictEqual(modes, ['700', '600', '700', '600']);
});

test('a server that is saved again replaces the former one, at the same position', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const again = server({secret: new Secret('another'), version: 'v7'});
	await saveAll(directories, one, two, again);
	t.assert.deepStrictEqual(await storedIn(directories), [opened(again), opened(two)]);
});

test('stored secrets are not printed', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	await saveAll(directories, one, two);
	const credentials = await openCredentials(directories);
	const printed = `${inspect(credentials, {depth: 9, showHidden: true, customInspect: false})} ${JSON.stringify(credentials)}`;
	t.assert.doesNotMatch(printed, /Tr0ub4dor|access-5b1e|refresh-7f3c|token-91ac/v);
});

const names: ReadonlyArray<readonly [wanted: readonly string[], given: readonly string[]]> = [
	[['prod', 'test'], ['prod', 'test']],
	[['prod', 'prod', 'prod'], ['prod', 'prod-2', 'prod-3']],
	[['Prod', 'pROD'], ['Prod', 'pROD-2']],
	[['prod-2', 'prod', 'PROD'], ['prod-2', 'prod', 'PROD-3']],
];

for (const [wanted, given] of names) {
	test(`servers called ${wanted.join(', ')} are called ${given.join(', ')}`, async (t: TestContext) => {
		const directories = await temporaryDirectories(t);
		await saveAll(directories, ...wanted.map((name, index) => server({id: `https://vb${index}:4443`, name})));
		t.assert.deepStrictEqual((await storedIn(directories)).map(({name}) => name), given);
	});
}

test('a server keeps its name when it is saved again, and gets a free one when it is renamed', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const credentials = await saveAll(directories, one, two, one);
	await credentials.change(two.id, {name: 'CONTOSO'});
	t.assert.deepStrictEqual((await storedIn(directories)).map(({name}) => name), ['contoso', 'CONTOSO-2']);
});

test('a change touches what it names, and nothing else', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const credentials = await saveAll(directories, one, two);
	const tokens = {access: new Secret('access-2'), refresh: undefined, expiresAt: 1};
	t.assert.deepStrictEqual(await credentials.change(one.id, {tokens, version: undefined}), isSaved);
	t.assert.deepStrictEqual(await storedIn(directories), [opened({...one, tokens, version: undefined}), opened(two)]);
});

test('a server that is no longer stored is neither changed nor brought back', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const credentials = await saveAll(directories, one, two);
	await (await openCredentials(directories)).forget(one.id);
	t.assert.deepStrictEqual(await credentials.change(one.id, {name: 'back'}), {isSaved: false, problem: undefined});
	t.assert.deepStrictEqual(await storedIn(directories), [opened(two)]);
});

const withoutPassword: ReadonlyArray<readonly [what: string, stored: StoredServer]> = [
	['no password', server({secret: undefined})],
	['no account', server({account: undefined})],
];

for (const [what, stored] of withoutPassword) {
	test(`tokens are not stored with ${what}`, async (t: TestContext) => {
		const directories = await temporaryDirectories(t);
		await saveAll(directories, stored);
		t.assert.deepStrictEqual(await storedIn(directories), [opened({...stored, tokens: undefined})]);
	});
}

test('tokens go with the password', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	await (await saveAll(directories, one)).change(one.id, {secret: undefined});
	t.assert.deepStrictEqual(await storedIn(directories), [opened({...one, secret: undefined, tokens: undefined})]);
});

const given = ['vb365.contoso.test', 'contoso', 'CONTOSO', 'svc-monitor', 'Tr0ub4dor', 'access-5b1e', 'refresh-7f3c', 'AB:AB', 'https', 'servers'];

test('a copied configuration folder gives nothing away and cannot be read', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	await saveAll(directories, one);
	const copy = await temporaryDirectories(t);
	cpSync(directories.config, copy.config, {recursive: true});
	const [bytes, ...more] = bytesUnder(copy.config);
	t.assert.strictEqual(more.length, 0);
	t.assert.deepStrictEqual(given.filter(word => bytes!.includes(word) || bytes!.includes(Buffer.from(word).toString('base64').slice(0, -3))), []);
	const credentials = await openCredentials(copy);
	t.assert.deepStrictEqual(credentials.servers, []);
	t.assert.match(credentials.problem!.message, /servers cannot be decrypted: its key, \/.*\/key, is missing\.$/v);
	t.assert.match(credentials.problem!.advice, /^Put the key back, .*: mv '.*servers' '.*servers\.bad'$/v);
	t.assert.deepStrictEqual(await credentials.keep(two), {isSaved: false, problem: credentials.problem});
	t.assert.deepStrictEqual([bytesUnder(copy.config), entriesOf(copy.state)], [[bytes], []], 'and no other key is made');
});

const damage: ReadonlyArray<readonly [what: string, harm: (directories: Folders) => Promise<void> | void, message: RegExp]> = [
	...[0, 15, 16, 17, 40, -1].map((at): [string, (directories: Folders) => void, RegExp] => [`byte ${at} changed`, ({config}) => {
		const file = path.join(config, 'servers');
		const bytes = readFileSync(file);
		bytes[at < 0 ? bytes.length + at : at]! ^= 1; // eslint-disable-line no-bitwise -- one bit
		writeFileSync(file, bytes);
	}, /servers cannot be decrypted: it was changed, or has another key\.$/v]),
	['its end cut', ({config}) => {
		const file = path.join(config, 'servers');
		writeFileSync(file, readFileSync(file).subarray(0, -1));
	}, /servers cannot be decrypted: it was changed/v],
	['nothing in it', ({config}) => {
		writeFileSync(path.join(config, 'servers'), '');
	}, /servers cannot be decrypted: it was changed/v],
	['plain JSON in it', ({config}) => {
		writeFileSync(path.join(config, 'servers'), '{"schema": 2, "servers": {}}');
	}, /servers cannot be decrypted: it was changed/v],
	['another key', ({state}) => {
		writeFileSync(path.join(state, 'key'), 'ab'.repeat(32));
	}, /servers cannot be decrypted: it was changed, or has another key\.$/v],
	['a key that cannot be read', ({state}) => {
		writeFileSync(path.join(state, 'key'), 'no key');
	}, /key does not hold a key\.$/v],
	['no key', ({state}) => {
		rmSync(path.join(state, 'key'));
	}, /its key, .*, is missing\.$/v],
	['a newer format', async ({config, state}) => {
		rmSync(path.join(config, 'servers'));
		const newer = {folder: config, name: 'servers', schema: 3, migrations: {}, properties: {clusters: {}}, empty: {clusters: 0}, key: machineKey(state)};
		await (await openStoredFile<{clusters: number}>(newer)).update(() => ({clusters: 1}));
	}, /servers was written by a newer vbtop \(format 3; this one reads up to 2\)\.$/v],
];

for (const [what, harm, message] of damage) {
	test(`with ${what} the file is reported, and stays as it is`, async (t: TestContext) => {
		const directories = await temporaryDirectories(t);
		await saveAll(directories, one);
		await harm(directories);
		const before = bytesUnder(directories.config, directories.state);
		const credentials = await openCredentials(directories);
		t.assert.deepStrictEqual(credentials.servers, []);
		t.assert.match(credentials.problem!.message, message);
		for (const update of [credentials.keep(two), credentials.change(one.id, {name: 'x'}), credentials.forget(one.id)]) {
			const saved = await update;
			t.assert.deepStrictEqual([saved.isSaved, saved.problem], [false, credentials.problem]);
		}

		t.assert.deepStrictEqual(bytesUnder(directories.config, directories.state), before);
	});
}

test('format 1 is read: a list with addresses as they were entered', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const list = [
		{name: 'contoso', url: 'vb365.contoso.test', account: one.account, version: 'v8', pin: one.pin, password: 'Tr0ub4dor&3'},
		{name: 'gate', url: 'https://gate.test:443/vb/', password: 'token-91ac'},
		{name: 'Contoso', url: '[::1]', account: 'ann', version: 'v5'},
	];
	const old = {folder: directories.config, name: 'servers', schema: 1, migrations: {}, properties: {servers: {}}, empty: {servers: [{}]}, key: machineKey(directories.state)};
	await (await openStoredFile(old)).update(() => ({servers: list}));
	const before = bytesUnder(directories.config);
	const migrated = [
		opened(server({tokens: undefined})),
		opened(server({id: 'https://gate.test:443/vb', name: 'gate', account: undefined, version: undefined, pin: undefined, secret: new Secret('token-91ac'), tokens: undefined})),
		opened(server({id: 'https://[::1]:4443', name: 'Contoso-2', account: 'ann', version: undefined, pin: undefined, secret: undefined, tokens: undefined})),
	];
	t.assert.deepStrictEqual(await storedIn(directories), migrated);
	t.assert.deepStrictEqual(bytesUnder(directories.config), before, 'and written with the next change only');
	await (await openCredentials(directories)).keep(two);
	t.assert.deepStrictEqual(await storedIn(directories), [...migrated, opened(two)]);
	t.assert.match((await openStoredFile(old)).problem!.message, /newer vbtop \(format 2; /v);
});

function slicesOf(bytes: Buffer, length: number): ReadonlySet<string> {
	return new Set(Array.from({length: Math.max(0, bytes.length - length + 1)}, (_, at) => bytes.toString('latin1', at, at + length)));
}

test('what is forgotten is nowhere, neither as it was nor encrypted', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const credentials = await saveAll(directories, one, two);
	const [encrypted] = bytesUnder(directories.config);
	t.assert.deepStrictEqual(await credentials.forget(one.id), isSaved);
	t.assert.deepStrictEqual(await storedIn(directories), [opened(two)]);
	t.assert.deepStrictEqual([entriesOf(directories.config), entriesOf(directories.state)], [['servers'], ['key']]);
	const old = slicesOf(encrypted!, 24);
	for (const bytes of bytesUnder(directories.config, directories.state)) {
		t.assert.deepStrictEqual([...slicesOf(bytes, 24)].filter(slice => old.has(slice)), []);
		t.assert.deepStrictEqual(given.filter(word => bytes.includes(word)), []);
	}
});

test('with the last server go the file and its key', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const credentials = await saveAll(directories, one, two);
	await credentials.forget(two.id);
	t.assert.deepStrictEqual(await credentials.forget(two.id), isSaved, 'it is gone already');
	t.assert.deepStrictEqual(await credentials.forget(one.id), isSaved);
	t.assert.deepStrictEqual([entriesOf(directories.config), entriesOf(directories.state)], [[], []]);
	t.assert.deepStrictEqual(await credentials.forget(one.id), isSaved);
	t.assert.deepStrictEqual([entriesOf(directories.config), entriesOf(directories.state)], [[], []]);
	t.assert.deepStrictEqual(await credentials.keep(bare), isSaved, 'and the next is stored with another key');
	t.assert.deepStrictEqual(await storedIn(directories), [opened(bare)]);
});

test('without a folder for the file or for its key nothing is stored, and that is reported', async (t: TestContext) => {
	const folder = await temporaryFolder(t);
	for (const directories of [{config: undefined, state: folder}, {config: folder, state: undefined}, {config: undefined, state: undefined}]) {
		const credentials = await openCredentials(directories);
		t.assert.deepStrictEqual([credentials.servers, credentials.problem], [[], undefined]);
		const saved = await credentials.keep(one);
		t.assert.ok(!saved.isSaved);
		t.assert.match(saved.problem!.message, /no home folder/v);
	}

	t.assert.deepStrictEqual(entriesOf(folder), []);
});
