import {chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {inspect} from 'node:util';
import {StorageError} from '../../source/storage/storage-error.js';
import {machineKey} from '../../source/storage/machine-key.js';
import {entriesOf, modeOf, temporaryDirectories} from '../helpers/storage/folders.js';

test('the key is made on first need, and stays', async (t: TestContext) => {
	const {state} = await temporaryDirectories(t);
	const key = machineKey(state);
	t.assert.strictEqual(key.read(), undefined);
	t.assert.ok(!existsSync(state), 'reading makes nothing');
	const made = key.make().open();
	t.assert.match(made, /^[\da-f]{64}$/v);
	t.assert.deepStrictEqual([key.make().open(), key.read()?.open(), machineKey(state).make().open()], [made, made, made]);
	t.assert.deepStrictEqual(entriesOf(state), ['key']);
	t.assert.deepStrictEqual([modeOf(state), modeOf(path.join(state, 'key'))], ['700', '600']);
});

test('each machine has another key', async (t: TestContext) => {
	const [one, other] = [await temporaryDirectories(t), await temporaryDirectories(t)];
	t.assert.notStrictEqual(machineKey(one.state).make().open(), machineKey(other.state).make().open());
});

test('it is not printed', async (t: TestContext) => {
	const {state} = await temporaryDirectories(t);
	const key = machineKey(state).make();
	t.assert.ok(!`${inspect(key, {showHidden: true, customInspect: false})} ${JSON.stringify(key)}`.includes(key.open()));
});

test('what others may do with it is taken away', async (t: TestContext) => {
	const {state} = await temporaryDirectories(t);
	const key = machineKey(state);
	key.make();
	chmodSync(path.join(state, 'key'), 0o644);
	key.read();
	t.assert.strictEqual(modeOf(path.join(state, 'key')), '600');
});

const faults: ReadonlyArray<readonly [what: string, put: (file: string) => void, message: RegExp]> = [
	['an empty file', file => {
		writeFileSync(file, '');
	}, /key does not hold a key\.$/v],
	['a key that was cut', file => {
		writeFileSync(file, 'ab'.repeat(31));
	}, /key does not hold a key\.$/v],
	['another text', file => {
		writeFileSync(file, 'secret\n'.repeat(20));
	}, /key does not hold a key\.$/v],
	['a folder', file => {
		mkdirSync(file);
	}, /key cannot be read: it is a folder\.$/v],
	['links that lead in a circle', file => {
		symlinkSync('key', file);
	}, /key cannot be read: its links lead in a circle\.$/v],
	['a link that leads nowhere', file => {
		symlinkSync('nowhere', file);
	}, /key cannot be read: it is a link that leads nowhere\.$/v],
];

for (const [what, put, message] of faults) {
	test(`${what} in place of the key is reported, and never overwritten`, async (t: TestContext) => {
		const {state} = await temporaryDirectories(t);
		const file = path.join(state, 'key');
		mkdirSync(state, {recursive: true, mode: 0o700});
		put(file);
		const before = existsSync(file) && what !== 'a folder' ? readFileSync(file) : undefined;
		t.assert.throws(() => machineKey(state).make(), (error: unknown) => {
			t.assert.ok(error instanceof StorageError);
			t.assert.match(error.message, message);
			t.assert.match(error.advice, /ove (?:it|the file) away.*: mv '.*key' '.*key\.bad'$/v);
			t.assert.doesNotMatch(inspect(error.problem), /secret/v);
			return true;
		});
		t.assert.deepStrictEqual(existsSync(file) && what !== 'a folder' ? readFileSync(file) : undefined, before);
		t.assert.deepStrictEqual(entriesOf(state), ['key']);
	});
}

test('where its folder cannot be made, that is reported', async (t: TestContext) => {
	const {state} = await temporaryDirectories(t);
	mkdirSync(path.dirname(state), {recursive: true});
	writeFileSync(state, 'a file');
	t.assert.strictEqual(machineKey(state).read(), undefined);
	t.assert.throws(() => machineKey(state).make(), {name: 'StorageError', message: /key cannot be saved: a part of its path is no folder\.$/v});
	machineKey(state).remove();
	t.assert.strictEqual(readFileSync(state, 'utf8'), 'a file');
});

test('without a folder there is no key', (t: TestContext) => {
	const key = machineKey(undefined);
	t.assert.strictEqual(key.read(), undefined);
	t.assert.throws(() => key.make(), {name: 'StorageError', message: /no home folder/v});
	key.remove();
});

test('it is removed with what a killed process left of it, and nothing else is', async (t: TestContext) => {
	const {state} = await temporaryDirectories(t);
	const key = machineKey(state);
	key.remove();
	key.make();
	writeFileSync(path.join(state, 'key.0123456789ab'), 'ab'.repeat(32));
	writeFileSync(path.join(state, 'key.mine'), 'mine');
	key.remove();
	t.assert.deepStrictEqual(entriesOf(state), ['key.mine']);
});
