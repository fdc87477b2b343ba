import assert from 'node:assert/strict';
import {X509Certificate} from 'node:crypto';
import {describe, test, type TestContext} from 'node:test';
import {valueOf} from '../../source/model/field.js';
import {faultNames, type FaultName} from '../../source/simulator/faults/faults.js';
import type {RequestRecord, Simulator} from '../../source/simulator/server/server.js';
import {simulator, startMonitor, type MonitorOptions} from '../helpers/monitor.js';

type Monitor = ReturnType<typeof startMonitor>;
type Scene = {readonly server: Simulator; readonly monitor: Monitor; readonly sent: () => readonly RequestRecord[]; readonly connected: () => Simulator['connections']};

/** What somebody who watches sees of a fault, and what is sent meanwhile. */
type Walk = {
	/** What comes on screen, one after the other. */
	readonly sees: readonly RegExp[];
	/** Password sign-ins that are sent while it lasts, at most; none unless given. */
	readonly signIns?: number;
	/** Token refreshes that are sent while it lasts, at most; none unless given. */
	readonly refreshes?: number;
	/** What else befalls the server once the fault is on. */
	readonly besides?: (scene: Scene) => void | Promise<void>;
	/** What else must be so while it lasts, once it was seen. */
	readonly also?: (scene: Scene) => void | Promise<void>;
	/** What the user has to do once the server is as before; else `r` asks at once. */
	readonly mends?: (scene: Scene) => Promise<void>;
	readonly options?: MonitorOptions;
	readonly tls?: true;
};

const live = / LIVE \ds /v;
const stale = (words: string): readonly RegExp[] => [/ STALE \d/v, new RegExp(words, 'v')];
const offline = (words: string): readonly RegExp[] => [/ OFFLINE \d/v, new RegExp(words, 'v')];
const unreadableRows = / \?[\s\S]*Incomplete: fields of \d+ sessions cannot be read \(\?\)/v;
const unseen: readonly RegExp[] = [live];

/** Polls are answered a few times. */
const polledOn = async ({monitor, server, sent}: Scene) => {
	const polls = () => sent().filter(({path, status}) => path.endsWith('/JobSessions') && status > 0).length;
	const before = polls();
	await monitor.until(() => polls() >= before + 3, `polls go on (${server.requests.length} requests)`);
};

// Those who hold another certificate are sent nothing at all.
const onlyShownTo = async ({monitor, connected}: Scene) => {
	const before = connected().length;
	await monitor.press('r');
	await monitor.until(() => connected().length > before, 'it is looked at again');
	assert.deepStrictEqual(connected().map(({bytesReceived}) => bytesReceived).filter(Boolean), []);
	assert.match(monitor.text(), /Nothing secret was sent/v);
};

// A sign-in that failed is not repeated before a quarter of a minute has gone by.
const soon = async ({monitor}: Scene) => {
	await monitor.until(live, 'LIVE after the pause', 80);
};

const isGrant = (type: string) => ({form}: RequestRecord) => form?.['grant_type'] === type;

const walks: Readonly<Record<FaultName, Walk>> = {
	latency: {sees: [/ (?:LIVE|STALE) \ds /v]},
	stall: {sees: offline(String.raw`no answer in time: 127\.0\.0\.1:\d+ within 1 s, next try in \d+s`), options: {totalMs: 1000}},
	slowBody: {sees: offline('no answer in time'), options: {totalMs: 1000}},
	cutBody: {sees: stale('unreadable answer: cut off midway, next try in')},
	reset: {sees: offline('connection lost')},
	resetIdle: {sees: unseen, also: polledOn},
	unauthorized: {sees: stale('unreadable answer: sign-in not accepted'), signIns: 1, refreshes: 1, mends: soon},
	expiredTokens: {sees: unseen, refreshes: 1, also: polledOn},
	deadRefresh: {sees: unseen, refreshes: 1, signIns: 1, also: polledOn},
	restart: {sees: [/ OFFLINE \d/v, live], refreshes: 1, signIns: 1},
	passwordChanged: {
		sees: [/ SIGN IN \d/v, /sign-in refused/v], refreshes: 1, signIns: 1,
		async also({monitor, sent}) {
			// Neither r nor time sends it again.
			await monitor.press('escape', 'r', 'r', 'r');
			await monitor.until(/ SIGN IN \d/v);
			assert.strictEqual(sent().filter(isGrant('password')).length, 1);
		},
		async mends({monitor, server}) {
			await monitor.press('R');
			await monitor.until(/[Pp]assword/v);
			await monitor.press(server.account.password, 'enter');
		},
	},
	forbidden: {sees: stale('not allowed: HTTP 403')},
	notFound: {sees: stale('REST API not found there')},
	throttled: {sees: [/ STALE \d+s busy /v, /server busy: HTTP 429.*next try in [1-5]s/v]},
	busy: {sees: [/ STALE \d+s busy /v, /server busy: HTTP 503.*next try in [1-5]s/v]},
	serverError: {
		sees: stale('server error: HTTP 500'),
		also({monitor}) {
			assert.doesNotMatch(monitor.text(), /\bat [\w.]+\(|stack/iv);
		},
	},
	tokenQuota: {
		sees: [/ STALE \d/v, /too many sign-ins.*next try in \d+s/v], refreshes: 7, signIns: 7,
		async besides({server, monitor}) {
			const tokenRequests = () => server.requests.filter(({method}) => method === 'POST').length;
			for (let times = 0; times < 4; times++) {
				const before = tokenRequests();
				server.forgetTokens();
				await monitor.until(() => tokenRequests() > before || monitor.text().includes('too many'), 'the restart is noticed');
			}
		},
		// The server asked for a pause, which is kept.
		mends: soon,
	},
	shortTokens: {sees: unseen, refreshes: 2, also: polledOn},
	antiforgery: {sees: stale('unreadable answer: sign-in not accepted'), refreshes: 1, signIns: 1, mends: soon},
	off: {sees: offline(String.raw`connection refused: 127\.0\.0\.1:\d+ \(ECONNREFUSED\), next try in \d+s`)},
	html: {sees: stale('unreadable answer: no JSON')},
	htmlError: {sees: stale('server error: HTTP 502')},
	emptyBody: {sees: stale('unreadable answer: empty answer'), refreshes: 1, signIns: 1, mends: soon},
	halfJson: {sees: stale('unreadable answer: no JSON')},
	noJson: {sees: stale('unreadable answer: no JSON')},
	wrongTypes: {sees: [live, unreadableRows], also: polledOn},
	badRow: {sees: unseen, also: polledOn},
	strangeNumbers: {sees: [live, unreadableRows], also: polledOn},
	strangeDates: {sees: [live, /Incomplete: fields of \d+ sessions cannot be read/v], also: polledOn},
	deepJson: {sees: stale('unreadable answer')},
	hugeBody: {sees: stale('unreadable answer')},
	otherType: {sees: unseen, also: polledOn},
	nullPage: {sees: stale('unreadable answer: neither a list nor a page')},
	emptyList: {sees: stale(String.raw`maybe degraded: it lists none of its \d+ sessions, next try in`)},
	hostileText: {sees: stale(String.raw`server error: HTTP 5\d\d`)},
	badHttp: {sees: stale('unreadable answer: .*no HTTP')},
	shiftingPages: {sees: unseen, also: polledOn},
	endlessNext: {sees: unseen, also: polledOn},
	lowLimit: {sees: unseen, also: polledOn},
	duplicateIds: {sees: [live, unreadableRows], also: polledOn},
	ignoredOffset: {sees: unseen, also: polledOn},
	redirect: {
		sees: stale('unreadable answer: HTTP 302'),
		also({server, sent}) {
			const {host} = new URL(server.url);
			assert.ok(sent().every(({headers}) => headers['host'] === host), 'nobody went where it leads');
		},
	},
	clockAhead: {sees: [/the server's clock is (?:9m5\d|10m0\d) ahead of this machine's/v]},
	clockBehind: {sees: [/the server's clock is (?:9m5\d|10m0\d) behind this machine's/v]},
	// An hour is what a token lives.
	clockJump: {sees: [/the server's clock is (?:59m5\d|1h00) ahead of this machine's/v], refreshes: 1},
	oddDate: {sees: unseen, also: polledOn},
	certificate: {sees: [/ OFFLINE \d+s certificate changed\b/v, /certificate changed: now (?:[\dA-F]{2}:){3}/v], also: onlyShownTo, tls: true},
};

describe('what befalls the server', {concurrency: 3}, () => {
	for (const name of faultNames) {
		test(`${name}: it is said, the rows stay, nothing more than needed is sent, and it heals`, async (t: TestContext) => {
			await walk(t, name, walks[name]);
		});
	}
});

async function walk(t: TestContext, name: FaultName, {sees, signIns = 0, refreshes = 0, options = {}, ...walked}: Walk): Promise<void> {
	const server = await simulator(t, {scenario: 'clean', tls: walked.tls ?? false});
	const pin = server.certificate === undefined ? undefined : new X509Certificate(server.certificate).fingerprint256;
	const monitor = startMonitor(t, server, {...options, pin, refreshMs: 200});
	await monitor.until(live);
	const {length} = monitor.list();
	t.assert.ok(length > 5);
	const from = server.requests.length;
	const sent = () => server.requests.slice(from);
	await server.setFaults(name);
	const {length: connections} = server.connections;
	const scene: Scene = {server, monitor, sent, connected: () => server.connections.slice(connections)};
	await walked.besides?.(scene);
	for (const sight of sees) {
		await monitor.until(sight);
	}

	await walked.also?.(scene);
	t.assert.strictEqual(monitor.list().length, length, 'the rows stay');
	t.assert.ok(sent().filter(isGrant('password')).length <= signIns, `password sign-ins: ${sent().filter(isGrant('password')).length}`);
	t.assert.ok(sent().filter(isGrant('refresh_token')).length <= refreshes, `refreshes: ${sent().filter(isGrant('refresh_token')).length}`);
	t.assert.ok(sent().every(({method, path}) => method === 'GET' || path.endsWith('/token')), 'nothing else is sent');

	await server.setFaults();
	await (walked.mends?.(scene) ?? monitor.press('r'));
	await monitor.until(live);
	await monitor.until(() => wrongRows(scene).length === 0, 'the list is that of the server again').catch((error: unknown) => {
		throw new Error(wrongRows(scene).slice(0, 8).join('\n'), {cause: error});
	});
}

// How what is held differs from what the server has.
function wrongRows({monitor, server}: Scene): readonly string[] {
	const held = new Set(monitor.feed.snapshot().sessions.map(({id, status, createdAt}) => `${id} ${String(status)} ${valueOf(createdAt)}`));
	const now = Date.now();
	const truth = new Set(server.world.sessionsAt(now)
		.filter(({endedAt}) => endedAt === undefined || endedAt > now - (24 * 3_600_000))
		.map(({id, status, createdAt}) => `${id} ${status} ${createdAt}`));
	return [...[...held.difference(truth)].map(row => `not there: ${row}`), ...[...truth.difference(held)].map(row => `not held: ${row}`)];
}

test('a list whose answer stalls holds up neither keys nor a log nor leaving', async (t: TestContext) => {
	let stalls = false;
	const {promise: never, resolve: end} = Promise.withResolvers<void>();
	t.after(() => {
		end();
	});
	const server = await simulator(t, {
		middleware: [async ({path}, next) => stalls && path.endsWith('/JobSessions') ? never : next()],
	});
	const monitor = startMonitor(t, server);
	await monitor.until(live);
	stalls = true;
	const before = server.requests.length;
	await monitor.until(() => server.requests.length > before, 'a request that stalls');
	const selected = monitor.selected();
	await monitor.press('G');
	await monitor.until(() => monitor.selected() !== selected, 'another row under the cursor');
	await monitor.press('enter');
	await monitor.until(() => server.requests.some(({path, status}) => path.endsWith('/LogItems') && status === 200), 'the log of the session');
	await monitor.press('q', '?');
	await monitor.until(/Open the session: statistics/v);
	await monitor.press('escape', 'q');
	await monitor.until(() => monitor.hasExited(), 'it leaves');
});

test('requests share a few connections, which are kept', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'demo', pace: 30});
	const monitor = startMonitor(t, server);
	await monitor.until(live);
	const opened = server.connections.length;
	const before = server.requests.length;
	await monitor.until(() => server.requests.length > before + 30, 'thirty more requests');
	t.assert.ok(opened <= 6, `${opened} connections`);
	t.assert.strictEqual(server.connections.length, opened);
});
