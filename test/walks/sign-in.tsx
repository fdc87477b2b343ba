import {test, type TestContext} from 'node:test';
import {simulator, startMonitor} from '../helpers/monitor.js';

test('a password that is refused during a run is asked for over the list, which stays', async (t: TestContext) => {
	let isRefusing = false;
	const server = await simulator(t, {
		scenario: 'clean',
		middleware: [async ({path, response}, next) => {
			if (isRefusing && path.endsWith('/token')) {
				response.writeHead(400, {'content-type': 'application/json'});
				response.end('{"message": "Invalid credentials."}');
				return;
			}

			await next();
		}],
	});
	const monitor = startMonitor(t, server, {refreshMs: 100});
	await monitor.until(/LIVE[\s\S]*\d sessions, 24 h/v);
	// Elapsed times go on.
	const jobs = () => monitor.list().map(line => line.slice(0, 38));
	const list = jobs();
	isRefusing = true;
	server.forgetTokens();
	await monitor.until(/SIGN IN[\s\S]*Password of DEMO\\operator at test: /v);
	t.assert.deepStrictEqual(jobs(), list);
	const asked = () => server.requests.filter(({path}) => path.endsWith('/token')).length;
	const before = asked();
	await monitor.press('q', 'x');
	await monitor.until(/at test: \*\* /v);
	await monitor.press('enter');
	await monitor.until(/sign-in refused: Invalid credentials\.[\s\S]*at test: +Esc/v);
	t.assert.strictEqual(asked(), before + 1, 'what was typed is tried once');

	await monitor.press('escape');
	await monitor.until(/q quit/v);
	await monitor.press('r', 'r');
	t.assert.deepStrictEqual(jobs(), list);
	t.assert.strictEqual(asked(), before + 1, 'nothing is tried by itself');

	isRefusing = false;
	await monitor.press('R');
	await monitor.until(/Password of DEMO\\operator at test: /v);
	monitor.paste(`${server.account.password}\n`);
	await monitor.press('enter');
	await monitor.until(/LIVE[\s\S]*q quit/v);
	t.assert.strictEqual(asked(), before + 2);
});

test('a password that is refused by now is not offered to be kept any longer', async (t: TestContext) => {
	const server = await simulator(t);
	const monitor = startMonitor(t, server, {password: 'wrong', refreshMs: 200, keep: async () => 'not to be kept'});
	await monitor.until(/ SIGN IN [\s\S]*Password of /v);
	await monitor.press(server.account.password, 'enter');
	await monitor.until(/ LIVE [\s\S]*Keep it on this machine/v);
	await server.setFaults('passwordChanged');
	await monitor.until(/ SIGN IN [\s\S]*Password of /v);
	await monitor.press('y');
	await monitor.until(/Password of .*: \*/v);
});
