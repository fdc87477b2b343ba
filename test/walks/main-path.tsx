import {describe, test, type TestContext} from 'node:test';
import {apiVersions} from '../../source/api/server-api.js';
import {simulator, startMonitor} from '../helpers/monitor.js';

describe('from sign-in to detail', () => {
	for (const version of apiVersions) {
		for (const tls of [false, true]) {
			test(`${version} over ${tls ? 'TLS' : 'plain HTTP'}`, async (t: TestContext) => {
				const server = await simulator(t, {api: version, tls, pace: 30});
				const monitor = startMonitor(t, server, {columns: 120, rows: 40, rangeMs: 14 * 24 * 3_600_000});
				await monitor.until(new RegExp(String.raw` test ${version} read-only .* LIVE \ds`, 'v'));
				const list = await monitor.until(/Running +Copy to obj-archive/v);
				t.assert.match(list, /Running +\d+ .*Queued +\d+ .*Failed +\d+ .*Warning +\d+ .*Success +\d+/v);
				t.assert.match(list, /Running +Copy to obj-archive +contoso\.\S+ +Copy /v);
				await monitor.press('/', 'job gone', 'enter');
				const orphans = await monitor.until(/Success +\w+ \(job gone\)/v);
				t.assert.match(orphans, /\(job gone\) .*Backup/v);
				await monitor.press('/', 'ctrl-u', 'adatum all', 'enter', 'enter');
				const detail = await monitor.until(/RUN .* STATISTICS[\s\S]*Job id/v);
				t.assert.match(detail, /Job +Adatum all, first run/v);
				t.assert.match(detail, /Organization +adatum\.onmicrosoft\.com/v);
				t.assert.match(detail, version === 'v8' ? /Kind +Full/v : new RegExp(`Kind +not in ${version}`, 'v'));
				t.assert.match(detail, version === 'v8' ? /Proxy +\S.* \(pool\)/v : new RegExp(`Proxy +not in ${version}`, 'v'));
				t.assert.match(detail, version === 'v6' ? /Retried next +not in v6/v : /Retried next +no/v);
				t.assert.match(detail, /Bottleneck +Source/v);
				t.assert.deepStrictEqual(server.requests.filter(({method, path}) => method !== 'GET' && !(method === 'POST' && /\/token$/iv.test(path))), []);
				t.assert.strictEqual(server.requests.filter(({method}) => method === 'POST').length, 1);
			});
		}
	}
});

test('the first frame is drawn before any network answer', async (t: TestContext) => {
	const {promise: mayAnswer, resolve: answer} = Promise.withResolvers<void>();
	const server = await simulator(t, {
		sessions: 2000, pace: 30, middleware: [async (_exchange, next) => {
			await mayAnswer;
			return next();
		}],
	});
	const monitor = startMonitor(t, server, {rangeMs: 7 * 24 * 3_600_000});
	const first = await monitor.until(/CONNECTING/v);
	t.assert.match(first, /Connecting to test \.\.\./v);
	t.assert.match(first, /\? help {2}q quit/v);
	answer();
	await monitor.until(/\d+ sessions, 7 d, all types/v);
});

test('a first load shows how far it is', async (t: TestContext) => {
	const {promise: isOpen, resolve: open} = Promise.withResolvers<void>();
	const server = await simulator(t, {
		middleware: [async ({path, query}, next) => {
			if (/JobSessions$/iv.test(path) && Number(query['offset']) >= 200) {
				await isOpen;
			}

			return next();
		}],
	});
	const monitor = startMonitor(t, server, {rangeMs: 14 * 24 * 3_600_000});
	const partial = await monitor.until(/loading, [1-9]\d* so far/v);
	t.assert.match(partial, /Running +Copy to obj-archive|Queued +/v);
	open();
	await monitor.until(/1,[45]\d\d sessions, 14 d, all types/v);
});

test('each empty list says why', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'empty'});
	const monitor = startMonitor(t, server);
	await monitor.until(/No session in the last 24 h on test\./v);
	await monitor.press('[');
	await monitor.until(/No session in the last 6 h on test\./v);
});

test('a list emptied by its filter says so, and Esc brings it back', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'clean'});
	const monitor = startMonitor(t, server);
	await monitor.until(/\d+ sessions, 24 h/v);
	await monitor.press('/', 'nothing-like-it', 'enter');
	await monitor.until(/None of the \d+ sessions passes: filter "nothing-like-it"\./v);
	await monitor.press('escape');
	await monitor.until(/\d+ sessions, 24 h, all types/v);
});

test('a refused password is sent once, and asked for', async (t: TestContext) => {
	const server = await simulator(t);
	const monitor = startMonitor(t, server, {password: 'wrong'});
	const text = await monitor.until(/SIGN IN/v);
	t.assert.match(text, /sign-in refused/v);
	await monitor.press('r', 'r', 'R');
	await monitor.until(/SIGN IN/v);
	t.assert.strictEqual(server.requests.filter(({method}) => method === 'POST').length, 1);
	t.assert.doesNotMatch(text, /wrong/v);
});
