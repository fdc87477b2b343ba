import {test, type TestContext} from 'node:test';
import {apiVersions} from '../../source/api/server-api.js';
import {simulator, startMonitor} from '../helpers/monitor.js';

for (const api of apiVersions) {
	test(`${api}: which objects failed and why, in two keys from the list`, async (t: TestContext) => {
		const server = await simulator(t, {scenario: 'used-up', pace: 1});
		const monitor = startMonitor(t, server, {list: 'now', api, refreshMs: 2000});
		await monitor.until(/^>!Failed +Contoso SharePoint/mv);
		await monitor.press('enter', '3');
		const why = api === 'v6' ? 'errors name 8 objects' : 'errors name 8 objects, 8 failed';
		await monitor.until(new RegExp(`WHY, BY THE LOG: 1 cause, ${why}`, 'v'));
		await monitor.until(/^ Error {6}8x {2}Unable to read data from the transport connection/mv);
		await monitor.until(/^ +https:\/\/contoso\.sharepoint\.com\/sites\/Finance-1, /mv);
		if (api === 'v6') {
			// The answers on the log and on the objects come in either order.
			await monitor.until(/Objects: not in v6\./v);
			t.assert.strictEqual(server.requests.some(({path}) => /processedobjects/iv.test(path)), false);
		} else {
			await monitor.until(/^ Failed 8 {3}Site 8 *$/mv);
			await monitor.until(/^ Failed {3}Site {3}[\da-f]{32} *$/mv);
		}
	});
}

test('what only warned is told by cause, and which of thousands of objects it was by status', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'usual-noise', pace: 1});
	const monitor = startMonitor(t, server, {list: 'now', refreshMs: 2000, columns: 120, rows: 40});
	await monitor.until(/Contoso Exchange N-Z/v);
	await monitor.press('/', 'Exchange N-Z', 'enter', 'enter', '3');
	await monitor.until(/WHY, BY THE LOG: 2 causes *$/mv);
	await monitor.until(/^ Warning +2x {2}Exchange account was not found/mv);
	await monitor.until(/^ Warning 3 {2}Success 3,\d+ +User 3,\d+/mv);
});

test('a session that failed before it had an object says so, and why', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'storage', pace: 1});
	const monitor = startMonitor(t, server, {list: 'now', refreshMs: 2000});
	await monitor.until(/^>!Failed/mv);
	await monitor.press('enter', '3');
	await monitor.until(/^ no object was processed *$/mv);
	await monitor.until(/^ Error {6}1x {2}Backup repository is invalid/mv);
});
