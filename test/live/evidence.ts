import {setTimeout as wait} from 'node:timers/promises';
import {test, type TestContext} from 'node:test';
import {simulator} from '../helpers/monitor.js';
import type {Recorded, Reply} from '../helpers/recording-server.js';
import {clientOf, pageOf, startWireServer} from '../helpers/wire-server.js';
import {parseServerAddress} from '../../source/api/transport/address.js';
import type {ApiVersion, ServerApi} from '../../source/api/server-api.js';
import {createEvidenceReader, type EvidenceReader} from '../../source/live/evidence.js';
import {createReadQueue, type ReadQueueOptions} from '../../source/live/read-queue.js';
import {readKey, type Evidence, type LogPart, type Urgency, type PendingRead} from '../../source/model/evidence.js';
import type {LogItem} from '../../source/model/log-item.js';
import {Secret} from '../../source/model/secret.js';
import type {ScenarioName} from '../../source/simulator/scenarios/scenarios.js';
import {epoch, hour, minute, second, Time, versions} from './support/watch.js';

const logParts = ['opening', 'newest', 'problems', 'longestQuiet'] as const satisfies readonly LogPart[];

const history = (jobId: string, urgency: Urgency = 'rest', jobType: 'Backup' | 'Copy' = 'Backup'): PendingRead => ({kind: 'history', jobId, jobType, urgency});
const log = (sessionId: string, part: LogPart, urgency: Urgency = 'rest'): PendingRead => ({kind: 'log', sessionId, part, urgency});

/** A reader whose clock is in the test's hand; its queue lets a request through each 5 ms of it. */
function readerOf(t: TestContext, api: ServerApi, time: Time, options: Partial<ReadQueueOptions> = {}) {
	const queue = createReadQueue({monotonic: () => time.monotonic, everyMs: 5, burst: 1_000_000, ...options});
	const reader = createEvidenceReader({serverId: 'vb1', api, queue, now: time.now});
	t.after(() => {
		reader.end();
	});
	return {reader, queue};
}

/** Waits until something holds; fails with what was waited for. */
async function until(isThere: () => boolean, what = String(isThere)) {
	for (let tries = 0; !isThere(); tries++) {
		if (tries > 2000) {
			throw new Error(`never: ${what}`);
		}

		await wait(2);
	}
}

const isThere = ({histories, logs}: Evidence, want: PendingRead) => want.kind === 'history'
	? histories.has(want.jobId)
	: logs.get(want.sessionId)?.[want.part] !== undefined;

async function read(reader: EvidenceReader, ...wants: readonly PendingRead[]) {
	reader.request(wants);
	await until(() => wants.every(want => isThere(reader.current(), want)));
	reader.request([]);
	return reader.current();
}

/** A night at a server, a job of it, and a reader. */
async function startNight(t: TestContext, api: ApiVersion, scenario: ScenarioName, jobKey: string) {
	const time = new Time();
	const server = await simulator(t, {api, scenario, epoch, clock: () => time.server});
	const {username, password} = server.account;
	const client = clientOf(t, {address: parseServerAddress(server.url)}, {account: username, secret: new Secret(password), monotonic: () => time.monotonic});
	await client.connect();
	const {run} = server.world.sessionsAt(epoch).find(session => session.run.job.key === jobKey)!;
	let from = server.requests.length;
	return {
		time,
		server,
		job: run.job,
		sessionId: run.id,
		...readerOf(t, client, time),
		/** What the log really says. */
		lines: () => server.world.logItems(server.world.session(run.id, time.server)!, time.server)
			.map(({id, type, message, createdAt, endedAt}) => ({
				id, type, text: message, createdAt: ms(createdAt), endedAt: endedAt === undefined ? undefined : ms(endedAt),
			})),
		/** Queries of requests since the last call. */
		asked() {
			const requests = server.requests.slice(from);
			from = server.requests.length;
			return requests.map(({path, query}) => ({path: path.split('/').at(-1)!, ...query}));
		},
	};
}

// A time as the wire carries it.
const ms = (time: number) => new Date(time).getTime();

const told = (items: readonly LogItem[] | undefined) => items?.map(({id, type, text, createdAt, endedAt}) => ({id, type, text, createdAt, endedAt}));

const isProblem = ({type}: {type: unknown}) => type === 'Error' || type === 'Warning';

function longestGap(lines: ReadonlyArray<{createdAt: number; endedAt: number | undefined}>): number {
	const moments = lines.flatMap(({createdAt, endedAt}) => endedAt === undefined ? [createdAt] : [createdAt, endedAt]).toSorted((a, b) => a - b);
	return Math.max(...moments.slice(1).map((moment, index) => moment - moments[index]!));
}

for (const api of versions) {
	for (const [jobType, key] of [['Backup', 'contosoTeams'], ['Copy', 'copyContosoExchange']] as const) {
		test(`${api}: the history of a ${jobType} job is its newest sessions, whatever range is watched`, async (t: TestContext) => {
			const {server, job, reader, asked, time} = await startNight(t, api, 'demo', key);
			const {histories} = await read(reader, history(job.id, 'rest', jobType));
			const truth = server.world.sessionsAt(epoch).filter(({run}) => run.job.id === job.id).map(({id}) => id).slice(0, 40);
			t.assert.ok(truth.length > 5);
			t.assert.deepStrictEqual(histories.get(job.id)!.sessions.map(({id}) => id), truth);
			t.assert.strictEqual(histories.get(job.id)!.readAt, time.server);
			const requests = asked();
			if (api === 'v6' && jobType === 'Copy') {
				t.assert.ok(requests.length <= 20);
				t.assert.ok(requests.every(request => 'jobType' in request && request.jobType === 'Copy'));
			} else {
				t.assert.deepStrictEqual(requests, [{path: 'JobSessions', offset: '0', limit: '40', ...(api !== 'v6' && {jobId: job.id})}]);
			}
		});
	}

	test(`${api}: each part of a long log is what the log says, in as few requests as the version allows`, async (t: TestContext) => {
		const whole = [{path: 'LogItems', offset: '0', limit: '10000'}];
		const typed = ['Error', 'Warning'].map(type => ({path: 'LogItems', offset: '0', limit: '1000', type, orderAsc: 'false'}));
		const newest = [{path: 'LogItems', offset: '0', limit: '200', orderAsc: 'false'}];
		const requests: Record<LogPart, unknown> = {
			opening: [{path: 'LogItems', offset: '0', limit: '20'}],
			newest: api === 'v8' ? newest : whole,
			problems: api === 'v8' ? typed : whole,
			longestQuiet: whole,
		};
		for (const part of logParts) {
			const {sessionId, reader, lines, asked} = await startNight(t, api, 'hostile', 'talkative');
			const {logs} = await read(reader, log(sessionId, part));
			t.assert.deepStrictEqual(asked().toSorted((a, b) => Object.values(a).join(' ').localeCompare(Object.values(b).join(' '))), requests[part], part);
			const truth = lines();
			t.assert.ok(truth.length > 4990);
			const found = logs.get(sessionId)!;
			const isWhole = requests[part] === whole;
			const has = (other: LogPart) => isWhole || other === part;
			t.assert.deepStrictEqual(told(found.opening?.items), has('opening') ? truth.slice(0, 20) : undefined);
			t.assert.deepStrictEqual(told(found.newest?.items), has('newest') ? truth.slice(-200) : undefined);
			t.assert.deepStrictEqual(told(found.problems?.items), has('problems') ? truth.filter(item => isProblem(item)) : undefined);
			t.assert.strictEqual(found.problems?.isCut, has('problems') ? false : undefined);
			t.assert.strictEqual(found.longestQuiet?.ms, has('longestQuiet') ? longestGap(truth) : undefined);
		}
	});

	test(`${api}: a short log comes whole with the first part of it`, async (t: TestContext) => {
		const items = [1, 2, 3].map(ordinal => line(ordinal, ordinal === 2 ? 'Warning' : 'Success'));
		const {reader, asked} = await startWire(t, request => pageOfLines(items, request), {api});
		const {logs} = await read(reader, ...logParts.map(part => log('s', part)));
		t.assert.strictEqual(asked().length, 1);
		const {opening, newest, problems, longestQuiet} = logs.get('s')!;
		t.assert.deepStrictEqual([opening, newest, problems].map(part => part!.items.map(({usn}) => usn)), [[1, 2, 3], [1, 2, 3], [2]]);
		t.assert.strictEqual(longestQuiet!.ms, second);
	});

	test(`${api}: the newest items are read again with what followed, without the rest of the log`, async (t: TestContext) => {
		const {sessionId, reader, lines, asked, time} = await startNight(t, api, 'demo', 'contosoExchangeA');
		await read(reader, log(sessionId, 'newest'));
		const total = lines().length;
		t.assert.ok(total > 250);
		asked();
		time.forward(3 * minute);
		const before = reader.current();
		reader.request([log(sessionId, 'newest')]);
		await until(() => reader.current() !== before);
		t.assert.deepStrictEqual(told(reader.current().logs.get(sessionId)!.newest!.items), lines().slice(-200));
		t.assert.deepStrictEqual(asked(), [api === 'v8'
			? {path: 'LogItems', offset: '0', limit: '200', orderAsc: 'false'}
			: {path: 'LogItems', offset: String(total - 200), limit: '10000'}]);
	});

	test(`${api}: of thousands of problems the newest thousand of each kind are kept, and it says that it is cut`, async (t: TestContext) => {
		const items = Array.from({length: 2500}, (_, index) => line(index + 1, index % 2 === 0 ? 'Warning' : 'Error'));
		const {reader} = await startWire(t, request => pageOfLines(items, request), {api});
		const {logs} = await read(reader, log('s', 'problems'));
		const {problems} = logs.get('s')!;
		t.assert.deepStrictEqual(problems!.items.map(({usn}) => usn), items.slice(-2000).map(({usn}) => usn));
		t.assert.strictEqual(problems!.isCut, true);
	});

	test(`${api}: a server that repeats a page for ever is left`, async (t: TestContext) => {
		const items = Array.from({length: 40}, (_, index) => line(index + 1, 'Success'));
		const {reader, asked} = await startWire(t, ({path}) => pageOf(items, {limit: 40, next: `${path}?offset=40`}), {api});
		const {logs} = await read(reader, log('s', 'longestQuiet'));
		t.assert.strictEqual(logs.get('s')!.problems!.isCut, true);
		t.assert.strictEqual(asked().length, 2);
	});

	test(`${api}: of a job and a session that are gone there is nothing, and that is no failure`, async (t: TestContext) => {
		const {reader} = await startWire(t, () => ({status: 404}), {api});
		const {histories, logs, failed} = await read(reader, history('gone'), ...logParts.map(part => log('gone', part)));
		t.assert.strictEqual(histories.get('gone')!.sessions.length, 0);
		t.assert.strictEqual(logs.get('gone')!.newest!.items.length, 0);
		t.assert.strictEqual(failed.size, 0);
	});
}

type Line = Readonly<Record<string, unknown>> & {readonly usn: number; readonly type: string};

function line(ordinal: number, type: string): Line {
	const at = new Date(epoch + (ordinal * second)).toISOString();
	return {id: `l${ordinal}`, usn: ordinal, title: `[${type}] line ${ordinal}`, type, message: `line ${ordinal}`, creationTime: at, endTime: at};
}

function pageOfLines(lines: readonly Line[], {path, query}: Recorded): Reply {
	const found = query['type'] === undefined ? lines : lines.filter(({type}) => type === query['type']);
	const ordered = query['orderAsc'] === 'false' ? found.toReversed() : found;
	const [offset, limit] = [Number(query['offset']), Number(query['limit'])];
	const next = offset + limit < ordered.length ? `${path}?offset=${offset + limit}` : undefined;
	return pageOf(ordered.slice(offset, offset + limit), {offset, limit, next});
}

type WireOptions = Partial<ReadQueueOptions> & {readonly api?: ApiVersion};

/** A server in the least, connected, and a reader of it. */
async function startWire(t: TestContext, answer: (request: Recorded) => Reply | Promise<Reply>, {api = 'v8', ...options}: WireOptions = {}) {
	const time = new Time();
	const paths = new Proxy<Record<string, (request: Recorded) => Reply | Promise<Reply>>>({}, {get: () => answer});
	const server = await startWireServer(t, {versions: [api], paths});
	// What is asked of a server that is gone fails at once.
	const client = clientOf(t, server, {monotonic: () => time.monotonic, api});
	await client.connect();
	const from = server.requests.length;
	return {
		time,
		server,
		client,
		...readerOf(t, client, time, options),
		/** What was asked, as `s1` for a log and `j1` for a history. */
		asked: () => server.requests.slice(from).filter(({path}) => path.includes('JobSessions'))
			.map(({path, query}) => query['jobId'] ?? path.split('/', 4)[3]!),
	};
}

/** A page whose answer waits until the test gives it. */
function heldAnswers() {
	const held: Array<() => void> = [];
	return {
		async answer(): Promise<Reply> {
			const {promise, resolve} = Promise.withResolvers<Reply>();
			held.push(() => {
				resolve(pageOf([]));
			});
			return promise;
		},
		count: () => held.length,
		release() {
			for (const give of held.splice(0)) {
				give();
			}
		},
	};
}

/** Lets requests through, one after another, until so many were asked; each time calls back. */
async function passUntil(time: Time, asked: () => readonly string[], amount: number, onPass?: () => void) {
	for (let tries = 0; asked().length < amount; tries++) {
		if (tries > 500) {
			throw new Error(`only ${asked().join(' ')}`);
		}

		time.forward(5);
		onPass?.();
		await wait(7);
	}
}

test('the most urgent are read first, then the rest in the order in which they are wanted', async (t: TestContext) => {
	const {reader, asked, time} = await startWire(t, () => pageOf([]), {burst: 1, atOnce: 1});
	reader.request([history('a'), history('b'), log('c', 'opening'), history('u', 'problem'), log('d', 'opening'), log('v', 'opening', 'problem')]);
	await passUntil(time, asked, 6);
	t.assert.deepStrictEqual(asked(), ['u', 'v', 'a', 'b', 'c', 'd']);
});

test('what becomes urgent while others wait overtakes them', async (t: TestContext) => {
	const {answer, count, release} = heldAnswers();
	const {reader, asked, time} = await startWire(t, answer, {burst: 1, atOnce: 1});
	const rest = ['a', 'b', 'c', 'd', 'e', 'f'].map(id => history(id));
	reader.request(rest);
	await until(() => count() === 1);
	reader.request([log('w', 'opening'), ...rest, history('u', 'problem')]);
	await passUntil(time, asked, 8, release);
	t.assert.deepStrictEqual(asked(), ['a', 'u', 'w', 'b', 'c', 'd', 'e', 'f']);
});

test('what is opened goes before problems, though these were wanted before it and as many are under way as may be', async (t: TestContext) => {
	const {answer, count, release} = heldAnswers();
	const {reader, asked, time} = await startWire(t, answer, {burst: 3, atOnce: 4});
	const problems = ['a', 'b', 'c', 'd', 'e'].map(id => log(id, 'opening', 'problem'));
	reader.request(problems);
	await until(() => count() === 3);
	reader.request([history('e', 'opened'), log('e', 'opening', 'opened'), ...problems]);
	await passUntil(time, asked, 4);
	await passUntil(time, asked, 6, release);
	t.assert.deepStrictEqual(asked(), ['a', 'b', 'c', 'e', 'e', 'd']);
});

test('the rest of a log that is opened while it is read goes before problems', async (t: TestContext) => {
	const items = Array.from({length: 3}, (_, index) => line(index + 1, 'Success'));
	const opened = Promise.withResolvers<void>();
	const answer = async ({path, query}: Recorded) => {
		await opened.promise;
		const offset = Number(query['offset']);
		return path.endsWith('LogItems') ? pageOf(items.slice(offset, offset + 2), {offset, limit: 2, next: offset < 2 ? path : undefined}) : pageOf([]);
	};

	const {reader, asked, time} = await startWire(t, answer, {api: 'v6', burst: 1, atOnce: 1});
	reader.request([log('l', 'longestQuiet')]);
	await until(() => asked().length === 1);
	reader.request([log('l', 'longestQuiet', 'opened'), history('a', 'problem'), history('b', 'problem')]);
	opened.resolve();
	// Its next page waits for its turn then.
	await wait(30);
	await passUntil(time, asked, 4);
	t.assert.deepStrictEqual(asked(), ['l', 'l', 'a', 'b']);
});

test('what is no longer wanted is not asked, and what has begun is kept', async (t: TestContext) => {
	const {answer, count, release} = heldAnswers();
	const {reader, asked, time} = await startWire(t, answer, {burst: 1});
	reader.request([history('a'), history('b'), history('c')]);
	await until(() => count() === 1);
	reader.request([history('z')]);
	release();
	await until(() => reader.current().histories.has('a'));
	await passUntil(time, asked, 2);
	release();
	await until(() => reader.current().histories.has('z'));
	t.assert.deepStrictEqual(asked(), ['a', 'z']);
});

test('one want is asked once, however often it is given', async (t: TestContext) => {
	const {answer, count, release} = heldAnswers();
	const {reader, asked} = await startWire(t, answer);
	reader.request([history('a'), history('a', 'problem'), log('a', 'opening'), log('a', 'newest')]);
	await until(() => count() === 2);
	reader.request([history('a'), log('a', 'newest')]);
	reader.request([history('a'), log('a', 'newest')]);
	release();
	await until(() => isThere(reader.current(), history('a')) && isThere(reader.current(), log('a', 'newest')));
	t.assert.deepStrictEqual(asked().toSorted(), ['a', 'a']);
});

test('what is still wanted is read again after a minute, not before', async (t: TestContext) => {
	const {reader, asked, time} = await startWire(t, () => pageOf([]));
	await read(reader, history('a'));
	time.forward(59 * second);
	await read(reader, history('a'), history('b'));
	t.assert.deepStrictEqual(asked(), ['a', 'b']);
	time.forward(second);
	const before = reader.current();
	reader.request([history('a'), history('b')]);
	await until(() => reader.current() !== before);
	t.assert.deepStrictEqual(asked(), ['a', 'b', 'a']);
	t.assert.strictEqual(reader.current().histories.get('a')!.readAt, time.server);
});

test('what stays wanted is read again though nothing else happens', async (t: TestContext) => {
	const {reader, asked, time} = await startWire(t, () => pageOf([]));
	t.mock.timers.enable({apis: ['setTimeout']});
	const turns = async (hasHappened: () => boolean) => {
		for (let tries = 0; tries < 20_000 && !hasHappened(); tries++) {
			await new Promise(resolve => {
				setImmediate(resolve);
			});
		}
	};

	reader.request([history('a')]);
	await turns(() => reader.current().histories.has('a'));
	time.forward(minute);
	t.mock.timers.tick(minute);
	await turns(() => asked().length === 2);
	t.assert.deepStrictEqual(asked(), ['a', 'a']);
});

test('the reads and the log that is open share one budget, and the log goes first', async (t: TestContext) => {
	const {reader, asked, time, queue, client} = await startWire(t, () => pageOf([]), {burst: 2});
	reader.request(['a', 'b', 'c', 'd'].map(id => history(id, 'problem')));
	await until(() => asked().length === 2);
	const opened = queue.run(async () => client.logItems('opened', {offset: 0, limit: 10}), {urgency: 'opened'});
	await passUntil(time, asked, 5);
	await opened;
	t.assert.deepStrictEqual(asked().slice(2), ['opened', 'c', 'd']);
});

test('each page of a long log and of a long history takes a turn', async (t: TestContext) => {
	const items = Array.from({length: 11}, (_, index) => line(index + 1, 'Success'));
	const answer = ({path, query}: Recorded) => {
		const offset = Number(query['offset']);
		return path.endsWith('LogItems') ? pageOf(items.slice(offset, offset + 4), {offset, limit: 4, next: offset + 4 < 11 ? path : undefined}) : pageOf([{id: `s${offset}`}], {offset, limit: 1});
	};

	const {reader, asked, time} = await startWire(t, answer, {api: 'v6', burst: 1});
	reader.request([log('l', 'longestQuiet')]);
	for (const turns of [1, 2, 3]) {
		await until(() => asked().length === turns);
		await wait(30);
		t.assert.strictEqual(asked().length, turns, 'none without the clock');
		time.forward(5);
	}

	await until(() => isThere(reader.current(), log('l', 'longestQuiet')));
	reader.request([history('c', 'rest', 'Copy')]);
	await until(() => asked().length === 4);
	await wait(30);
	t.assert.strictEqual(asked().length, 4, 'nor of a history');
	await passUntil(time, asked, 3 + 20);
	await until(() => isThere(reader.current(), history('c')));
});

test('what cannot be read is told, tried again after a minute, then after two, and told no more when it came', async (t: TestContext) => {
	let isBroken = true;
	const {reader, asked, time} = await startWire(t, () => isBroken ? {status: 500} : pageOf([]));
	const wants = () => {
		reader.request([history('a')]);
	};

	wants();
	await until(() => reader.current().failed.size === 1);
	t.assert.deepStrictEqual([...reader.current().failed], [readKey(history('a'))]);
	for (const pause of [minute, 2 * minute, 4 * minute, 8 * minute, 10 * minute, 10 * minute]) {
		const before = asked().length;
		time.forward(pause - 1);
		wants();
		await read(reader, ...(isBroken ? [] : [history('a')]));
		t.assert.strictEqual(asked().length, before);
		time.forward(1);
		const published = reader.current();
		wants();
		await until(() => reader.current() !== published);
		t.assert.strictEqual(asked().length, before + 1);
	}

	isBroken = false;
	time.forward(10 * minute);
	wants();
	await until(() => reader.current().histories.has('a'));
	t.assert.strictEqual(reader.current().failed.size, 0);
});

test('one that cannot be read does not hold up the others', async (t: TestContext) => {
	const {reader} = await startWire(t, ({query}) => query['jobId'] === 'a' ? {status: 500} : pageOf([]));
	const {failed, histories} = await read(reader, history('b'), history('c')).then(async () => {
		reader.request([history('a'), history('d'), history('e'), history('f'), history('g')]);
		await until(() => reader.current().histories.size === 6 && reader.current().failed.size === 1);
		return reader.current();
	});
	t.assert.deepStrictEqual([...failed], [readKey(history('a'))]);
	t.assert.deepStrictEqual([...histories.keys()].toSorted(), ['b', 'c', 'd', 'e', 'f', 'g']);
});

for (const [what, reply, pause] of [
	['cannot be reached', {isCut: true}, 30],
	['is busy', {status: 503}, 30],
	['asks for a pause', {status: 429, headers: {'retry-after': '90'}}, 90],
] as const) {
	test(`a server that ${what} is left alone for ${pause} s, then asked one thing, then all`, async (t: TestContext) => {
		let isDown = true;
		const {reader, asked, time} = await startWire(t, () => isDown ? reply : pageOf([]));
		const wants = () => {
			reader.request(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(id => history(id)));
		};

		wants();
		await until(() => reader.current().failed.size > 0);
		await settle();
		const first = asked().length;
		// A connection that is cut is tried once more by the client itself.
		t.assert.ok(new Set(asked()).size <= 3, 'what was under way');
		time.forward((pause * second) - 1);
		wants();
		await settle();
		t.assert.strictEqual(asked().length, first);
		time.forward(1);
		const published = reader.current();
		wants();
		await until(() => reader.current() !== published);
		await settle();
		t.assert.strictEqual(new Set(asked().slice(first)).size, 1);
		isDown = false;
		time.forward(pause * second);
		wants();
		await until(() => reader.current().histories.size === 7);
		t.assert.strictEqual(reader.current().failed.size, 0);
	});
}

/** Lets what is under way come to its end, and what follows begin. */
const settle = async () => wait(40);

test('a pause that the server needs stops a long log between two pages', async (t: TestContext) => {
	const {reader, asked, time} = await startWire(t, ({path, query}) => path.includes('/long/')
		? pageOf([line(Number(query['offset']) + 1, 'Success')], {offset: Number(query['offset']), limit: 1, next: path})
		: {status: 503}, {burst: 1, atOnce: 1, api: 'v7'});
	reader.request([log('long', 'longestQuiet', 'problem')]);
	await passUntil(time, asked, 2);
	reader.request([log('long', 'longestQuiet', 'problem'), history('a', 'problem')]);
	await until(() => {
		time.forward(5);
		return reader.current().failed.has(readKey(history('a')));
	});
	const before = asked().length;
	time.forward(5);
	await until(() => reader.current().failed.size === 2);
	time.forward(20 * second);
	await settle();
	t.assert.strictEqual(asked().length, before);
});

test('connections that are left for new ones fail nothing', async (t: TestContext) => {
	const {answer, count, release} = heldAnswers();
	const {reader, time, client} = await startWire(t, answer);
	reader.request([history('a')]);
	await until(() => count() === 1);
	const published = reader.current();
	await client.reconnect();
	await until(() => reader.current() !== published);
	t.assert.strictEqual(reader.current().failed.size, 0);
	time.forward(second);
	reader.request([history('a')]);
	await until(() => count() === 2);
	release();
	await until(() => reader.current().histories.has('a'));
});

test('nothing is asked after the end, and nothing said', async (t: TestContext) => {
	const {answer, count, release} = heldAnswers();
	const {reader, asked, time} = await startWire(t, answer);
	let calls = 0;
	reader.subscribe(() => {
		calls++;
	});
	reader.request(['a', 'b', 'c', 'd', 'e'].map(id => history(id)));
	await until(() => count() === 3);
	const before = reader.current();
	reader.end();
	release();
	time.forward(hour);
	reader.request([history('z')]);
	await settle();
	t.assert.deepStrictEqual([asked().length, calls], [3, 0]);
	t.assert.strictEqual(reader.current(), before);
});

test('nothing published is ever changed, and the same stays the same object', async (t: TestContext) => {
	const {reader} = await startWire(t, () => pageOf([]));
	const published: Evidence[] = [];
	const leave = reader.subscribe(() => {
		published.push(reader.current());
	});
	await read(reader, history('a'));
	await read(reader, history('b'), log('s', 'opening'));
	leave();
	await read(reader, history('c'));
	t.assert.deepStrictEqual(published.map(({histories, logs}) => histories.size + logs.size), [1, 2, 3]);
	t.assert.strictEqual(reader.current(), reader.current());
});

test('a log that is wanted again is not the next to be forgotten', async (t: TestContext) => {
	const items = Array.from({length: 2000}, (_, index) => line(index + 1, index % 2 === 0 ? 'Warning' : 'Error'));
	const {reader} = await startWire(t, request => pageOfLines(items, request));
	for (let ordinal = 0; ordinal < 150; ordinal++) {
		await read(reader, log(`s${ordinal}`, 'problems'));
	}

	reader.request([log('s0', 'problems')]);
	await read(reader, log('more', 'problems'));
	const {logs} = reader.current();
	t.assert.deepStrictEqual([logs.size, logs.has('s0'), logs.has('s1'), logs.has('more')], [150, true, false, true]);
});
