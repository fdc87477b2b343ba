import {test, type TestContext} from 'node:test';
import type {ScenarioName} from '../../source/simulator/scenarios/scenarios.js';
import {movableClock, simulator, startMonitor, type MonitorOptions} from '../helpers/monitor.js';

async function watch(t: TestContext, scenario: ScenarioName, options: MonitorOptions = {}) {
	const clock = movableClock(Date.UTC(2026, 10, 23, 2, 14, 37));
	const server = await simulator(t, {scenario, pace: 1, clock: clock.now});
	const monitor = startMonitor(t, server, {list: 'now', columns: 80, rows: 24, ...options});
	await monitor.until(/LIVE \d+s[\s\S]*jobs, 24 h/v);
	await monitor.press('3');
	await monitor.until(/\[3 Window\][\s\S]*JOB by start v/v);
	return monitor;
}

/** A row of the timeline: its mark, the job, its bar. */
const row = (mark: string, job: string, bar: string) => new RegExp(`^[> ]${mark}${job} +${bar}`, 'mv');

test('window: what will not fit is said above and marked where its window closes', async (t: TestContext) => {
	const monitor = await watch(t, 'window');
	await monitor.until(/^ closes 02:\d\d in 2\dm {2}05:\d\d in 3h\d\d.* 1 will not fit/mv, undefined, 40);
	await monitor.until(row('!', 'Northwind Exchange', String.raw`\.*[ #]*#+\|?=*!`));
	await monitor.until(row(' ', String.raw`Copy of C\.\.hange A-M`, String.raw`\.+ .*\]`), undefined, 40);
});

test('missed: a run that did not come is marked where it was due', async (t: TestContext) => {
	const monitor = await watch(t, 'missed', {columns: 120, rows: 40});
	await monitor.until(row('!', 'Fabrikam Exchange', String.raw`! +\| +missed, due 01:34`), undefined, 40);
	await monitor.press('n');
	await monitor.until(() => monitor.selected().includes('Fabrikam Exchange'), 'the cursor on the problem');
	t.assert.match(monitor.text(), /^ missed, due 01:34$/mv);
	await monitor.press('a');
	await monitor.until(row(' ', 'Fabrikam Exchange', String.raw`a +\|`));
});

test('used-up: each attempt is a piece of its own', async (t: TestContext) => {
	const monitor = await watch(t, 'used-up', {columns: 160, rows: 40});
	await monitor.until(row('!', 'Contoso SharePoint', String.raw`#*x *#*x *#*x *#*x +\|`), undefined, 40);
	await monitor.press('enter');
	await monitor.until(/Esc back/v);
});

test('v shows what is known of the row, and goes with the cursor; in a small terminal it says what it needs', async (t: TestContext) => {
	const monitor = await watch(t, 'used-up', {columns: 120, rows: 40});
	const heading = () => monitor.screen.lines()[4]!;
	t.assert.doesNotMatch(heading(), /\| {2}\S/v);
	await monitor.press('v');
	await monitor.until(/\| {2}Status +\S/v);
	for (const key of ['G', 'g', '1', '2']) {
		await monitor.press(key);
		await monitor.until(/\| {2}Repository +\S/v);
	}

	monitor.screen.resize(100, 40);
	await monitor.until(text => !/\| {2}Status/v.test(text), 'the list alone');
	await monitor.press('v');
	await monitor.until(/^ the preview needs 110x32/mv);
	monitor.screen.resize(120, 40);
	await monitor.until(text => /\| {2}Status +\S/v.test(text) && !text.includes('the preview needs'), 'the preview, and no need of it');
	await monitor.press('v');
	await monitor.until(text => !/\| {2}Status/v.test(text), 'the list alone');
});

test('the cursor and the order are those of any list', async (t: TestContext) => {
	const monitor = await watch(t, 'clean');
	const first = monitor.screen.lines().slice(5, -4);
	await monitor.press('S');
	await monitor.until(/JOB by start \^/v);
	t.assert.notDeepStrictEqual(monitor.screen.lines().slice(5, -4), first);
	await monitor.press('>', '/', 'c', 'o', 'p', 'y', 'enter');
	await monitor.until(/\d of \d+ jobs, 24 h, filter "copy"/v);
	await monitor.press('j', 'l');
	await monitor.until(/\[2 Log\]/v);
});
