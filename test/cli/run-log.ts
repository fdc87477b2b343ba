import {spawnSync} from 'node:child_process';
import {mkdir, readFile, stat, symlink, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {startSimulator, type Middleware, type SimulatorOptions} from '../../source/simulator/server/server.js';
import {ServerFault} from '../../source/model/errors.js';
import {Secret} from '../../source/model/secret.js';
import {safeLine, type RunLog} from '../../source/cli/run-log.js';
import {serverLog, type Poll} from '../../source/cli/server-log.js';
import {call, temporaryFolder, until} from './support/program.js';
import {noTerminal, openTerminal} from './support/terminal.js';

const account = {username: String.raw`DEMO\operator`, password: 'Marked-4711-Secret'};

async function setUp(t: TestContext, options: SimulatorOptions = {}) {
	const server = await startSimulator({account, scenario: 'clean', ...options});
	t.after(async () => server.close());
	const folder = await temporaryFolder(t);
	return {
		server,
		file: path.join(folder, 'run.log'),
		folder,
		env: {
			XDG_CONFIG_HOME: path.join(folder, 'config'), XDG_STATE_HOME: path.join(folder, 'state'),
			VBTOP_SERVER: server.url, VBTOP_USER: account.username, VBTOP_PASSWORD: account.password,
		},
	};
}

type Line = Readonly<Record<string, unknown>> & {readonly level: string; readonly time: string; readonly event: string};

/** The lines of a log; fails where one is no whole line of JSON with its level, time and event. */
async function linesOf(t: TestContext, file: string): Promise<readonly Line[]> {
	const text = await readFile(file, 'utf8');
	t.assert.match(text, /\n$/v);
	return text.slice(0, -1).split('\n').map(written => {
		const line = JSON.parse(written) as Line;
		t.assert.match(line.level, /^(?:error|warn|info|debug)$/v);
		t.assert.match(line.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/v);
		t.assert.match(line.event, /./v);
		return line;
	});
}

const eventsOf = (lines: readonly Line[]) => lines.map(({event}) => event);

test('a run is logged from its start to its end: each request and poll, a fault that comes again once with its count, the signal', {skip: noTerminal}, async (t: TestContext) => {
	let isBroken = false;
	let refused = 0;
	const refusedOf = (wanted: number) => refused >= wanted;
	const breaking: Middleware = async ({response, path: asked}, next) => {
		if (isBroken && asked.endsWith('/JobSessions')) {
			refused++;
			response.writeHead(500).end();
		} else {
			await next();
		}
	};

	const {server, file, env} = await setUp(t, {middleware: [breaking]});
	const terminal = await openTerminal(t, `vbtop --utc --refresh 120 --log-file '${file}' --log-level debug`, {env});
	// What is read in the background has come: a request that is cut off by the end was asked, but has no answer to log.
	await terminal.see(text => / LIVE [\s\S]*\d jobs?, /v.test(text) && !/\d to read/v.test(text), 'everything read');
	isBroken = true;
	for (const wanted of [1, 2, 3, 4]) {
		await until(() => {
			terminal.press('r');
			return refusedOf(wanted);
		}, () => terminal.text());
		await terminal.see(/STALE/v);
	}

	isBroken = false;
	await until(() => {
		terminal.press('r');
		return terminal.text().includes(' LIVE ');
	}, () => terminal.text());
	// Keys that were pressed before may still cause a request: all is logged, and nothing more comes for ten looks.
	let steady = 0;
	await until(async () => {
		const asked = server.requests.length;
		const logged = await readFile(file, 'utf8');
		steady = logged.match(/"event":"request"/gv)?.length === asked && !/\d to read/v.test(terminal.text()) ? steady + 1 : 0;
		return steady === 10;
	}, () => 'a request is not logged');
	process.kill((await terminal.program()).pid, 'SIGTERM');
	await terminal.ended();
	t.assert.strictEqual(terminal.isAlternate(), false);

	const lines = await linesOf(t, file);
	const coarse = lines.filter(({level}) => level !== 'debug');
	t.assert.deepStrictEqual(eventsOf(coarse), ['start', 'server found', 'signed in', 'state', 'fault', 'state', 'fault repeated', 'state', 'end']);
	const [started, found, , live, fault, stale, repeated, healed, ended] = coarse;
	t.assert.deepStrictEqual(started!['flags'], ['--refresh', '--utc', '--log-file', '--log-level'], 'names of flags, no values');
	t.assert.strictEqual(found!['api'], 'v8');
	t.assert.deepStrictEqual([live, stale, healed].map(line => [line!['from'], line!['to']]), [['CONNECTING', 'LIVE'], ['LIVE', 'STALE'], ['STALE', 'LIVE']]);
	t.assert.deepStrictEqual([fault!.level, fault!['kind'], repeated!['repeated']], ['warn', 'serverError', refused - 1]);
	t.assert.match(String(fault!['words']), /^server error: HTTP 500/v);
	t.assert.ok(String(repeated!['since']) <= repeated!.time);
	t.assert.strictEqual(ended!['why'], 'SIGTERM');
	t.assert.strictEqual((await stat(file)).mode & 0o777, 0o600); // eslint-disable-line no-bitwise -- permissions are bits

	const written = (list: ReadonlyArray<Readonly<Record<string, unknown>>>) => list.map(({method, path: wanted, status}) => [method, wanted, status].join(' ')).toSorted();
	const requests = lines.filter(({event}) => event === 'request');
	t.assert.deepStrictEqual(written(requests), written(server.requests));
	t.assert.ok(requests.every(({durationMs}) => Number(durationMs) >= 0));
	const first = lines.find(({event}) => event === 'poll')!;
	t.assert.ok(Number(first['sessions']) > 0);
	t.assert.strictEqual(first['added'], first['sessions']);
});

test('login and logout are logged, with why they failed; each run is appended', async (t: TestContext) => {
	const {server, file, env} = await setUp(t);
	const flags = ['--log-file', file];
	// As a disk leaves it that was full.
	const torn = '{"event":"to';
	await writeFile(file, torn);
	const loggedIn = await call(['login', server.url, '--user', account.username, '--keep', ...flags], {env});
	t.assert.strictEqual(loggedIn.code, 0, loggedIn.output);
	const loggedOut = await call(['logout', ...flags], {env});
	t.assert.strictEqual(loggedOut.code, 0, loggedOut.output);
	t.assert.strictEqual((await call(['login', server.url, '--user', account.username, ...flags], {env: {...env, VBTOP_PASSWORD: 'wrong'}})).code, 3);
	const before = await readFile(file, 'utf8');
	t.assert.strictEqual((await call(['login', server.url, ...flags, '--log-level', 'WARN'], {env})).code, 0);
	t.assert.strictEqual(await readFile(file, 'utf8'), before, 'at the level warn a good run leaves no line');
	await writeFile(file, (await readFile(file, 'utf8')).slice(torn.length + 1));
	const lines = await linesOf(t, file);
	t.assert.deepStrictEqual(eventsOf(lines), ['start', 'server found', 'signed in', 'end', 'start', 'session ended', 'end', 'start', 'fault', 'end']);
	t.assert.match(String(lines.at(-1)!['why']), /^sign-in refused/v);
	t.assert.deepStrictEqual(lines.filter(({event}) => event === 'end').map(({code}) => code), [0, 0, 3]);
	t.assert.strictEqual(lines.find(({event}) => event === 'end')!['why'], 'done');
});

test('a log that cannot be opened is refused before the screen is taken', async (t: TestContext) => {
	const {folder} = await setUp(t);
	const [other, link, pipe] = ['other', 'link', 'pipe'].map(name => path.join(folder, name)) as [string, string, string];
	await writeFile(other, '');
	await symlink(other, link);
	await mkdir(path.join(folder, 'folder'));
	spawnSync('mkfifo', [pipe]);
	for (const [flags, said] of [
		[['--log-file', path.join(folder, 'none/run.log')], /its folder is not there/v],
		[['--log-file', link], /it is a link/v],
		[['--log-file', pipe], /no regular file/v],
		[['--log-file', path.join(folder, 'folder')], /it is a folder/v],
		[['--log-file', '/dev/null'], /no regular file/v],
	] as const) {
		const {code, stdout, stderr} = await call(['--demo', ...flags], {terminals: ['stdin', 'stdout']});
		t.assert.strictEqual(code, 2);
		t.assert.strictEqual(stdout, '');
		t.assert.match(stderr, said);
	}

	t.assert.strictEqual(await readFile(other, 'utf8'), '');
});

test('a disk that is full ends the log and not the monitor, which says so', {skip: noTerminal}, async (t: TestContext) => {
	const {server, file, env} = await setUp(t);
	// No file may become larger than 4 blocks: this stands for the full disk, which sends no signal besides.
	const NODE_OPTIONS = `--import="data:text/javascript,${encodeURIComponent('process.on("SIGXFSZ", () => {})')}"`;
	const terminal = await openTerminal(t, `ulimit -f 4; vbtop --refresh 2 --log-file '${file}' --log-level debug`, {env: {...env, NODE_OPTIONS}, columns: 200});
	await terminal.see(/ LIVE [\s\S]*The log stopped, .*run\.log/v);
	const before = server.requests.length;
	await until(() => server.requests.length > before + 2, () => terminal.text());
	await terminal.see(/ LIVE /v);
	terminal.press('q');
	const left = await terminal.ended();
	t.assert.match(left, /^code 0$/mv);
	t.assert.match(left, /^vbtop: The log stopped, no file may become that large: .*run\.log$/mv);
});

test('every line passes the last check, whoever writes it', async (t: TestContext) => {
	const {file, env} = await setUp(t);
	await call(['--log-file', file], {env: {...env, VBTOP_THEME: `${account.password}\u{202E}`}});
	const text = await readFile(file, 'utf8');
	t.assert.ok(text.includes(String.raw`[hidden]\u202e`), text);
	t.assert.doesNotMatch(text, /Marked/v);
});

/** A log that keeps its lines. */
function recordingLog() {
	const lines: Array<Readonly<Record<string, unknown>>> = [];
	const enders: Array<() => void> = [];
	const write = (event: string, fields = {}) => {
		lines.push({event, ...fields});
	};

	const log: RunLog = {
		error: write, warn: write, info: write, debug: write,
		endsBecause: () => undefined, end: () => undefined, stopped: () => undefined, onStopped: () => undefined,
		beforeEnd(listener) {
			enders.push(listener);
		},
	};
	return {
		log, lines,
		end() {
			for (const ender of enders) {
				ender();
			}
		},
	};
}

const poll: Poll = {version: 'v8', sessions: 1, added: 0, updated: 0, removed: 0, durationMs: 1, missing: undefined};

test('what repeats is counted again every 5 minutes, and at the end', (t: TestContext) => {
	const {log, lines, end} = recordingLog();
	let now = Date.UTC(2026, 0, 1);
	const server = serverLog(log, 'prod', () => now);
	for (let minute = 0; minute < 12; minute++) {
		server.failed(new ServerFault('refused', 'prod:4443'));
		now += 60_000;
	}

	end();
	end();
	const repeats = lines.filter(({event}) => event === 'fault repeated');
	t.assert.deepStrictEqual(repeats.map(({repeated, since}) => [repeated, since]), [
		[5, '2026-01-01T00:00:00.000Z'],
		[5, '2026-01-01T00:05:00.000Z'],
		[1, '2026-01-01T00:10:00.000Z'],
	]);
	t.assert.strictEqual(lines.filter(({event}) => event === 'fault').length, 1);
});

test('another fault, or a good answer, ends the count; what we ended ourselves is none', (t: TestContext) => {
	const {log, lines} = recordingLog();
	const server = serverLog(log, 'prod');
	server.failed(new ServerFault('refused', 'prod:4443'));
	server.failed(new ServerFault('refused', 'prod:4443'));
	server.failed(new ServerFault('cancelled'));
	server.failed(new ServerFault('busy'));
	server.polled(poll);
	server.failed(new ServerFault('busy'));
	t.assert.deepStrictEqual(lines.map(({event, to, repeated}) => [event, to ?? repeated]), [
		['fault', undefined],
		['state', 'OFFLINE'],
		['fault repeated', 1],
		['fault', undefined],
		['state', 'STALE'],
		['server found', undefined],
		['state', 'LIVE'],
		['poll', undefined],
		['fault', undefined],
		['state', 'STALE'],
	]);
});

test('a list that is not whole is said once, and when it is whole again', (t: TestContext) => {
	const {log, lines} = recordingLog();
	const server = serverLog(log, 'prod');
	for (const missing of [undefined, 'page 3', 'page 3', undefined]) {
		server.polled({...poll, missing});
	}

	t.assert.deepStrictEqual(lines.filter(({event}) => String(event).startsWith('list')).map(({event, what}) => [event, what]), [['list not whole', 'page 3'], ['list whole again', undefined]]);
});

test('no character that steers a terminal or turns the direction of text is in the file as it is', (t: TestContext) => {
	const hostile = {event: 'fault', words: 'a\u{9B}31m \u{202E}b\u{2028} \u{E0041} \u{1B}[2J \u{7F} \u{1F600}\u{200D}'};
	const line = safeLine(`${JSON.stringify(hostile)}\n`);
	t.assert.doesNotMatch(line.slice(0, -1), /[\p{Control}\p{Format}\u{2028}\u{2029}]/v);
	t.assert.deepStrictEqual(JSON.parse(line), hostile, 'and nothing is lost');
});

test('a secret never stands in a line, and a line stays JSON whatever the secret is', (t: TestContext) => {
	const secrets = [new Secret(String.raw`Marked"4711\x`), new Secret('4096'), new Secret('":"')];
	const quoted = safeLine(`${JSON.stringify({event: 'x', words: `it is ${secrets[0]!.open()} here`})}\n`);
	t.assert.doesNotMatch(quoted, /Marked/v);
	t.assert.ok(JSON.parse(quoted));
	const number = safeLine(`${JSON.stringify({event: 'x', bytes: 4096})}\n`);
	t.assert.doesNotMatch(number, /4096/v);
	t.assert.ok(JSON.parse(number));
});
