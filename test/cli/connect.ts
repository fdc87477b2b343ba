import {X509Certificate} from 'node:crypto';
import {readdir, readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {startSimulator, type SimulatorOptions} from '../../source/simulator/server/server.js';
import {certificates} from '../helpers/certificates.js';
import {startProxy} from '../helpers/proxy.js';
import {setVariable} from '../helpers/secure-server.js';
import {call, temporaryFolder} from './support/program.js';
import {noTerminal, openTerminal} from './support/terminal.js';

const password = 'Marked-4711-Secret';
const account = {username: String.raw`DEMO\operator`, password};

/** A simulated server with TLS, and folders for what is kept; both go with the test. */
async function setUp(t: TestContext, options: SimulatorOptions = {}) {
	const server = await startSimulator({tls: true, certificate: certificates.good, account, scenario: 'clean', ...options});
	t.after(async () => server.close());
	const folder = await temporaryFolder(t);
	const env = {XDG_CONFIG_HOME: path.join(folder, 'config'), XDG_STATE_HOME: path.join(folder, 'state')};
	return {server, folder, env};
}

/** Every byte of every file below a folder. */
async function contents(folder: string): Promise<string> {
	const entries = await readdir(folder, {recursive: true, withFileTypes: true});
	const files = entries.filter(entry => entry.isFile());
	const texts = await Promise.all(files.map(async ({parentPath, name}) => readFile(path.join(parentPath, name), 'latin1')));
	return texts.join('\n');
}

const tokenRequests = (requests: ReadonlyArray<{path: string}>) => requests.filter(({path: asked}) => /\/token$/iv.test(asked)).length;

test('from nothing to a live list, again without a question, and out without a trace', {skip: noTerminal}, async (t: TestContext) => {
	const {server, folder, env} = await setUp(t);
	const first = await openTerminal(t, 'vbtop', {columns: 80, rows: 24, env});
	await first.see(/Server [\s\S]*host, host:port or https URL[\s\S]*Watch the demo/v);
	first.press(`127.0.0.1:${server.port}`, 'Enter', account.username, 'Enter', password);
	await first.see(/Password +\*{18}/v);
	t.assert.strictEqual(server.requests.length, 0);
	first.press('Enter');
	const shown = await first.see(/Trust the certificate[\s\S]*SHA-256[\s\S]*y trust it/v);
	t.assert.strictEqual(server.requests.length, 0, 'nothing is sent before the certificate is trusted');
	t.assert.match(shown, /names +localhost, 127\.0\.0\.1/v);
	first.press('y');
	await first.see(/Keep the password[\s\S]*y keep it/v);
	// What is typed ahead of the list is for the list.
	first.press('y', '2');
	await first.see(/127\.0\.0\.1 v8 read-only .*\[2 Sessions\].* LIVE/v);
	t.assert.doesNotMatch(first.text(), /Marked/v);
	first.press('q');
	t.assert.match(await first.ended(), /^code 0$/mv);
	t.assert.strictEqual(tokenRequests(server.requests), 1, 'the sign-in is not repeated for the list');

	const modes = await Promise.all(['config/vbtop', 'config/vbtop/servers', 'state/vbtop', 'state/vbtop/key'].map(async name => (await stat(path.join(folder, name))).mode & 0o777)); // eslint-disable-line no-bitwise -- permissions are bits
	t.assert.deepStrictEqual(modes, [0o700, 0o600, 0o700, 0o600]);
	const kept = await readFile(path.join(folder, 'config/vbtop/servers'), 'latin1');
	for (const hidden of ['Marked', '127.0.0.1', 'operator']) {
		t.assert.ok(!kept.includes(hidden), hidden);
	}

	const second = await openTerminal(t, 'vbtop', {columns: 80, rows: 24, env});
	await second.see(/127\.0\.0\.1 v8 read-only .*Now.* LIVE/v);
	second.press('q');
	await second.ended();
	t.assert.strictEqual(tokenRequests(server.requests), 1, 'the session of the first start goes on');

	const {stdout} = await call(['logout'], {env});
	t.assert.strictEqual(stdout, '127.0.0.1: password forgotten; session ended at the server\n');
	t.assert.ok(server.requests.some(({method, path: asked, status}) => method === 'POST' && asked === '/v8/token/logout' && status === 204));
	const left = await contents(folder);
	t.assert.ok(!left.includes('Marked'));
	const pieces = Array.from({length: Math.floor(kept.length / 24)}, (_piece, index) => kept.slice(index * 24, (index + 1) * 24));
	t.assert.deepStrictEqual(pieces.filter(piece => left.includes(piece)), [], 'nor its encrypted form');

	const third = await openTerminal(t, 'vbtop', {columns: 80, rows: 24, env});
	await third.see(/SIGN IN[\s\S]*Password of DEMO\\operator at 127\.0\.0\.1:/v);
	third.press(password, 'Enter');
	await third.see(/Keep it on this machine\?[\s\S]*y keep it/v);
	third.press('n');
	await third.see(/ LIVE /v);
	third.press('q');
	await third.ended();
	t.assert.ok(!(await contents(folder)).includes('Marked'));
	const logouts = server.requests.filter(({path: asked}) => asked.endsWith('/token/logout')).length;
	t.assert.strictEqual(logouts, 2, 'a session that no start will go on with is ended');
});

test('a refused password is not tried again: not in the run, not at the next start, until it is typed anew; it is never shown', {skip: noTerminal}, async (t: TestContext) => {
	const {server, env} = await setUp(t);
	const given = {...env, VBTOP_SERVER: `127.0.0.1:${server.port}`, VBTOP_USER: account.username, VBTOP_PASSWORD: 'Marked-wrong'};
	const line = `vbtop --pin ${fingerprintOf(certificates.good.certificate)} --refresh 2`;
	const first = await openTerminal(t, line, {columns: 80, rows: 24, env: given});
	await first.see(/SIGN IN[\s\S]*Password of DEMO\\operator/v);
	first.press('Escape');
	t.assert.doesNotMatch(await first.see(/sign-in refused[\s\S]*q quit/v), /Marked/v);
	first.press('r', 'r', 'q');
	t.assert.doesNotMatch(await first.ended(), /Marked/v);
	t.assert.strictEqual(tokenRequests(server.requests), 1);

	const second = await openTerminal(t, line, {columns: 80, rows: 24, env: given});
	await second.see(/SIGN IN[\s\S]*Password of DEMO\\operator/v);
	t.assert.strictEqual(tokenRequests(server.requests), 1, 'at the next start it is not tried');
	second.press('Marked-wrong', 'Enter');
	await second.see(/sign-in refused: Invalid credentials/v);
	t.assert.strictEqual(tokenRequests(server.requests), 2, 'typed anew, it is tried');
	second.press(password, 'Enter');
	await second.see(/Keep it on this machine/v);
	second.press('Escape');
	await second.see(/ LIVE [\s\S]*q quit/v);
	second.press('q');
	t.assert.doesNotMatch(await second.ended(), /Marked/v);
});

test('a changed certificate stops the kept server; vbtop login accepts it', {skip: noTerminal}, async (t: TestContext) => {
	const {server, env} = await setUp(t);
	const login = ['login', `127.0.0.1:${server.port}`, '--user', account.username, '--password-command', `printf ${password}`, '--keep'];
	const refused = await call(login, {env});
	t.assert.strictEqual(refused.code, 3);
	t.assert.match(refused.stderr, /certificate not trusted: SHA-256 [\d:A-F]{95}\. .*--pin/v);
	t.assert.strictEqual(server.requests.length, 0);
	const good = fingerprintOf(certificates.good.certificate);
	const {code, stdout} = await call([...login, '--pin', good], {env});
	t.assert.deepStrictEqual({code, stdout}, {code: 0, stdout: 'Signed in to 127.0.0.1 as DEMO\\operator. The password is kept, encrypted.\n'});
	await server.close();

	const changed = await startSimulator({tls: true, certificate: certificates.other, account, scenario: 'clean', port: server.port});
	t.after(async () => changed.close());
	const terminal = await openTerminal(t, 'vbtop', {columns: 80, rows: 24, env});
	const seen = await terminal.see(/OFFLINE[\s\S]*certificate changed/v);
	const other = fingerprintOf(certificates.other.certificate);
	const words = seen.replaceAll(/\s/gv, '');
	t.assert.deepStrictEqual([good, other].filter(fingerprint => !words.includes(fingerprint)), [], 'both fingerprints are shown');
	terminal.press('q');
	await terminal.ended();
	t.assert.strictEqual(changed.requests.length, 0);
	t.assert.ok(changed.connections.every(({bytesReceived}) => bytesReceived === 0));

	const accept = await openTerminal(t, 'vbtop login 127.0.0.1 && vbtop 127.0.0.1', {columns: 80, rows: 24, env});
	await accept.see(/Account +DEMO\\operator/v);
	accept.press(password, 'Enter');
	await accept.see(/not the one that was trusted before[\s\S]*before [\s\S]*y trust it/v);
	t.assert.strictEqual(changed.requests.length, 0);
	accept.press('y');
	await accept.see(/Keep the password/v);
	accept.press('y');
	await accept.see(/ LIVE /v);
	accept.press('q');
	t.assert.match(await accept.ended(), /Signed in to 127\.0\.0\.1 as DEMO\\operator\. The password is kept[\s\S]*code 0/v);
});

test('two kept servers of different versions are one list; one is stopped and started again', {skip: noTerminal}, async (t: TestContext) => {
	const {server, env} = await setUp(t);
	const old = await startSimulator({tls: true, certificate: certificates.other, account, scenario: 'clean', api: 'v6'});
	t.after(async () => old.close());
	for (const [host, {port}, {certificate}] of [['127.0.0.1', server, certificates.good], ['localhost', old, certificates.other]] as const) {
		const {code, output} = await call(['login', `${host}:${port}`, '--user', account.username, '--password-command', `printf ${password}`, '--keep', '--pin', fingerprintOf(certificate)], {env});
		t.assert.strictEqual(code, 0, output);
	}

	const listed = await call(['servers'], {env});
	t.assert.match(listed.stdout, /^NAME +ADDRESS +ACCOUNT +PASSWORD +API +CERTIFICATE\n127\.0\.0\.1 +https:\S+ +\S+ +kept +v8 +pinned \S+\nlocalhost +https:\S+ +\S+ +kept +v6 +pinned /v);
	const terminal = await openTerminal(t, 'vbtop --all --refresh 2', {columns: 120, rows: 40, env});
	await terminal.see(/2 servers[\s\S]*LIVE[\s\S]*SERVER[\s\S]*127\.0\.0\.1[\s\S]*localhost|2 servers[\s\S]*LIVE[\s\S]*SERVER[\s\S]*localhost[\s\S]*127\.0\.0\.1/v);
	await old.close();
	await terminal.see(/localhost OFFLINE/v);
	t.assert.match(terminal.text(), / localhost /v, 'its rows stay');
	const restarted = await startSimulator({tls: true, certificate: certificates.other, account, scenario: 'clean', api: 'v6', port: old.port});
	t.after(async () => restarted.close());
	terminal.press('R');
	await terminal.see(text => /2 servers.* LIVE /v.test(text) && !text.includes('OFFLINE'), 'both live again');
	terminal.press('q');
	await terminal.ended();

	await call(['logout', 'localhost'], {env});
	const both = await openTerminal(t, 'vbtop', {columns: 120, rows: 40, env});
	await both.see(/SIGN IN[\s\S]*Password of DEMO\\operator at localhost: /v);
	both.press(password, 'Enter');
	await both.see(/y keep it/v);
	// What is saved is awaited, though not by the keys.
	both.press('y', 'q');
	await both.ended();
	t.assert.strictEqual((await call(['servers'], {env})).stdout.match(/ kept /gv)?.length, 2);
	const info = await call(['info'], {env});
	t.assert.strictEqual(info.stdout.match(/^server /gmv)?.length, 2, 'a password kept for one of them leaves both watched');
});

test('a bearer token instead of an account: typed with the account left empty', {skip: noTerminal}, async (t: TestContext) => {
	const {server, folder, env} = await setUp(t, {apiKeys: ['Marked-key-1']});
	const terminal = await openTerminal(t, 'vbtop', {columns: 80, rows: 24, env});
	await terminal.see(/Server/v);
	terminal.press(`127.0.0.1:${server.port}`, 'Enter', 'Enter');
	await terminal.see(/Token [\s\S]*bearer token, as no account is given/v);
	terminal.press('Marked-key-1', 'Enter');
	await terminal.see(/y trust it/v);
	terminal.press('y');
	await terminal.see(/Keep the token/v);
	terminal.press('y');
	await terminal.see(/ LIVE /v);
	terminal.press('q');
	await terminal.ended();
	t.assert.strictEqual(tokenRequests(server.requests), 0);
	t.assert.ok(!(await contents(folder)).includes('Marked'));
});

test('a password piped in leaves the keys to the terminal', {skip: noTerminal}, async (t: TestContext) => {
	const {server, env} = await setUp(t);
	const terminal = await openTerminal(t, `echo ${password} | vbtop --server 127.0.0.1:${server.port} --user '${account.username}' --pin ${fingerprintOf(certificates.good.certificate)} --password-stdin`, {columns: 80, rows: 24, env});
	await terminal.see(/ LIVE /v);
	terminal.press('?');
	await terminal.see(/LIST/v);
	terminal.press('q', 'q');
	t.assert.match(await terminal.ended(), /^code 0$/mv);
});

test('HTTPS_PROXY and NO_PROXY are honoured, and a pin holds through the proxy', async (t: TestContext) => {
	const {server, env} = await setUp(t);
	const proxy = await startProxy(t);
	// The package for proxy rules reads the variables of the process.
	setVariable(t, 'HTTPS_PROXY', proxy.url);
	setVariable(t, 'NO_PROXY', '');
	const login = ['login', `127.0.0.1:${server.port}`, '--user', account.username, '--password-command', `printf ${password}`, '--pin'];
	const refused = await call([...login, fingerprintOf(certificates.other.certificate)], {env});
	t.assert.strictEqual(refused.code, 3);
	t.assert.match(refused.stderr, /certificate changed/v);
	t.assert.ok(proxy.connects.length > 0);
	t.assert.strictEqual(server.requests.length, 0);
	const good = [...login, fingerprintOf(certificates.good.certificate)];
	const through = await call(good, {env});
	t.assert.strictEqual(through.code, 0, through.output);
	const count = proxy.connects.length;
	setVariable(t, 'NO_PROXY', '127.0.0.1');
	const past = await call(good, {env});
	t.assert.strictEqual(past.code, 0, past.output);
	t.assert.strictEqual(proxy.connects.length, count);
});

/** SHA-256 of a certificate, as it is shown. */
function fingerprintOf(pem: string): string {
	return new X509Certificate(pem).fingerprint256;
}
