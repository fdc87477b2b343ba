import {mkdir, readdir, readFile, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {endOnCrash, reportCrash} from '../../source/cli/crash.js';
import {run, startCall, temporaryFolder, unbuilt, until} from './support/program.js';
import {noTerminal, openTerminal} from './support/terminal.js';

const password = 'Marked-4711-Secret';

test('an error in a command leaves one report; where the state folder cannot be written, among the temporary files', {skip: unbuilt}, async (t: TestContext) => {
	const folder = await temporaryFolder(t);
	const temporary = path.join(folder, 'tmp');
	await writeFile(path.join(folder, 'file'), '');
	const planted = `data:text/javascript,${encodeURIComponent('const seen = JSON.stringify(process.env); String.prototype.padEnd = () => { throw new Error("planted " + seen) }')}`;
	const {code, stderr} = await run(t, ['info', '--server', 'vb365.test', '--password-command=echo'], {
		env: {XDG_CONFIG_HOME: folder, XDG_STATE_HOME: path.join(folder, 'file', 'state'), TMPDIR: temporary, VBTOP_PASSWORD: password},
		nodeArguments: ['--import', planted],
	});
	t.assert.strictEqual(code, 1);
	t.assert.doesNotMatch(stderr, /Marked/v);
	t.assert.strictEqual(stderr.match(/vbtop has crashed/gv)?.length, 1);
	const [name, ...others] = await readdir(temporary);
	t.assert.deepStrictEqual(others, []);
	const report = path.join(temporary, name!);
	t.assert.ok(stderr.includes(`A report is in ${report}`), stderr);
	t.assert.strictEqual((await stat(report)).mode & 0o777, 0o600); // eslint-disable-line no-bitwise -- permissions are bits
	const text = await readFile(report, 'utf8');
	t.assert.match(text, /^flags: --server --password-command$/mv);
	t.assert.match(text, /planted/v);
	t.assert.doesNotMatch(text, /Marked/v);
});

for (const [what, error, words] of [
	['an error', new Error('planted', {cause: new Error('below it')}), /planted[\s\S]*caused by Error: below it/v],
	['something that is no error', 'planted', /^vbtop: 'planted'$/mv],
] as const) {
	test(`${what} that nobody caught ends the program with exit code 1 and one report`, async (t: TestContext) => {
		const folder = await temporaryFolder(t);
		const running = startCall(['simulate', '--port', '0'], {env: {XDG_STATE_HOME: folder}});
		await until(() => running.stdout().includes('Without questions'), () => running.stdout());
		running.send('uncaughtException', error);
		t.assert.strictEqual(running.exitCode(), 1);
		running.send('SIGTERM');
		const {stderr} = await running.ended;
		t.assert.match(stderr, words);
		t.assert.match(stderr, /^vbtop has crashed\. A report is in .*crash-/mv);
		t.assert.strictEqual((await readdir(path.join(folder, 'vbtop'))).filter(name => name.startsWith('crash-')).length, 1);
	});
}

test('an error that follows a crash is not reported', (t: TestContext) => {
	const listeners: Array<(error: unknown) => void> = [];
	const reported: unknown[] = [];
	const codes: number[] = [];
	endOnCrash({
		once(_event, listener) {
			listeners.push(listener);
		},
		exit(code) {
			codes.push(code);
		},
	}, error => {
		reported.push(error);
	});
	listeners[0]!('first');
	t.assert.deepStrictEqual([listeners.length, reported, codes], [1, ['first'], [1]]);
});

test('the ten newest reports stay, and whatever else is in the folder', async (t: TestContext) => {
	const folder = await temporaryFolder(t);
	const older = Array.from({length: 12}, (_report, index) => `crash-2026-01-${String(index + 1).padStart(2, '0')}T00-00-00.000Z.txt`);
	const others = ['crash-notes.txt', 'key', 'state.json'];
	for (const name of [...older, ...others]) {
		await writeFile(path.join(folder, name), '');
	}

	await mkdir(path.join(folder, 'crash-folder'));
	const report = reportCrash(new Error('planted'), {folder, version: '1.0.0', flags: ['--utc']});
	t.assert.deepStrictEqual((await readdir(folder)).toSorted(), [...older.slice(3), path.basename(report!), ...others, 'crash-folder'].toSorted());
	t.assert.match(await readFile(report!, 'utf8'), /^vbtop 1\.0\.0, Node [\s\S]*\nflags: --utc\n[\s\S]*planted/v);
});

test('an error while the screen is taken is told on the normal screen', {skip: noTerminal}, async (t: TestContext) => {
	const env = {VBTOP_SERVER: 'https://127.0.0.1:1', VBTOP_USER: 'me', VBTOP_PASSWORD: password, HTTPS_PROXY: 'ftp://proxy.test'};
	const terminal = await openTerminal(t, 'vbtop', {env});
	const left = await terminal.ended();
	t.assert.match(left, /^vbtop: .*proxy/imv);
	t.assert.match(left, /^code 2$/mv);
	t.assert.strictEqual(terminal.isAlternate(), false);
});
