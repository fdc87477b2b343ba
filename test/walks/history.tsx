import {test, type TestContext} from 'node:test';
import {apiVersions} from '../../source/api/server-api.js';
import {simulator, startMonitor} from '../helpers/monitor.js';

for (const api of apiVersions) {
	test(`${api}: the history of a job that needs nothing is read when it is opened`, async (t: TestContext) => {
		const server = await simulator(t, {scenario: 'healed', pace: 1});
		const monitor = startMonitor(t, server, {list: 'now', api, refreshMs: 2000, columns: 120, rows: 40});
		await monitor.until(/LIVE/v);
		await monitor.until(/Success +Contoso Archive/v);
		await monitor.press('/', 'Contoso Archive', 'enter', 'enter', '4');
		const text = await monitor.until(/^ min \S+ {2}median \S+ {2}max \S+ {2}of (?:3\d|40) runs$/mv);
		t.assert.match(text, /^ DURATIONS {2}\S{20,}/mv);
		t.assert.match(text, /^ usual \S+ \(p90 \S+, \d+ (?:Incremental )?runs/mv);
		t.assert.match(text, /^> +\S.* Success/mv);
		t.assert.strictEqual(text.includes(' KIND '), api === 'v8');
		t.assert.strictEqual(text.includes('not read yet'), false);
	});
}

test('the retries of tonight are runs of their own, and the one that is open is marked', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'storage', pace: 1});
	const monitor = startMonitor(t, server, {list: 'now', refreshMs: 2000});
	await monitor.until(/^>!Failed/mv);
	await monitor.press('enter', '4');
	const text = await monitor.until(/of (?:3\d|40) runs$/mv);
	t.assert.match(text, /^> +\d\d:\d\d Failed .* 3 {2}0\.\dx$/mv);
	t.assert.strictEqual([...text.matchAll(/^[ >] +(?:\w+ )?\d\d:\d\d Failed /gmv)].length, 4);
});
