import {describe, test, type TestContext} from 'node:test';
import {startConnect} from '../helpers/connect.js';
import {simulator, startMonitor} from '../helpers/monitor.js';

const sizes = [[60, 20], [80, 24], [120, 40], [200, 60]] as const;

describe('on a real screen', () => {
	for (const scenario of ['demo', 'hostile'] as const) {
		for (const [columns, rows] of sizes) {
			test(`${scenario} at ${columns}x${rows}: every line in its place, the last column empty`, async (t: TestContext) => {
				const server = await simulator(t, {scenario, pace: 5});
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
	const server = await simulator(t, {scenario: 'hostile'});
	const monitor = startMonitor(t, server, {columns: 120, rows: 40});
	await monitor.until(/sessions, 24 h/v);
	const heading = monitor.screen.lines()[3]!;
	const type = heading.indexOf('TYPE');
	for (const index of monitor.list().keys()) {
		const word = [0, 1, 2, 3, 4, 5].map(offset => monitor.screen.cell(4 + index, type + offset)).join('').trim();
		t.assert.ok(['Backup', 'Copy', '-', '?'].includes(word), `${index}: ${word}`);
	}
});

/** Every change from one of these to another is a kind of its own: lines are lost, gained, cut, and the frame becomes another one. */
const turns = '1x1 80x24 2x2 200x60 39x9 40x10 10x3 80x24 40x10 200x60 1x1 10x3 120x8 20x60 200x60 80x24 80x10 39x24 80x24'
	.split(' ').map(size => size.split('x').map(Number) as [number, number]);

const keysTo = {list: [], detail: ['enter'], help: ['?'], filter: ['/']} as const;

/** What stays the same between two monitors of the same server: all but clock, age and elapsed time. */
function steady(lines: readonly string[]): readonly string[] {
	return lines.map(line => line.replaceAll(/\d+[hm]\d+|\d+(?::\d+)+|\d+s/gv, 'T').replaceAll(/ +/gv, ' ').trimEnd());
}

/** Whether there is room for more than the counts. */
const isLarge = (columns: number, rows: number) => columns >= 40 && rows >= 10;

for (const [view, keys] of Object.entries(keysTo)) {
	test(`every resize of the ${view}, down to 1x1 and back, shows what a monitor of that size would`, async (t: TestContext) => {
		const now = Date.now();
		const server = await simulator(t, {scenario: 'clean', clock: () => now});
		const open = async (columns: number, rows: number) => {
			const monitor = startMonitor(t, server, {columns, rows, refreshMs: 120_000});
			await untilRead(monitor);
			await monitor.press(...keys);
			return monitor;
		};

		// The clock stands still: one monitor shows what every one of its size would.
		const opened = new Map<string, ReturnType<typeof open>>();
		const freshOf = async (columns: number, rows: number) => {
			const size = `${columns}x${rows}`;
			const fresh = opened.get(size) ?? open(columns, rows);
			opened.set(size, fresh);
			return fresh;
		};

		const resized = await open(80, 24);
		for (const [columns, rows] of turns) {
			const fresh = await freshOf(columns, rows);
			resized.screen.resize(columns, rows);
			// Where keys do nothing, a fresh monitor stays in the list, and its header says so.
			const from = isLarge(columns, rows) ? 0 : 1;
			const seen = ({screen}: typeof fresh) => steady(screen.lines()).slice(from).join('\n');
			await resized.until(() => seen(resized) === seen(fresh), `at ${columns}x${rows}:\n${fresh.text()}`);
			t.assert.strictEqual(resized.screen.scrolledAway(), 0);
			if (columns > 1) {
				assertLines(t, resized, columns);
			}
		}
	});
}

test('every resize of the Connect view, down to 1x1 and back, shows what one of that size would', async (t: TestContext) => {
	const resized = startConnect(t, {server: 'vb365.example', account: 'operator'});
	await resized.until(/Connect to a server/v);
	for (const [columns, rows] of turns) {
		const fresh = startConnect(t, {columns, rows, server: 'vb365.example', account: 'operator'});
		await fresh.until(() => fresh.text().trim() !== '' || columns < 3);
		resized.screen.resize(columns, rows);
		await resized.until(() => resized.text() === fresh.text());
		t.assert.strictEqual(resized.screen.scrolledAway(), 0);
	}
});

/** Waits until the list is read to its end, whatever of it fits. */
async function untilRead({feed, until}: ReturnType<typeof startMonitor>): Promise<void> {
	await until(() => {
		const {version, isLoading} = feed.snapshot();
		return version !== undefined && !isLoading;
	}, 'all sessions');
}

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
