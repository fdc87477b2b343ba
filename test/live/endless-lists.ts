import {test, type TestContext} from 'node:test';
import {createLogTail} from '../../source/live/log-tail.js';
import {readPages} from '../../source/live/session-pages.js';
import type {Recorded, Reply} from '../helpers/recording-server.js';
import {clientOf, pageOf, startWireServer} from '../helpers/wire-server.js';
import {uuid, wireSession} from './support/scripted.js';
import {versions} from './support/watch.js';

type Said = {readonly offset: number; readonly limit: number; readonly count: number};

/** A page of things numbered from an ordinal on, which claims that more follow. */
function page(thing: (ordinal: number) => unknown, from: number, amount: number, echoed: Readonly<Record<string, unknown>> = {}): Reply {
	const {json} = pageOf(Array.from({length: amount}, (_, index) => thing(from + index)), {offset: from, limit: amount, next: '/v8/JobSessions?offset=1'});
	return {json: {...json as object, ...echoed}};
}

const session = (ordinal: number) => wireSession(ordinal, ordinal % 1000, {ended: 0});
const short = (ordinal: number) => ({id: String(ordinal), _links: {job: {href: 'j'}}});
const logItem = (ordinal: number) => ({id: uuid(ordinal), usn: ordinal, title: `[Success] line ${ordinal}`, type: 'Success', message: `line ${ordinal}`});

/** A page of 20 things in all. */
function some(thing: (ordinal: number) => unknown, from: number, most: number, echoed: Readonly<Record<string, unknown>>): Reply {
	const amount = Math.min(most, Math.max(0, 20 - from));
	return page(thing, from, amount, {...echoed, ...(from + amount >= 20 && {_links: {}})});
}

function asked(answer: (said: Said) => Reply) {
	let count = 0;
	return ({query}: Recorded) => answer({offset: Number(query['offset'] ?? 0), limit: Number(query['limit'] ?? 30), count: count++});
}

type List = readonly [what: string, answer: (said: Said) => Reply, requests: number, sessions: number, missing: RegExp | undefined];

const round = /repeats the same sessions for ever/v;

const lists: readonly List[] = [
	['the same page and a next for ever', () => page(session, 0, 10), 4, 10, round],
	['its offset ignored, each page full', ({limit}) => page(session, 0, limit), 5, 500, round],
	['two pages in turn for ever', ({count}) => page(session, (count % 2) * 10, 10), 5, 20, round],
	['one session a page, for ever', ({offset}) => page(session, offset, 1), 1000, 1000, /^only the first 1000 sessions of the range were read$/v],
	['new sessions for ever', ({offset, limit}) => page(session, offset, limit), 203, 100_090, /^only the first 100090 sessions/v],
	['far more than was asked for', ({offset}) => page(short, offset, 150_000), 1, 150_000, /^only the first 150000/v],
	['its limit lowered to 7', ({offset}) => some(session, offset, 7, {limit: 7}), 5, 20, undefined],
	['a limit of 0 echoed', ({offset}) => some(session, offset, 10, {limit: 0}), 3, 20, undefined],
	['a negative limit and offset echoed', ({offset}) => some(session, offset, 10, {limit: -5, offset: -1e300}), 3, 20, undefined],
	['entries that cannot be read, for ever', ({limit}) => page(() => null, 0, limit), 3, 0, round],
];

for (const [what, answer, requests, sessions, missing] of lists) {
	test(`a list of sessions with ${what}: ${requests} requests, and ${missing ? 'it is said to be incomplete' : 'all of it'}`, async (t: TestContext) => {
		const server = await startWireServer(t, {paths: {'/v8/JobSessions': asked(answer)}});
		const seen = new Set<string>();
		const read = await readPages(clientOf(t, server), {firstLimit: 100, nextLimit: 500}, ({entries}) => {
			for (const {id} of entries) {
				seen.add(id);
			}

			return 'more';
		});
		t.assert.strictEqual(server.lines().filter(line => line === 'GET /v8/JobSessions').length, requests);
		t.assert.strictEqual(seen.size, sessions);
		t.assert.match(read.missing ?? 'whole', missing ?? /^whole$/v);
	});
}

type Log = readonly [what: string, answer: (said: Said) => Reply, mostRequests: number];

const logs: readonly Log[] = [
	['the same page and a next for ever', () => page(logItem, 0, 10), 3],
	['its offset ignored, each page full', ({limit}) => page(logItem, 0, limit), 3],
	['one new line a page, for ever', ({offset}) => page(logItem, offset, 1), 200],
	['a limit of 0 echoed', ({offset}) => page(logItem, offset, 10, {limit: 0}), 200],
	['entries that cannot be read, for ever', ({limit}) => page(() => null, 0, limit), 1],
];

// A second of work each; v7 reads logs as v6 does.
const longLogs: readonly Log[] = [
	['new lines for ever', ({offset, limit}) => page(logItem, offset, limit), 20],
	['far more than was asked for', ({offset}) => page(short, offset, offset === 0 ? 150_000 : 0), 2],
];

for (const api of versions) {
	for (const [what, answer, mostRequests] of [...logs, ...(api === 'v7' ? [] : longLogs)]) {
		test(`${api}: a log with ${what}: ${mostRequests} requests at most, 100,000 lines held`, async (t: TestContext) => {
			const server = await startWireServer(t, {versions: [api], paths: {[`/${api}/JobSessions/s/LogItems`]: asked(answer)}});
			const tail = createLogTail(clientOf(t, server), 's');
			let log = await tail.poll();
			for (let polls = 0; log.reading && polls < 1000; polls++) {
				log = await tail.poll();
			}

			t.assert.strictEqual(log.reading, undefined);
			const requests = server.lines().filter(line => line.endsWith('/LogItems')).length;
			t.assert.ok(requests <= mostRequests, `${requests}`);
			t.assert.ok(log.items.length <= 100_000);
			t.assert.strictEqual(new Set(log.items.map(({id}) => id)).size, log.items.length);
		});
	}

	test(`${api}: names without end are asked for in a bounded number of requests, and each is held once`, async (t: TestContext) => {
		const named = (ordinal: number) => ({id: uuid(ordinal), name: `R ${ordinal}`});
		const paths = {
			[`/${api}/BackupRepositories`]: asked(({offset}) => page(named, offset, 20_000)),
			[`/${api}/Organizations`]: asked(() => page(named, 0, 10)),
		};
		const server = await startWireServer(t, {versions: [api], paths});
		const client = clientOf(t, server);
		const repositories = await client.repositories();
		const organizations = await client.organizations();
		t.assert.strictEqual(server.lines().filter(line => line.endsWith('/BackupRepositories')).length, 5);
		t.assert.strictEqual(new Set(repositories.map(({id}) => id)).size, 100_000);
		t.assert.strictEqual(server.lines().filter(line => line.endsWith('/Organizations')).length, 2);
		t.assert.strictEqual(organizations.length, 10);
	});
}

test('the newest sessions of a job out of one page of thousands', async (t: TestContext) => {
	const server = await startWireServer(t, {versions: ['v6'], paths: {'/v6/JobSessions': asked(() => page(short, 0, 150_000))}});
	const {entries} = await clientOf(t, server).newestSessionsOfJob({id: 'j', type: 'Copy'}, 3);
	t.assert.strictEqual(entries.length, 3);
});
