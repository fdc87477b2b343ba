import {mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {saveFile} from '../../source/terminal/save-file.js';
import {movableClock, simulator, startMonitor} from '../helpers/monitor.js';

const start = Date.UTC(2026, 2, 2, 2, 14, 37);

async function ownFolder(t: TestContext): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'vbtop-test-'));
	t.after(async () => rm(folder, {recursive: true, force: true}));
	return folder;
}

test('the command line shows what is typed, what is wrong with it, and does it', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'clean'});
	const monitor = startMonitor(t, server);
	await monitor.until(/\d+ sessions, 24 h/v);
	await monitor.press(':', 'since never', 'enter');
	await monitor.until(/since wants a time such as 90m.*\n :since never/v);
	await monitor.press('ctrl-w', '6h', 'enter');
	await monitor.until(text => /\d+ sessions, 6 h/v.test(text) && !text.includes(' :since'), 'the range of 6 h');
	await monitor.press(':', 'v', 'tab', 'n', 'enter');
	await monitor.until(/\[1 Now\]/v);
	await monitor.press('enter');
	await monitor.until(/1 Summary/v);
	await monitor.press(':', 'q');
	await monitor.until(/^ :q/mv);
	await monitor.press('enter');
	await monitor.exited;
});

test('what is on screen is saved, every row of it, and never over a file', async (t: TestContext) => {
	const file = path.join(await ownFolder(t), 'list.txt');
	const server = await simulator(t, {scenario: 'clean'});
	const monitor = startMonitor(t, server, {onSave: saveFile, columns: 120});
	const seen = await monitor.until(/\d+ sessions, 24 h/v);
	await monitor.press(':', `save ${file}`, 'enter');
	await monitor.until(/saved: /v);
	const lines = (await readFile(file, 'utf8')).split('\n');
	const amount = Number(/(?<amount>\d+) sessions/v.exec(seen)!.groups!['amount']);
	t.assert.match(lines[0]!, /^test {2}Sessions {2}\w{3} \d+ \w{3} \d{4} \d\d:\d\d:\d\d UTC$/v);
	t.assert.strictEqual(lines[1], `${amount} rows, 24 h, all types`);
	t.assert.match(lines[3]!, /^ {2}STATUS +JOB /v);
	t.assert.strictEqual(lines.length, 4 + amount + 1);
	const {mode} = await stat(file);
	t.assert.strictEqual(mode % 0o1000, 0o600);

	await writeFile(file, 'mine');
	await monitor.press(':', 'up', 'enter');
	await monitor.until(/not saved: .* is there already/v);
	t.assert.strictEqual(await readFile(file, 'utf8'), 'mine');
});

test('a file that cannot be written is told in words', async (t: TestContext) => {
	const folder = await ownFolder(t);
	t.assert.match(await saveFile(path.join(folder, 'none', 'list.txt'), 'x'), /^not saved: there is no folder .*none$/v);
	t.assert.match(await saveFile(folder, 'x'), /^not saved: .* is there already$/v);
});

test('columns are chosen over the list', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'clean'});
	const monitor = startMonitor(t, server);
	await monitor.until(/STATUS .* OBJECTS/v);
	await monitor.press('c');
	await monitor.until(/ Columns of Sessions -[\s\S]*> \[x\] STATUS[\s\S]*\[x\] OBJECTS[\s\S]*\[ \] ITEMS/v);
	await monitor.press('j', 'j', 'j', 'j', 'j', 'j', ' ');
	await monitor.until(/> \[ \] OBJECTS/v);
	await monitor.press('escape');
	const list = await monitor.until(/STATUS +JOB/v);
	t.assert.doesNotMatch(list, /OBJECTS/v);
});

test('the bell does not ring for what a longer range brings', async (t: TestContext) => {
	const clock = movableClock(start);
	const server = await simulator(t, {scenario: 'demo', pace: 1, clock: clock.now});
	let rung = 0;
	const monitor = startMonitor(t, server, {
		list: 'now', columns: 120, rows: 40,
		onBell() {
			rung++;
		},
	});
	const isRead = (range: RegExp) => (text: string) => range.test(text) && !/\d to read|loading/v.test(text);
	await monitor.press('b');
	await monitor.until(isRead(/^ failed 1 .*disconnected 1[\s\S]* jobs, 24 h/mv), 'all of 24 h', 60);
	await monitor.press('[', '[');
	await monitor.until(isRead(/^ failed 1(?!.*disconnected)[\s\S]* jobs, 1 h/mv), 'all of 1 h', 60);
	await monitor.press(']', ']');
	await monitor.until(isRead(/disconnected 1[\s\S]* jobs, 24 h/v), 'all of 24 h again', 60);
	t.assert.strictEqual(rung, 0);
});

test('d tells what changed, and the bell rings for what went wrong meanwhile but not for what was there', async (t: TestContext) => {
	const clock = movableClock(start);
	const server = await simulator(t, {scenario: 'demo', pace: 30, clock: clock.now});
	const rung: number[] = [];
	const monitor = startMonitor(t, server, {
		list: 'now', columns: 120, rows: 40,
		onBell() {
			rung.push(clock.now());
		},
	});
	await monitor.press('b');
	await monitor.until(/LIVE/v);
	await monitor.until(text => /\d+ jobs, 24 h/v.test(text) && !/\d to read|loading/v.test(text), 'everything read', 60);
	await monitor.press('d');
	await monitor.until(/changed since \d\d:\d\d:\d\d/iv);
	await monitor.press('escape');
	t.assert.strictEqual(rung.length, 0);
	for (let looks = 0; rung.length === 0 && looks < 30; looks++) {
		const before = server.requests.length;
		clock.forward(60_000);
		await monitor.until(() => rung.length > 0 || server.requests.length > before + 2, 'another look', 20);
	}

	t.assert.ok(rung.length > 0);
	await monitor.press('d');
	await monitor.until(/^ Changed since \d\d:\d\d:\d\d -[\s\S]*\d\d:\d\d:\d\d (?:Started|Queued|Success|Warning|Failed): /mv);
});
