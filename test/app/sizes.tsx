import {describe, test, type TestContext} from 'node:test';
import {simulator, startMonitor} from '../helpers/monitor.js';

const sizes = [[60, 20], [80, 24], [120, 40], [200, 60]] as const;

describe('on a real screen', () => {
	for (const night of ['demo', 'hostile'] as const) {
		for (const [columns, rows] of sizes) {
			test(`${night} at ${columns}x${rows}: every line in its place, the last column empty`, async (t: TestContext) => {
				const server = await simulator(t, {night, pace: 5});
				const monitor = startMonitor(t, server, {columns, rows});
				await monitor.until(/LIVE \d+s[\s\S]*sessions, 24 h/v);
				assertFrame(t, monitor, columns, rows);
				await monitor.press('j', 'G');
				await monitor.until(() => monitor.selected() === monitor.list().at(-1), 'the last row selected');
				assertFrame(t, monitor, columns, rows);
				const line = monitor.screen.lines().indexOf(monitor.selected());
				t.assert.ok(monitor.screen.isInverse(line));
				await monitor.press('enter');
				await monitor.until(/ RUN /v);
				assertLines(t, monitor, columns);
				t.assert.match(monitor.screen.lines()[0]!, /LIVE \d+s/v);
				t.assert.match(monitor.screen.lines().at(-1)!, /Esc back.*\? help/v);
			});
		}
	}
});

test('columns start where their headings do, whatever the names', async (t: TestContext) => {
	const server = await simulator(t, {night: 'hostile'});
	const monitor = startMonitor(t, server, {columns: 120, rows: 40});
	await monitor.until(/sessions, 24 h/v);
	const heading = monitor.screen.lines()[3]!;
	const type = heading.indexOf('TYPE');
	for (const index of monitor.list().keys()) {
		const word = [0, 1, 2, 3, 4, 5].map(offset => monitor.screen.cell(4 + index, type + offset)).join('').trim();
		t.assert.ok(['Backup', 'Copy', '-', '?'].includes(word), `${index}: ${word}`);
	}
});

test('every resize, down to 1x1 and back, keeps the frame inside the terminal', async (t: TestContext) => {
	const server = await simulator(t, {night: 'clean'});
	const monitor = startMonitor(t, server, {columns: 120, rows: 40});
	await monitor.until(/LIVE \d+s[\s\S]*sessions, 24 h/v);
	for (const [columns, rows] of [[80, 24], [39, 9], [20, 5], [1, 1], [60, 20], [200, 60], [120, 40]] as const) {
		monitor.screen.resize(columns, rows);
		if (columns >= 40 && rows >= 10) {
			await monitor.until(() => monitor.screen.lines()[2]!.startsWith('--') && (monitor.screen.lines().at(-1) ?? '').includes('? help'), `a frame of ${columns}x${rows}`);
			assertFrame(t, monitor, columns, rows);
		} else if (columns >= 20) {
			await monitor.until(/needs 40x10/v);
			assertLines(t, monitor, columns);
		}
	}
});

function assertFrame(t: TestContext, monitor: ReturnType<typeof startMonitor>, columns: number, rows: number): void {
	const lines = monitor.screen.lines();
	t.assert.strictEqual(lines.length, rows);
	assertLines(t, monitor, columns);
	t.assert.match(lines[0]!, / LIVE \d+s/v);
	t.assert.match(lines[1]!, /Run(?:ning)? \d+/v);
	t.assert.match(lines[2]!, /^-- .*sessions/v);
	t.assert.match(lines[3]!, /STATUS +JOB/v);
	t.assert.match(lines.at(-4)!, new RegExp(`^-{${columns - 1}}$`, 'v'));
	t.assert.match(lines.at(-1)!, /Enter open.*\? help {2}q quit/v);
}

// The last column stays empty: a line that reaches it was too long.
function assertLines(t: TestContext, {screen}: ReturnType<typeof startMonitor>, columns: number): void {
	for (const [index, line] of screen.lines().entries()) {
		t.assert.strictEqual(screen.cell(index, columns - 1).trim(), '', line);
	}
}
