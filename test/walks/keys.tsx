import {test, type TestContext} from 'node:test';
import {movableClock, simulator, startMonitor} from '../helpers/monitor.js';

const start = Date.UTC(2026, 2, 2, 2, 14, 37);

test('the cursor moves, stays with its session, and opens it', async (t: TestContext) => {
	const clock = movableClock(start);
	const server = await simulator(t, {scenario: 'demo', pace: 30, clock: clock.now});
	const monitor = startMonitor(t, server);
	await monitor.until(/\d+ sessions, 24 h/v);
	await monitor.press('j', 'down', 'j', 'k');
	const third = await monitor.until(() => monitor.selected() === monitor.list()[2], 'the third row selected');
	t.assert.match(third, /order held/v);
	const job = monitor.selected().slice(17, 38).trim();

	// New sessions begin above it.
	clock.forward(60_000);
	await monitor.until(() => !monitor.text().includes('order held') && monitor.list()[2] !== monitor.selected(), 'rows above the cursor');
	t.assert.strictEqual(monitor.selected().slice(17, 38).trim(), job);

	await monitor.press('enter');
	const detail = await monitor.until(/RUN .* STATISTICS/v);
	t.assert.ok(detail.includes(job.slice(0, 8)), job);
	for (const words of ['Processing rate', 'Item rate', 'Read rate', 'Write rate', 'Transferred', 'Objects', 'Items processed', 'Bottleneck']) {
		t.assert.ok(detail.includes(words), words);
	}

	await monitor.press('escape');
	await monitor.until(/STATUS +JOB/v);
	t.assert.strictEqual(monitor.selected().slice(17, 38).trim(), job);
});

test('an open session is followed until it ends', async (t: TestContext) => {
	const clock = movableClock(start);
	const server = await simulator(t, {scenario: 'demo', pace: 30, clock: clock.now});
	const monitor = startMonitor(t, server, {columns: 120, rows: 40});
	await monitor.until(/Running +Fabrikam SharePoint/v);
	await monitor.press('/', 'fabrikam sharepoint', 'enter', 'enter');
	const running = await monitor.until(/Status +Running/v);
	const itemsBefore = Number(/Items processed +(?<items>[\d,]+)/v.exec(running)?.groups?.['items']?.replaceAll(',', ''));
	clock.forward(5000);
	await monitor.until(text => Number(/Items processed +(?<items>[\d,]+)/v.exec(text)?.groups?.['items']?.replaceAll(',', '')) > itemsBefore, 'more items');
	clock.forward(120_000);
	const ended = await monitor.until(/Status +(?:Success|Warning|Failed|Stopped)/v);
	t.assert.match(ended, /Ended +\w+ \d+ \w+ \d\d:\d\d:\d\d/v);
});

test('t cycles the job type, on screen in words', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'demo', pace: 30});
	const monitor = startMonitor(t, server);
	await monitor.until(/sessions, 24 h, all types/v);
	await monitor.press('t');
	await monitor.until(/\d+ of \d+ sessions, 24 h, Backup only/v);
	t.assert.ok(monitor.list().every(line => line.includes(' Backup ')));
	await monitor.press('t');
	await monitor.until(/\d+ of \d+ sessions, 24 h, Copy only/v);
	t.assert.ok(monitor.list().every(line => line.includes(' Copy ')));
	await monitor.press('t');
	await monitor.until(/\d+ sessions, 24 h, all types/v);
});

test('--type and the range narrow the request; t widens it', async (t: TestContext) => {
	const clock = movableClock(start);
	const server = await simulator(t, {scenario: 'clean', clock: clock.now});
	const monitor = startMonitor(t, server, {jobType: 'Copy', rangeMs: 6 * 3_600_000});
	await monitor.until(/sessions, 6 h, Copy only/v);
	const lists = () => server.requests.filter(({path}) => /\/JobSessions$/iv.test(path));
	const [first] = lists();
	t.assert.strictEqual(first?.query['jobType'], 'Copy');
	t.assert.strictEqual(first?.query['offset'], '0');
	t.assert.ok(Number(first?.query['limit']) > 30);
	t.assert.ok(Math.abs(Date.parse(first?.query['endTimeLowerBound'] ?? '') - (start - (6 * 3_600_000))) < 60_000);
	t.assert.ok(lists().every(({query}) => query['jobType'] === 'Copy' || query['jobId'] !== undefined));
	t.assert.ok(monitor.feed.snapshot().sessions.every(({jobType}) => jobType === 'Copy'));

	await monitor.press(']');
	await monitor.until(/sessions, 24 h, Copy only/v);
	t.assert.ok(lists().some(({query}) => Date.parse(query['endTimeLowerBound'] ?? '') < start - (23 * 3_600_000)));

	const count = lists().length;
	await monitor.press('t');
	await monitor.until(/sessions, 24 h, all types/v);
	await monitor.until(() => lists().slice(count).some(({query}) => query['jobType'] === undefined && query['endTimeLowerBound'] !== undefined), 'a request for all types');
	await monitor.until(text => text.includes(' Backup '), 'backup sessions');
});

test('the filter is typed live, keeps the selected session, and goes with Esc', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'clean'});
	const monitor = startMonitor(t, server);
	await monitor.until(/\d+ sessions, 24 h/v);
	await monitor.press('j', 'j', 'j');
	await monitor.until(() => monitor.selected() === monitor.list()[3], 'the fourth row selected');
	const selected = monitor.selected();
	await monitor.press('/', 'conto');
	await monitor.until(/\/conto +\d+ of \d+/v);
	await monitor.press('backspace', 'escape');
	await monitor.until(() => monitor.selected() === selected, 'the same session selected again');
	t.assert.match(monitor.text(), /sessions, 24 h, all types/v);
	monitor.paste('not keys: qqq');
	await monitor.press('/');
	monitor.paste('conto\nso');
	await monitor.until(/\/conto so/v);
	await monitor.press('ctrl-c');
	await monitor.until(monitor.hasExited, 'the end');
});

test('a filter that is typed half narrows by the rest of it, and the prompt says what it wants', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'demo', pace: 30});
	const monitor = startMonitor(t, server);
	await monitor.until(/\d+ sessions, 24 h, all types/v);
	await monitor.press('/', 'status:failed dur>');
	await monitor.until(/\/status:failed dur> +dur> wants a time such as 2h {2}\d+ of \d+/v);
	await monitor.until(/\d+ of \d+ sessions, 24 h, filter "status:failed"/v);
	t.assert.ok(monitor.list().every(line => line.includes(' Failed ')));
	await monitor.press('1s', 'enter');
	await monitor.until(/\d+ of \d+ sessions, 24 h, filter "status:failed dur>1s"/v);
	t.assert.ok(monitor.list().every(line => line.includes(' Failed ')));
});

test('sort by a column and reverse it', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'clean'});
	const monitor = startMonitor(t, server);
	await monitor.until(/\d+ sessions, 24 h/v);
	await monitor.press('<', '<');
	await monitor.until(/JOB \^/v);
	const initials = monitor.list().map(line => line.slice(17, 18).toLowerCase());
	t.assert.deepStrictEqual(initials, initials.toSorted((a, b) => a.localeCompare(b)));
	await monitor.press('S');
	await monitor.until(/JOB v/v);
});

test('paused, the list stands still and says how much waits', async (t: TestContext) => {
	const clock = movableClock(start);
	const server = await simulator(t, {scenario: 'demo', pace: 30, clock: clock.now});
	const monitor = startMonitor(t, server);
	await monitor.until(/\d+ sessions, 24 h/v);
	await monitor.press('p');
	await monitor.until(/PAUSED/v);
	const list = monitor.list();
	clock.forward(60_000);
	await monitor.until(/PAUSED \+[1-9]\d* LIVE/v);
	t.assert.deepStrictEqual(monitor.list(), list);
	await monitor.press('p');
	await monitor.until(text => !text.includes('PAUSED') && monitor.list().join('\n') !== list.join('\n'), 'the list of now');
});

test('keys that change nothing to be seen say what they did', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'clean'});
	const monitor = startMonitor(t, server, {refreshMs: 10_000});
	await monitor.until(/\d+ sessions, 24 h/v);
	await monitor.press('+');
	await monitor.until(/the server is asked every 15 s/v);
	await monitor.press('-', '-');
	await monitor.until(/the server is asked every 5 s/v);
	await monitor.press('escape');
	await monitor.until(/there is no filter to clear/v);
});

test('help shows every key of the place and q leaves it, then the program', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'clean'});
	const monitor = startMonitor(t, server, {rows: 60});
	await monitor.until(/\d+ sessions, 24 h/v);
	await monitor.press('?');
	const help = await monitor.until(/LIST[\s\S]*DETAIL/v);
	t.assert.match(help, /t +Job type: all, Backup, Copy/v);
	t.assert.match(help, /\[ +Shorter range/v);
	await monitor.press('/', 'shorter', 'enter');
	await monitor.until(text => /\[ +Shorter range/v.test(text) && !text.includes('Job type: all'), 'the lines with the word');
	await monitor.press('q');
	await monitor.until(/STATUS +JOB/v);
	t.assert.strictEqual(monitor.hasExited(), false);
	await monitor.press('f5', 'q');
	await monitor.until(monitor.hasExited, 'the end');
});

test('a session that is open stays on screen when it leaves the list, which is said', async (t: TestContext) => {
	const clock = movableClock(start);
	const server = await simulator(t, {scenario: 'clean', clock: clock.now});
	const monitor = startMonitor(t, server, {rangeMs: 3_600_000});
	await monitor.until(/LIVE[\s\S]*sessions, 1 h/v);
	await monitor.press('/', 'copy', 'enter', 'enter');
	const before = await monitor.until(/Job +Copy of/v);
	t.assert.match(before, /Ended +\w+ \d/v);
	clock.forward(2 * 3_600_000);
	const after = await monitor.until(/This session has left/v);
	t.assert.match(after, /Ended +\w+ \d/v);
});

test('R reads the whole list again', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'clean'});
	const monitor = startMonitor(t, server, {refreshMs: 60_000});
	await monitor.until(/LIVE[\s\S]*sessions, 24 h/v);
	const count = server.requests.filter(({query}) => query['endTimeLowerBound'] !== undefined).length;
	await monitor.press('R');
	await monitor.until(() => server.requests.filter(({query}) => query['endTimeLowerBound'] !== undefined).length > count, 'the range asked for again');
	await monitor.until(/LIVE \ds[\s\S]*sessions, 24 h/v);
});

test('the detail of a retry says what became of its chain', async (t: TestContext) => {
	for (const api of ['v6', 'v8'] as const) {
		const server = await simulator(t, {scenario: 'demo', api, epoch: start, clock: () => start});
		const monitor = startMonitor(t, server, {api});
		await monitor.until(/LIVE/v);
		// The chain in the demo whose retries are used up, and its first run.
		await monitor.press('/', 'contoso sharepoint', 'enter', 'enter');
		await monitor.until(/Retry +3 of 3, no retry left/v);
		await monitor.press('J');
		await monitor.until(/Retry +2 of 3, retry 3 failed/v);
	}
});
