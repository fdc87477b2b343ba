import {test, type TestContext} from 'node:test';
import fc from 'fast-check';
import type {Middleware} from '../../source/simulator/server/exchange.js';
import type {Scenario} from '../../source/simulator/scenarios/scenario.js';
import type {JobPlan} from '../../source/simulator/world/plan.js';
import {hostileText} from '../helpers/hostile-text.js';
import {simulator, startMonitor} from '../helpers/monitor.js';

type Monitor = ReturnType<typeof startMonitor>;

const steering = /[\p{Control}\u{61C}\u{200E}\u{200F}\u{2028}-\u{202E}\u{2066}-\u{2069}\u{FEFF}]/v;
const sizes = [[80, 24], [40, 10]] as const;
const jobs = 12;

const work = {minutes: 20, objects: 30, items: 900, bytes: 70_000_000};

/** A night whose names, details and log are these texts, in turn; the shape of its screens is the same whatever they are. */
function nightOf(texts: readonly string[]): Scenario {
	const text = (index: number) => texts[index % texts.length]!;
	const job = (index: number): JobPlan => ({name: `J${text(index)}`, type: 'Backup', organization: 'one', repository: 'disk', workload: 'mail', ...work});
	return {
		about: 'Texts that were made up.',
		organizations: {one: {name: `O${text(0)}`, officeName: text(1)}},
		proxyPools: {pool: {name: text(2)}},
		proxies: {one: {hostName: `P${text(3)}`, operatingSystem: 'Windows'}},
		repositories: {disk: {name: `R${text(4)}`, proxy: 'one'}},
		jobs: Object.fromEntries(Array.from({length: jobs}, (_, index) => [`job${index}`, job(index)])),
		historyDays: 0,
		goesOn: false,
		mix: {},
		script: Array.from({length: jobs}, (_, index) => ({
			job: `job${index}`, at: -300 + (index * 20), takes: 18, messages: texts, overrides: {details: `D${text(index)}`}, attempts: ['failed'],
		})),
		truth: [],
	};
}

/** That nothing is out of its place: each line within the screen, the lines that are ours where they are, and nothing set off. */
function assertIntact(t: TestContext, {screen}: Monitor, columns: number, ours: ReadonlyArray<readonly [line: number, pattern: RegExp]>): void {
	const lines = screen.lines();
	for (const [row, line] of lines.entries()) {
		t.assert.strictEqual(screen.cell(row, columns - 1).trim(), '', `${row}: ${line}`);
		t.assert.doesNotMatch(line, steering);
	}

	for (const [line, pattern] of ours) {
		t.assert.match(lines.at(line) ?? '', pattern);
	}

	t.assert.deepStrictEqual(screen.effects, []);
	t.assert.strictEqual(screen.state().buffer, 'alternate');
}

/** The lines of one screen that a program draws itself, the texts of the server in none of them. */
function oursAt(columns: number) {
	const rule = new RegExp(`^-{${columns - 1}}$`, 'v');
	return {
		list: [[0, / LIVE \d+s/v], [3, /^ {2}STATUS +JOB/v], [-4, rule], [-1, /\? help/v]],
		detail: [[0, / LIVE \d+s/v], [-1, /Esc back/v]],
	} as const;
}

async function walk(t: TestContext, monitor: Monitor, columns: number) {
	const ours = oursAt(columns);
	await monitor.until(/LIVE \d+s[\s\S]*\? help/v);
	await monitor.until(() => monitor.list().length >= Math.min(jobs, monitor.screen.rows - 8), 'the rows');
	assertIntact(t, monitor, columns, ours.list);
	// The columns stand where they do, whatever the names before them.
	const elapsed = monitor.screen.lines()[3]!.indexOf('ELAPS');
	for (const row of monitor.list().keys()) {
		t.assert.match([0, 1, 2, 3, 4].map(offset => monitor.screen.cell(4 + row, elapsed + offset)).join(''), /^ *\d+[hm]\d\d$/v);
	}

	await monitor.press('G', 'enter');
	await monitor.until(/ RUN /v);
	assertIntact(t, monitor, columns, ours.detail);
	// Lines that come once the log is read move the end.
	await monitor.until(() => {
		void monitor.press('G');
		return monitor.text().includes('Job id');
	}, 'the end of the tab');
	assertIntact(t, monitor, columns, ours.detail);
	await monitor.press('?');
	await monitor.until(/Esc/v);
	assertIntact(t, monitor, columns, []);
	await monitor.press('escape', 'escape');
	await monitor.until(/STATUS +JOB/v);
	assertIntact(t, monitor, columns, ours.list);
}

/** Texts made up from a seed: the same in each run. */
const textsOf = (seed: number) => fc.sample(hostileText, {seed, numRuns: 40}).map(text => text.slice(0, 2000));

for (const [columns, rows] of sizes) {
	for (const seed of [1, 2, 3]) {
		test(`made-up names, details and logs (${seed}) leave the screens at ${columns}x${rows} whole`, async (t: TestContext) => {
			const server = await simulator(t, {scenario: nightOf(textsOf(seed))});
			const monitor = startMonitor(t, {...server, name: textsOf(seed + 100).join('').slice(0, 300)}, {columns, rows});
			await walk(t, monitor, columns);
		});
	}

	test(`the error of a 500 leaves the screen at ${columns}x${rows} whole`, async (t: TestContext) => {
		const texts = textsOf(7);
		let failing: string | undefined;
		const middleware: Middleware[] = [async ({response, path}, next) => {
			if (failing === undefined || path.endsWith('/token')) {
				await next();
				return;
			}

			response.writeHead(500, {'content-type': 'application/json'});
			response.end(JSON.stringify({message: `E${failing}`}));
		}];
		const server = await simulator(t, {scenario: nightOf(['harmless']), middleware});
		const monitor = startMonitor(t, server, {columns, rows});
		await monitor.until(/LIVE \d+s[\s\S]*\? help/v);
		const ours = oursAt(columns).list.slice(1);
		for (const text of texts.slice(0, 12)) {
			failing = text;
			await monitor.press('R');
			await monitor.until(/ STALE /v);
			await monitor.until(/server error/v);
			assertIntact(t, monitor, columns, ours);
			failing = undefined;
			await monitor.press('r');
			await monitor.until(/ LIVE \d+s/v);
		}
	});
}
