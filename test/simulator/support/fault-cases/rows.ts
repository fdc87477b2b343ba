import type {TestContext} from 'node:test';
import type {rowFaults} from '../../../../source/simulator/faults/rows.js';
import type {Json} from '../api.js';
import {sessionsOf, type SignedInServer} from '../raw.js';

const rowsOf = ({json}: {json: Json}) => json['results'] as Json[];

export const rowCases: Record<keyof typeof rowFaults, (t: TestContext, server: SignedInServer) => Promise<void>> = {
	async wrongTypes(t: TestContext, {read}) {
		const page = await read();
		for (const row of rowsOf(page)) {
			t.assert.match(row['id'] as string, /^[\d\-a-f]{36}$/v);
			t.assert.strictEqual(typeof row['progress'], 'object');
			t.assert.ok(Array.isArray(row['status']));
			t.assert.strictEqual(typeof row['statistics'].transferredDataBytes, 'object');
		}

		const single = await read(`/v8/JobSessions/${rowsOf(page)[0]!['id']}`);
		t.assert.ok(Array.isArray(single.json['status']));
		t.assert.strictEqual(typeof rowsOf(await read('/v8/Jobs'))[0]!['name'], 'string');
	},
	async badRow(t: TestContext, {read}) {
		const bad: unknown[] = [];
		for (const path of ['/v8/JobSessions?limit=8', '/v8/JobSessions?limit=8', '/v8/Jobs?limit=8']) {
			const rows = rowsOf(await read(path));
			t.assert.strictEqual(rows.length, 8);
			bad.push(...rows.filter(row => typeof row?.['id'] !== 'string'));
		}

		t.assert.deepStrictEqual(bad.slice(0, 2), [null, 42]);
		t.assert.strictEqual(typeof (bad[2] as Json)['name'], 'string');
		t.assert.deepStrictEqual(rowsOf(await read('/v8/JobSessions?limit=8&offset=100000')), []);
	},
	async strangeNumbers(t: TestContext, {read}) {
		const {text, json} = await read();
		t.assert.match(text, /:1e400,/v);
		const values = new Set(sessionsOf({json}).flatMap(({progress, statistics}) => [progress, ...Object.values(statistics)]));
		t.assert.deepStrictEqual(['NaN', -1, 1e300, (2 ** 53) + 2, Infinity, ''].filter(value => !values.has(value)), []);
		t.assert.ok(sessionsOf({json}).some(({creationTime}) => creationTime.startsWith('1601')));
	},
	async strangeDates(t: TestContext, {read}) {
		const times = new Set(sessionsOf(await read()).flatMap(({creationTime, endTime}) => [creationTime, endTime]));
		t.assert.deepStrictEqual(['yesterday', '2026-02-30T12:00:00Z', '0001-01-01T00:00:00', '9999-12-31T23:59:59.9999999Z'].filter(time => !times.has(time)), []);
	},
	async nullPage(t: TestContext, {read}) {
		t.assert.strictEqual((await read()).text, '{"results":null}');
		t.assert.strictEqual((await read('/v8/Jobs')).text, '{"results":null}');
	},
	async emptyList(t: TestContext, {read}) {
		t.assert.strictEqual(rowsOf(await read()).length, 0);
		t.assert.notStrictEqual(rowsOf(await read('/v8/Jobs')).length, 0);
	},
};
