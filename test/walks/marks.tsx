import {test, type TestContext} from 'node:test';
import type {Marks} from '../../source/triage/acknowledged.js';
import {movableClock, simulator, startMonitor} from '../helpers/monitor.js';

const open = /^[ >]!Failed +Contoso SharePoint/mv;
const acknowledged = /^[ >] Failed +Contoso SharePoint/mv;

test('what is acknowledged is saved, once each time that it changes, and holds at the next start', async (t: TestContext) => {
	const saved: Marks[] = [];
	const server = await simulator(t, {scenario: 'used-up', pace: 1, clock: movableClock().now});
	const monitor = startMonitor(t, server, {
		list: 'now',
		onMarks(marks) {
			saved.push(marks);
		},
	});
	await monitor.until(open, undefined, 40);
	await monitor.press('n');
	t.assert.strictEqual(saved.length, 0, 'nothing was acknowledged yet');
	await monitor.press('a');
	await monitor.until(acknowledged);
	t.assert.deepStrictEqual(saved.map(({acknowledged: seen}) => seen.map(({kind}) => kind).join(' ')), ['failed']);
	await monitor.press('u');
	await monitor.until(open);
	t.assert.deepStrictEqual(saved.map(({acknowledged: seen}) => seen.length), [1, 0]);

	const again = startMonitor(t, server, {list: 'now', marks: saved[0]});
	await again.until(acknowledged, undefined, 40);
	t.assert.doesNotMatch(again.text(), /^ failed 1/mv);
});
