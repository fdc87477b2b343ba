import {test, type TestContext} from 'node:test';
import {movableClock, simulator, startMonitor} from '../helpers/monitor.js';

/** A moment at which the demo has sessions that run. */
const start = Date.UTC(2026, 10, 23, 2, 14, 37);

for (const api of ['v6', 'v7', 'v8'] as const) {
	test(`${api}: a log of five thousand lines is read whole, searched, narrowed and walked`, async (t: TestContext) => {
		const server = await simulator(t, {api, scenario: 'hostile'});
		const monitor = startMonitor(t, server, {api, refreshMs: 60_000});
		await monitor.until(/LIVE[\s\S]*sessions, 24 h/v);
		await monitor.press('/', 'five thousand', 'enter');
		await monitor.until(/^>.*Five thousand/mv);
		await monitor.press('l');
		await monitor.until(/\[2 Log\]/v);
		await monitor.until(/ [45],\d{3} items {2}newest last/v);
		t.assert.match(monitor.selected(), /Job finished/v);
		await monitor.press('g');
		await monitor.until(() => monitor.selected().includes('Job started'), 'the first line');
		await monitor.press('t');
		await monitor.until(/ \d+ of [45],\d{3} items {2}warnings and errors/v);
		await monitor.press('t', 't', '/', 'processing');
		await monitor.until(/\d of [\d,]+$/mv);
		await monitor.press('enter', 'n');
		await monitor.until(/\/processing 2 of [\d,]+/v);
		await monitor.press('enter');
		await monitor.until(/Line +\d+ of [45],\d{3}, usn \d+ *\n Began +\w+ \d+ \w+ \d\d:\d\d:\d\d/v);
		await monitor.press('escape', 'escape');
		await monitor.until(text => text.includes('[2 Log]') && !text.includes('/processing'), 'no search');
		await monitor.press('escape');
		await monitor.until(/STATUS +JOB/v);
	});

	test(`${api}: a running session is followed until the cursor goes up, then new lines wait`, async (t: TestContext) => {
		const clock = movableClock(start);
		const server = await simulator(t, {api, scenario: 'demo', clock: clock.now});
		const monitor = startMonitor(t, server, {api});
		await monitor.until(/Running +Fabrikam SharePoint/v);
		await monitor.press('/', 'fabrikam sharepoint', 'enter', 'l');
		await monitor.until(/ [\d,]+ items {2}following/v);
		const newest = monitor.selected();
		clock.forward(45_000);
		await monitor.until(() => monitor.selected() !== newest && monitor.selected() !== '', 'a newer line under the cursor', 15);
		await monitor.press('pageup');
		await monitor.until(/follow off/v);
		const left = monitor.selected();
		clock.forward(45_000);
		await monitor.until(/\+\d+ new .*follow off/v, 'new lines that wait', 15);
		t.assert.strictEqual(monitor.selected(), left);
		await monitor.press('f');
		await monitor.until(/ items {2}following/v);
		t.assert.doesNotMatch(monitor.text(), /\+\d+ new/v);
	});
}

for (const [columns, rows] of [[40, 10], [60, 20], [80, 24], [120, 40], [200, 60]] as const) {
	test(`the log of a hostile night fits ${columns}x${rows}, its lines wrapped and one opened`, async (t: TestContext) => {
		const server = await simulator(t, {scenario: 'hostile'});
		const monitor = startMonitor(t, server, {columns, rows});
		await monitor.until(/LIVE \d+s/v);
		await monitor.until(/sessions, 24 h|\d+ sessions/v);
		await monitor.press('G', 'l');
		await monitor.until(/ items? /v);
		for (const keys of [['g'], ['w'], ['G'], ['enter'], ['n'], ['escape', 'o'], ['t']]) {
			await monitor.press(...keys);
			await monitor.until(/LIVE \d+s/v);
			const lines = monitor.screen.lines();
			t.assert.strictEqual(lines.length, rows);
			t.assert.match(lines.at(-1)!, /\? help/v);
			t.assert.ok(lines.every((_line, index) => monitor.screen.cell(index, columns - 1).trim() === ''), keys.join(' '));
			t.assert.strictEqual(monitor.screen.scrolledAway(), 0);
		}
	});
}
