import type {TestContext} from 'node:test';
import type {pageFaults} from '../../../../source/simulator/faults/pages.js';
import {sessionsOf, type SignedInServer} from '../raw.js';

const page = (offset: number, limit = 8) => `/v8/JobSessions?offset=${offset}&limit=${limit}`;

/** The first 20 ids without any fault. */
async function inOrder({simulator, ids}: SignedInServer, fault: keyof typeof pageFaults) {
	await simulator.setFaults();
	const all = await ids(page(0, 20));
	await simulator.setFaults(fault);
	return all;
}

export const pageCases: Record<keyof typeof pageFaults, (t: TestContext, server: SignedInServer) => Promise<void>> = {
	async shiftingPages(t: TestContext, server) {
		const {read, ids} = server;
		const all = await inOrder(server, 'shiftingPages');
		const first = await read(page(0));
		t.assert.deepStrictEqual(sessionsOf(first).map(({id}) => id), all.slice(1, 9));
		t.assert.strictEqual(first.json['offset'], 0);
		t.assert.match(first.json['_links'].next.href as string, /offset=8&limit=8$/v);
		t.assert.deepStrictEqual(await ids(page(8)), all.slice(8, 16), 'one came: a row stands on two pages');
		t.assert.deepStrictEqual(await ids(page(0)), all.slice(0, 8));
		t.assert.deepStrictEqual(await ids(page(8)), all.slice(9, 17), 'one went: a row stands on no page');
	},
	async endlessNext(t: TestContext, server) {
		const {read, ids} = server;
		const all = await inOrder(server, 'endlessNext');
		const {json} = await read('/v8/JobSessions?jobType=Backup&offset=100000&limit=8');
		t.assert.match(json['_links'].next.href as string, /^\/v8\/JobSessions\?jobType=Backup&offset=100008&limit=8$/v);
		t.assert.strictEqual(json['offset'], 100_000);
		t.assert.strictEqual(json['results'].length, 8);
		t.assert.deepStrictEqual(await ids(page(8)), all.slice(0, 8));
	},
	async lowLimit(t: TestContext, {simulator, read}) {
		const {json} = await read(page(0, 200));
		t.assert.deepStrictEqual([json['limit'], json['results'].length], [20, 20]);
		t.assert.match(json['_links'].next.href as string, /offset=20&limit=20$/v);
		t.assert.strictEqual(simulator.requests.at(-1)?.query['limit'], '200', 'the log has the original query');
		t.assert.strictEqual((await read(page(0, 8))).json['results'].length, 8);
	},
	async duplicateIds(t: TestContext, server) {
		const all = await inOrder(server, 'duplicateIds');
		const rows = sessionsOf(await server.read(page(0)));
		t.assert.deepStrictEqual(rows.map(({id}) => id), all.slice(0, 8).flatMap(id => [id, id]));
		t.assert.notStrictEqual(rows[0]?.status, rows[1]?.status);
	},
	async ignoredOffset(t: TestContext, server) {
		const all = await inOrder(server, 'ignoredOffset');
		t.assert.deepStrictEqual(await server.ids(page(8)), all.slice(0, 8));
	},
};
