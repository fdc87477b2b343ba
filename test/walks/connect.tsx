import {describe, test, type TestContext} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import type {Connected} from '../../source/app/connect/connect-app.js';
import type {Simulator} from '../../source/simulator/server/server.js';
import {certificates} from '../helpers/certificates.js';
import {startConnect, type ConnectAppOptions} from '../helpers/connect.js';
import {simulator} from '../helpers/monitor.js';
import {assertNothingSent, fingerprint, secureServer} from '../helpers/secure-server.js';

const tokenRequests = ({requests}: Simulator) => requests.filter(({path}) => path.endsWith('/token'));

/** The app with all fields but the password filled in. */
function startAt(t: TestContext, {url, account}: Simulator, options: ConnectAppOptions = {}) {
	return startConnect(t, {server: url, account: account.username, ...options});
}

/** A frame without the spaces at the ends of its lines, the port of the server written as PORT: it is another one each time. */
function frameOf({screen}: ReturnType<typeof startConnect>, server?: Simulator): string[] {
	return screen.lines().map(line => line.replaceAll(String(server?.port ?? ' PORT'), () => 'PORT').trimEnd());
}

/** What it came to, its secret opened. */
function signedIn({done}: ReturnType<typeof startConnect>) {
	const [connected] = done as readonly Connected[];
	return connected?.type === 'signed-in' ? {...connected, secret: connected.secret.open()} : undefined;
}

const blank = (count: number) => Array.from({length: count}, () => '');
const rule = '-'.repeat(79);
const [firstHalf, secondHalf] = [fingerprint('good').slice(0, 47), fingerprint('good').slice(48)];

test('the form at 80x24', async (t: TestContext) => {
	const app = startConnect(t);
	await app.until(/Esc quit/v);
	t.assert.deepStrictEqual(frameOf(app), [
		' vbtop read-only  Connect to a server',
		rule,
		'> Server                                          host, host:port or https URL',
		'  Account',
		'  Password',
		'',
		'  No server? Watch the demo',
		'',
		'  The account must be a VB365 administrator without MFA. vbtop only reads.',
		...blank(12),
		rule,
		'',
		' Enter next  Ctrl-U clear  Tab field  Esc quit',
	]);
});

test('a certificate, the question whether to keep, and the end of it, at 80x24', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const app = startAt(t, server);
	await app.press('simulated', 'enter');
	const text = await app.until(/Trust the certificate/v);
	const valid = / {2}valid {6}\w{3} \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d to \w{3} \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d/v.exec(text)?.[0];
	t.assert.deepStrictEqual(frameOf(app, server), [
		' vbtop read-only  Connect to a server',
		rule,
		'',
		'  address      ok      127.0.0.1:PORT answers',
		'  certificate  ...     waits for your answer',
		'  version      -',
		'  sign-in      -',
		'',
		'  Trust the certificate of this server?',
		'  This machine cannot vouch for it: no authority trusted here issued it.',
		`  SHA-256    ${firstHalf}`,
		`             ${secondHalf}`,
		'  subject    CN=localhost',
		'  issuer     itself (self-signed)',
		'  names      localhost, 127.0.0.1, 0:0:0:0:0:0:0:1',
		valid,
		'  Nothing secret was sent yet. Compare the fingerprint with that on the server.',
		...blank(4),
		rule,
		'',
		' y trust it  n do not trust it',
	]);
	await assertNothingSent(t, server);
	await app.press('y');
	await app.until(/Keep the password/v);
	t.assert.deepStrictEqual(frameOf(app, server), [
		' vbtop read-only  Connect to a server',
		rule,
		'',
		'  address      ok      127.0.0.1:PORT answers',
		'  certificate  ok      pinned by its fingerprint',
		'  version      ok      REST API v8',
		String.raw`  sign-in      ok      DEMO\operator`,
		'',
		'  Signed in. Keep the password on this machine?',
		'  Then the next start asks for nothing.',
		'  It is encrypted, its key in another folder: no vault. Who can read your files',
		'  can read it.',
		...blank(9),
		rule,
		'',
		' y keep it  n this time only',
	]);
	t.assert.deepStrictEqual(app.done, []);
	await app.press('y');
	await app.until(() => app.done.length > 0);
	t.assert.deepStrictEqual(signedIn(app), {
		type: 'signed-in', server: server.url, account: server.account.username, secret: server.account.password, version: 'v8', pin: fingerprint('good'), isToBeSaved: true,
	});
	t.assert.strictEqual(tokenRequests(server).length, 1);
});

test('a failure at 80x24; the password is gone, and the next one connects', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const app = startAt(t, server, {ca: [certificates.good.certificate]});
	await app.press('hush', 'enter');
	await app.until(/> Password +\n[\s\S]*sign-in refused/v);
	t.assert.deepStrictEqual(frameOf(app, server), [
		' vbtop read-only  Connect to a server',
		rule,
		'  Server     https://127.0.0.1:PORT',
		String.raw`  Account    DEMO\operator`,
		'> Password',
		'',
		'  No server? Watch the demo',
		'',
		'  address      ok      127.0.0.1:PORT answers',
		'  certificate  ok      issued by a trusted authority',
		'  version      ok      REST API v8',
		'  sign-in      failed',
		'',
		'  sign-in refused: Invalid credentials.',
		'  Type it again; each try counts, and accounts lock. The account must be a',
		'  VB365 administrator without MFA; the server must not be limited to operators.',
		...blank(5),
		rule,
		'',
		' Enter connect  Ctrl-U clear  Tab field  Esc quit',
	]);
	t.assert.strictEqual(tokenRequests(server).length, 1);
	await app.press('enter');
	await app.until(/Type the password first\./v);
	t.assert.strictEqual(tokenRequests(server).length, 1);
	await app.press('simulated', 'enter');
	await app.until(/Keep the password/v);
	await app.press('n');
	await app.until(() => app.done.length > 0);
	t.assert.deepStrictEqual([signedIn(app)?.isToBeSaved, signedIn(app)?.pin], [false, undefined]);
});

describe('the whole way by keys', () => {
	for (const [columns, rows] of [[80, 24], [60, 20], [40, 10]] as const) {
		test(`at ${columns}x${rows}`, async (t: TestContext) => {
			const server = await secureServer(t, 'good');
			const app = startConnect(t, {columns, rows});
			await app.until(/> Server/v);
			await app.press('nowhere', 'ctrl-u', server.url, 'down');
			await app.until(/> Account/v);
			await app.press('x', 'backspace', server.account.username, 'tab');
			await app.until(/> Password/v);
			await app.press('shift-tab', 'up', 'up');
			await app.until(/> No server\?/v);
			await app.press('up');
			await app.until(/> Password/v);
			await app.paste(`${server.account.password}\n`);
			await app.until(/> Password {3}\*{9}\s*$/mv);
			assertFrame(t, app, columns);
			await app.press('enter');
			const question = await app.until(/Trust the certificate/v);
			t.assert.ok(question.replaceAll(/[^\dA-F]/gv, '').includes(fingerprint('good').replaceAll(':', '')));
			assertFrame(t, app, columns);
			await assertNothingSent(t, server);
			await app.press('y');
			await app.until(/Signed in\. Keep the password/v);
			assertFrame(t, app, columns);
			await app.press('escape');
			await app.until(() => app.done.length > 0);
			t.assert.strictEqual(signedIn(app)?.isToBeSaved, false);
			t.assert.strictEqual(tokenRequests(server).length, 1);
		});
	}
});

function assertFrame(t: TestContext, {screen}: ReturnType<typeof startConnect>, columns: number): void {
	const lines = screen.lines();
	t.assert.strictEqual(lines[0], ' vbtop read-only  Connect to a server');
	t.assert.deepStrictEqual([lines[1], lines.at(-3)], ['-'.repeat(columns - 1), '-'.repeat(columns - 1)]);
	t.assert.match(lines.at(-1)!, /^ \S/v);
	for (const line of lines) {
		t.assert.ok(line.length < columns, line);
	}
}

test('a password is shown as stars, also a space under the cursor', async (t: TestContext) => {
	const app = startConnect(t, {server: 'vb365', account: 'me'});
	await app.until(/> Password/v);
	await app.press('hush 12', 'left', 'left', 'left');
	const text = await app.until(/> Password {3}\*{7}\s*$/mv);
	t.assert.doesNotMatch(text, /hush/v);
	await app.press('home', 'delete', 'end', 'backspace');
	await app.until(/> Password {3}\*{5}\s*$/mv);
	await app.press('ctrl-w');
	await app.until(/> Password\s*$/mv);
});

test('what is missing is said in its turn', async (t: TestContext) => {
	const app = startConnect(t);
	await app.until(/> Server/v);
	await app.press('enter', 'enter');
	await app.until(/> Token +bearer token, as no account is given/v);
	await app.press('enter');
	await app.until(/> Server[\s\S]*Type the address of the server first\./v);
	await app.press('vb 365', 'enter', 'enter', 'enter');
	await app.until(/> Token[\s\S]*Type a bearer token, or an account above for a password\./v);
	await app.press('x', 'enter');
	await app.until(/> Server[\s\S]*The server address has a space or a backslash in it\. Give it as HOST/v);
	await app.press('ctrl-u', 'me:pw@vb365', 'enter', 'enter', 'enter');
	await app.until(/The server address has a user name or password in it\./v);
	t.assert.deepStrictEqual(app.done, []);
});

test('an account left empty makes it a token', async (t: TestContext) => {
	const server = await secureServer(t, 'good', {apiKeys: ['key-0123']});
	const app = startConnect(t, {server: server.url, ca: [certificates.good.certificate]});
	await app.until(/> Account/v);
	await app.press('enter');
	await app.until(/> Token/v);
	await app.paste('guess');
	await app.press('enter');
	await app.until(/sign-in refused: the bearer token is not accepted/v);
	await app.until(/Paste another token, or type an account for a password\./v);
	await app.paste('key-0123\r\n');
	await app.press('enter');
	await app.until(/Keep the token on this machine\?/v);
	await app.press('y');
	await app.until(() => app.done.length > 0);
	t.assert.deepStrictEqual([signedIn(app)?.account, signedIn(app)?.secret], [undefined, 'key-0123']);
	t.assert.deepStrictEqual(tokenRequests(server), []);
});

for (const key of ['n', 'escape']) {
	test(`${key} to a certificate leads back to the form, with all that was typed`, async (t: TestContext) => {
		const server = await secureServer(t, 'wrongHost');
		const app = startAt(t, server);
		await app.press('simulated', 'enter');
		await app.until(/it is\s+for another name/v);
		await app.press(key);
		await app.until(/> Password {3}\*{9}\s*$/mv);
		await assertNothingSent(t, server);
		t.assert.deepStrictEqual(app.done, []);
		await app.press('enter');
		await app.until(/Trust the certificate/v);
	});
}

test('a certificate that changed shows both fingerprints', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const app = startAt(t, server, {pin: fingerprint('other')});
	await app.press('simulated', 'enter');
	const text = await app.until(/The certificate changed\. Trust it\?/v);
	t.assert.ok(text.includes(`  SHA-256    ${firstHalf}\n             ${secondHalf}\n`));
	t.assert.ok(text.includes(`  before     ${fingerprint('other').slice(0, 47)}\n`));
	await assertNothingSent(t, server);
});

test('Enter and other keys are no yes', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const app = startAt(t, server);
	await app.press('simulated', 'enter');
	await app.until(/Trust the certificate/v);
	await app.press('enter', ' ', 'Y', 'tab', 'x');
	await app.paste('y');
	await wait(30);
	t.assert.match(app.text(), /Trust the certificate/v);
	await assertNothingSent(t, server);
});

test('Esc while it connects stops it, and nothing more is sent', async (t: TestContext) => {
	const {promise: asked, resolve} = Promise.withResolvers<void>();
	const server = await secureServer(t, 'good', {
		middleware: [async () => {
			resolve();
			return Promise.withResolvers<never>().promise;
		}],
	});
	const app = startAt(t, server, {ca: [certificates.good.certificate]});
	await app.press('simulated', 'enter');
	await asked;
	await app.until(/ {2}version {6}\.{3}[\s\S]* Esc stop/v);
	await app.press('x', 'escape');
	await app.until(/> Password {3}\*{9}\s*$/mv);
	await wait(30);
	t.assert.deepStrictEqual(tokenRequests(server), []);
	t.assert.deepStrictEqual(app.done, []);
});

test('Esc in the form leaves, also after a failure', async (t: TestContext) => {
	const server = await simulator(t);
	await server.close();
	const app = startAt(t, server);
	await app.press('simulated', 'enter');
	await app.until(/> Server[\s\S]*connection refused: 127\.0\.0\.1:\d+ \(ECONNREFUSED\)/v);
	await app.press('escape');
	await app.until(() => app.done.length > 0);
	t.assert.deepStrictEqual(app.done, [{type: 'left'}]);
});

for (const [where, wanted] of [['checking', /Esc stop/v], ['certificate', /Trust the certificate/v]] as const) {
	test(`Ctrl-C at ${where} leaves at once`, async (t: TestContext) => {
		const server = await secureServer(t, 'good', {middleware: [async () => Promise.withResolvers<never>().promise]});
		const app = startAt(t, server, where === 'checking' ? {ca: [certificates.good.certificate]} : {});
		await app.press('simulated', 'enter');
		await app.until(wanted);
		await app.press('ctrl-c');
		await app.until(() => app.done.length > 0);
		t.assert.deepStrictEqual(app.done, [{type: 'left'}]);
		t.assert.deepStrictEqual(tokenRequests(server), []);
	});
}

test('the demo is a row of the form', async (t: TestContext) => {
	const app = startConnect(t);
	await app.until(/> Server/v);
	await app.press('up');
	await app.until(/> No server\? Watch the demo: Enter[\s\S]* Enter watch demo/v);
	await app.press('x', 'enter');
	await app.until(() => app.done.length > 0);
	t.assert.deepStrictEqual(app.done, [{type: 'demo'}]);
});

test('where nothing can be kept it is said at the start, and not asked at the end', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const app = startAt(t, server, {ca: [certificates.good.certificate], unsaved: 'the folder is read-only.'});
	await app.until(/Nothing can be kept: the folder is read-only\./v);
	await app.press('simulated', 'enter');
	await app.until(() => app.done.length > 0);
	t.assert.strictEqual(app.done.length, 1);
	t.assert.strictEqual(signedIn(app)?.isToBeSaved, false);
});

test('Ctrl-L draws anew', async (t: TestContext) => {
	const app = startConnect(t);
	await app.until(/> Server/v);
	await app.press('ctrl-l');
	await app.until(() => app.redraws() === 1);
});

test('on a terminal that is too small nobody says yes to what cannot be seen', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const app = startAt(t, server);
	await app.press('simulated', 'enter');
	await app.until(/Trust the certificate/v);
	app.screen.resize(39, 9);
	await app.until(/needs 40x10/v);
	await app.press('y');
	await assertNothingSent(t, server);
	app.screen.resize(80, 24);
	await app.until(/Trust the certificate/v);
	await app.press('y');
	await app.until(/Keep the password/v);
});

test('every resize keeps the frame inside the terminal', async (t: TestContext) => {
	const app = startConnect(t, {server: 'x'.repeat(300), account: '東京メールボックス毎日バックアップ'.repeat(4)});
	for (const [columns, rows] of [[120, 40], [40, 10], [1, 1], [60, 20], [20, 5], [200, 60]] as const) {
		app.screen.resize(columns, rows);
		if (columns < 40) {
			continue;
		}

		await app.until(() => app.screen.lines()[1] === '-'.repeat(columns - 1) && app.screen.lines().at(-1)!.includes('Esc quit'));
		assertFrame(t, app, columns);
	}
});
