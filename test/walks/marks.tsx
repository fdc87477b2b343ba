import {test, type TestContext} from 'node:test';
import type {Screen} from '../../source/app/screen-state.js';
import {movableClock, simulator, startMonitor} from '../helpers/monitor.js';

type Noted = Pick<Screen, 'acknowledged' | 'ignored'>;

const open = /^[ >]!Failed +Contoso SharePoint/mv;
const acknowledged = /^[ >] Failed +Contoso SharePoint/mv;

test('what is acknowledged is told, once each time that it changes, and holds at the next start', async (t: TestContext) => {
	const told: Noted[] = [];
	const server = await simulator(t, {scenario: 'used-up', pace: 1, clock: movableClock().now});
	const monitor = startMonitor(t, server, {
		list: 'now',
		onNoted(noted) {
			told.push(noted);
		},
	});
	await monitor.until(open, undefined, 40);
	await monitor.press('n');
	t.assert.strictEqual(told.length, 0, 'nothing was acknowledged yet');
	await monitor.press('a');
	await monitor.until(acknowledged);
	t.assert.deepStrictEqual(told.map(({acknowledged: seen}) => seen.map(({kind}) => kind).join(' ')), ['failed']);
	await monitor.press('u');
	await monitor.until(open);
	t.assert.deepStrictEqual(told.map(({acknowledged: seen}) => seen.length), [1, 0]);

	const again = startMonitor(t, server, {list: 'now', noted: told[0]});
	await again.until(acknowledged, undefined, 40);
	t.assert.doesNotMatch(again.text(), /^ failed 1/mv);
});
