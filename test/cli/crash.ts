import {readdir, readFile, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {run, temporaryFolder, unbuilt} from './support/program.js';
import {noTerminal, openTerminal} from './support/terminal.js';

const password = 'Marked-4711-Secret';

test('an error in a command leaves one report; where the state folder cannot be written, among the temporary files', {skip: unbuilt}, async (t: TestContext) => {
	const folder = await temporaryFolder(t);
	const temporary = path.join(folder, 'tmp');
	await writeFile(path.join(folder, 'file'), '');
	const planted = `data:text/javascript,${encodeURIComponent('const seen = JSON.stringify(process.env); String.prototype.padEnd = () => { throw new Error("planted " + seen) }')}`;
	const {code, stderr} = await run(t, ['info'], {
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
	t.assert.match(text, /planted/v);
	t.assert.doesNotMatch(text, /Marked/v);
});

test('an error while the screen is taken is told on the normal screen', {skip: noTerminal}, async (t: TestContext) => {
	const env = {VBTOP_SERVER: 'https://127.0.0.1:1', VBTOP_USER: 'me', VBTOP_PASSWORD: password, HTTPS_PROXY: 'ftp://proxy.test'};
	const terminal = await openTerminal(t, 'vbtop', {env});
	const left = await terminal.ended();
	t.assert.match(left, /^vbtop: .*proxy/imv);
	t.assert.match(left, /^code 2$/mv);
	t.assert.strictEqual(terminal.isAlternate(), false);
});
