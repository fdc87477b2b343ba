import {readdir, readFile, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {startSimulator} from '../../source/simulator/server/server.js';
import {setVariable} from '../helpers/secure-server.js';
import {call, temporaryFolder, until} from './support/program.js';
import {assertRestored} from './support/restored.js';
import {noTerminal, openTerminal} from './support/terminal.js';

const password = 'Marked-4711-Secret';
const account = {username: String.raw`DEMO\operator`, password};

async function setUp(t: TestContext) {
	const server = await startSimulator({account, scenario: 'clean'});
	t.after(async () => server.close());
	const folder = await temporaryFolder(t);
	return {server, folder, env: {XDG_CONFIG_HOME: path.join(folder, 'config'), XDG_STATE_HOME: path.join(folder, 'state')}};
}

/** Has the program throw an error with all that it can see, the secret among it, once SIGUSR2 comes. */
const crash = (throws: string) => `data:text/javascript,${encodeURIComponent(`const seen = JSON.stringify(process.env); process.on("SIGUSR2", () => { ${throws} })`)}`;

for (const [what, throws] of [
	['an unhandled rejection', 'Promise.reject(new Error("planted", {cause: new Error(seen)}))'],
	// The clock of the header is formatted in a component.
	['a throw while the screen is drawn, and a later one', 'Intl.DateTimeFormat.prototype.formatToParts = () => { setTimeout(() => { throw new Error("planted") }, 2000); throw new Error("planted " + seen) }'],
] as const) {
	test(`${what} leaves the terminal as it was, a report, a log, and no secret in any`, {skip: noTerminal}, async (t: TestContext) => {
		const {server, folder, env} = await setUp(t);
		const log = path.join(folder, 'run.log');
		// As many rows as a stack needs: the text from before is looked for.
		const terminal = await openTerminal(t, `vbtop --log-file '${log}' --log-level debug`, {rows: 60, env: {...env, VBTOP_SERVER: server.url, VBTOP_USER: account.username, VBTOP_PASSWORD: password, NODE_OPTIONS: `--import="${crash(throws)}"`}});
		await terminal.see(/ LIVE /v);
		t.assert.doesNotMatch(terminal.text(), /Marked/v);
		process.kill((await terminal.program()).pid, 'SIGUSR2');
		const left = await assertRestored(terminal, 1);
		t.assert.match(left.replaceAll('\n', ''), /vbtop has crashed\. A report is in .*crash-/v);
		t.assert.strictEqual(left.match(/vbtop has crashed/gv)?.length, 1);
		t.assert.doesNotMatch(left.replaceAll('\n', ''), /Marked/v);
		const state = path.join(folder, 'state/vbtop');
		const reports = (await readdir(state)).filter(name => name.startsWith('crash-'));
		t.assert.strictEqual(reports.length, 1);
		const report = path.join(state, reports[0]!);
		t.assert.strictEqual((await stat(report)).mode & 0o777, 0o600); // eslint-disable-line no-bitwise -- permissions are bits
		const text = await readFile(report, 'utf8');
		t.assert.match(text, /^vbtop \d[\s\S]*planted/v);
		t.assert.doesNotMatch(text, /Marked/v);
		const logged = await readFile(log, 'utf8');
		t.assert.match(logged, /"event":"request"[\s\S]*"event":"crash","stack":"Error: planted.*\n.*"event":"end","why":"crash","code":1\}\n$/v);
		t.assert.doesNotMatch(logged, /Marked/v);
		// What the simulator gave: tokens are secrets too.
		t.assert.doesNotMatch(logged, /access_token|refresh_token":|Bearer/v);
	});
}

for (const way of ['environment', 'file', 'command', 'input'] as const) {
	test(`info tells where a secret from the ${way} comes from, and not the secret`, async (t: TestContext) => {
		const {folder, env} = await setUp(t);
		const file = path.join(folder, 'password');
		await writeFile(file, `${password}\n`, {mode: 0o600});
		const [flags, variables, from] = ({
			environment: [[], {VBTOP_PASSWORD: password}, 'VBTOP_PASSWORD'],
			file: [['--password-file', file], {}, '--password-file'],
			command: [['--password-command', `cat ${file}`], {}, '--password-command'],
			input: [['--password-stdin'], {}, '--password-stdin'],
		} as const)[way];
		// The package for proxy rules reads the variables of the process.
		setVariable(t, 'HTTPS_PROXY', `http://me:${password}@proxy.test:3128`);
		const {code, output} = await call(['info', '--server', 'vb365.test', '--user', 'me', ...flags], {env: {...env, ...variables}, input: `${password}\n`});
		t.assert.strictEqual(code, 0, output);
		t.assert.match(output, new RegExp(String.raw`password there  \(from ${from}\)`, 'v'));
		t.assert.match(output, /account me {2}\(from --user\)/v);
		t.assert.match(output, /proxy +http:\/\/\(account\)@proxy\.test:3128/v);
		t.assert.doesNotMatch(output, /Marked/v);
	});
}

test('what a login prints, logs and keeps has no secret in clear, and a refusal names no key', async (t: TestContext) => {
	const {server, folder, env} = await setUp(t);
	const log = ['--log-file', path.join(folder, 'run.log'), '--log-level', 'debug'];
	for (const keep of [[], ['--keep']]) {
		const {code, output} = await call(['login', server.url, '--user', account.username, ...keep, ...log], {env: {...env, VBTOP_PASSWORD: password}});
		t.assert.strictEqual(code, 0, output);
		t.assert.match(output, keep.length === 0 ? /not kept/v : /is kept, encrypted/v);
		t.assert.doesNotMatch(output, /Marked/v);
		const isEnded = server.requests.some(({path: asked}) => asked === '/v8/token/logout');
		t.assert.strictEqual(isEnded, true, 'a session that no start will go on with is ended, the other goes on');
	}

	t.assert.strictEqual(server.requests.filter(({path: asked}) => asked === '/v8/token/logout').length, 1);
	const wrong = await call(['login', server.url, '--user', account.username, ...log], {env: {...env, VBTOP_PASSWORD: `${password}-wrong`}});
	t.assert.strictEqual(wrong.code, 3);
	t.assert.match(wrong.stderr, /sign-in refused[\s\S]*vbtop login takes it typed anew/v);
	t.assert.doesNotMatch(wrong.stderr, /\bR asks\b/v);
	t.assert.doesNotMatch(wrong.output, /Marked/v);
	// A process ends after this is written.
	await until(async () => readFile(path.join(folder, 'state/vbtop/state.json'), 'utf8').then(text => /"refused":\s*\[\s*\{/v.test(text)).catch(() => false), () => 'what was refused is not remembered');
	const grants = server.requests.filter(({form}) => form?.['grant_type'] === 'password').length;
	const again = await call(['login', server.url, '--user', account.username.toUpperCase(), ...log], {env: {...env, VBTOP_PASSWORD: `${password}-wrong`}});
	t.assert.match(again.stderr, /was refused before/v);
	t.assert.strictEqual(server.requests.filter(({form}) => form?.['grant_type'] === 'password').length, grants, 'it is not sent again, whatever the case of the account');
	const files = (await readdir(folder, {recursive: true, withFileTypes: true})).filter(entry => entry.isFile());
	t.assert.ok(files.length >= 4);
	t.assert.ok(files.some(({name}) => name === 'run.log'));
	for (const {parentPath, name} of files) {
		t.assert.doesNotMatch(await readFile(path.join(parentPath, name), 'latin1'), /Marked/v);
	}
});

test('a file that was tampered with is reported and left as it is; vbtop runs without it', {skip: noTerminal}, async (t: TestContext) => {
	const {server, folder, env} = await setUp(t);
	await call(['login', server.url, '--user', account.username, '--keep'], {env: {...env, VBTOP_PASSWORD: password}});
	const file = path.join(folder, 'config/vbtop/servers');
	const bytes = await readFile(file);
	bytes[20]! ^= 1; // eslint-disable-line no-bitwise -- one bit is turned
	await writeFile(file, bytes);
	const listed = await call(['servers'], {env});
	t.assert.strictEqual(listed.code, 2);
	t.assert.match(listed.stderr, /servers[\s\S]*mv /v);
	const terminal = await openTerminal(t, 'vbtop', {env: {...env, VBTOP_SERVER: server.url, VBTOP_USER: account.username, VBTOP_PASSWORD: password}});
	await terminal.see(/ LIVE [\s\S]*config\/vbtop\/servers/v);
	terminal.press('q');
	await terminal.ended();
	t.assert.deepStrictEqual(await readFile(file), bytes);
});
