import {test, type TestContext} from 'node:test';
import {reader, type Reader} from '../../../source/api/wire/reader.js';
import {mark} from '../../../source/api/wire/visible-text.js';
import {unreadable} from '../../../source/model/field.js';

type Case = readonly [read: 'text' | 'id' | 'count' | 'ordinal' | 'flag' | 'time' | 'tag', value: unknown, expected: unknown];

const uuid = '3d000000-0000-4000-8000-00000000000a';

const cases: readonly Case[] = [
	['text', 'Mail', 'Mail'],
	['text', '', ''],
	['text', 'a\u{1B}[31mb', `a${mark}b`],
	['text', null, undefined],
	['text', undefined, undefined],
	['text', 7, unreadable],
	['text', {}, unreadable],
	['text', ['a'], unreadable],
	['id', uuid, uuid],
	['id', uuid.toUpperCase(), uuid],
	['id', 'Other', 'Other'],
	['id', '', undefined],
	['id', null, undefined],
	['id', 7, unreadable],
	['id', '.', unreadable],
	['id', '..', unreadable],
	['id', '../../v8/Jobs?a=b#c', '../../v8/Jobs?a=b#c'],
	['id', 'a\u{0}b', unreadable],
	['id', 'a\u{1B}[31mb', unreadable],
	['id', 'a\u{202E}b', unreadable],
	['id', 'a\u{D800}', unreadable],
	['id', 'x'.repeat(200), 'x'.repeat(200)],
	['id', 'x'.repeat(201), unreadable],
	['count', 0, 0],
	['count', 5_368_709_120, 5_368_709_120],
	['count', 37.5, 37.5],
	['count', '42', 42],
	['count', ' 42.5 ', 42.5],
	['count', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
	['count', 9_007_199_254_740_992, unreadable],
	['count', '9223372036854775807', unreadable],
	['count', -1, unreadable],
	['count', NaN, unreadable],
	['count', JSON.parse('1e400'), unreadable],
	['count', 'many', unreadable],
	['count', '0x10', unreadable],
	['count', '', unreadable],
	['count', true, unreadable],
	['count', {}, unreadable],
	['count', [1], unreadable],
	['count', null, undefined],
	['ordinal', 3, 3],
	['ordinal', '3', 3],
	['ordinal', 0.5, unreadable],
	['ordinal', -1, unreadable],
	['ordinal', null, undefined],
	['flag', true, true],
	['flag', false, false],
	['flag', 'true', unreadable],
	['flag', 1, unreadable],
	['flag', null, undefined],
	['time', '2026-03-02T08:10:00Z', Date.UTC(2026, 2, 2, 8, 10)],
	['time', '2026-03-02T08:10:00.4Z', Date.UTC(2026, 2, 2, 8, 10, 0, 400)],
	['time', '2022-01-31T16:38:59.5293747Z', Date.UTC(2022, 0, 31, 16, 38, 59, 529)],
	['time', '2026-03-02T08:10:00.123456789Z', Date.UTC(2026, 2, 2, 8, 10, 0, 123)],
	['time', '2026-03-02T08:10:00', Date.UTC(2026, 2, 2, 8, 10)],
	['time', '2026-03-02T08:10:00.5-07:00', Date.UTC(2026, 2, 2, 15, 10, 0, 500)],
	['time', '2026-03-02T08:10:00+05:30', Date.UTC(2026, 2, 2, 2, 40)],
	['time', '2026-03-02T08:10:00+0530', Date.UTC(2026, 2, 2, 2, 40)],
	['time', '2026-03-02T08:10Z', Date.UTC(2026, 2, 2, 8, 10)],
	['time', '9999-12-31T23:59:59.9999999Z', Date.UTC(9999, 11, 31, 23, 59, 59, 999)],
	['time', '2026-02-30T00:00:00Z', unreadable],
	['time', '2026-13-01T00:00:00Z', unreadable],
	['time', '2026-03-02T25:00:00Z', unreadable],
	['time', '3/2/2026 8:10:00 AM', unreadable],
	['time', '', unreadable],
	['time', 1_772_438_400_000, unreadable],
	['time', null, undefined],
	['tag', 118, '118'],
	['tag', 'W/1', 'W/1'],
	['tag', 9_007_199_254_740_992, unreadable],
	['tag', {}, unreadable],
	['tag', null, undefined],
];

for (const [read, value, expected] of cases) {
	test(`${read} of ${typeof value === 'number' ? String(value) : JSON.stringify(value)} is ${String(expected)}`, (t: TestContext) => {
		t.assert.strictEqual(reader({field: value})?.[read]('field'), expected);
	});
}

test('what is no object has no reader', (t: TestContext) => {
	t.assert.ok([undefined, null, 1, 'text', true, [], [{id: 'a'}]].every(wire => reader(wire) === undefined));
});

const links: ReadonlyArray<readonly [links: unknown, expected: ReturnType<Reader['lastSegment']>]> = [
	[{job: {href: `/v6/jobs/${uuid}`}}, uuid],
	[{job: {href: `/v6/copyjobs/${uuid.toUpperCase()}/`}}, uuid],
	[{job: {href: `https://vb365:4443/v5/jobs/${uuid}?a=b/c#d`}}, uuid],
	[{job: {href: '/'}}, undefined],
	[{job: {href: null}}, undefined],
	[{job: null}, undefined],
	[{}, undefined],
	[null, undefined],
	[undefined, undefined],
	[{job: {href: 7}}, unreadable],
	[{job: 'x'}, unreadable],
	['x', unreadable],
];

for (const [value, expected] of links) {
	test(`last segment in ${JSON.stringify(value)} is ${String(expected)}`, (t: TestContext) => {
		t.assert.strictEqual(reader({_links: value})?.lastSegment('job'), expected);
	});
}

test('a nested object that is absent leaves its fields absent, a wrong one makes them unreadable', (t: TestContext) => {
	t.assert.strictEqual(reader({})?.nested('statistics').count('n'), undefined);
	t.assert.strictEqual(reader({statistics: null})?.nested('statistics').count('n'), undefined);
	t.assert.strictEqual(reader({statistics: 'x'})?.nested('statistics').count('n'), unreadable);
	t.assert.strictEqual(reader({statistics: {n: 1}})?.nested('statistics').count('n'), 1);
});
