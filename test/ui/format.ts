import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {count, counted, duration, longDuration, rate, shortCount, size} from '../../source/ui/format.js';
import {day, hour, minute, second} from '../helpers/sessions.js';

type Cases = ReadonlyArray<readonly [value: number, text: string]>;

const tables: ReadonlyArray<readonly [name: string, write: (value: number) => string, cases: Cases]> = [
	['duration', duration, [
		[0, '0s'],
		[-5 * minute, '0s'],
		[999, '0s'],
		[second, '1s'],
		[9394, '9s'],
		[24_155, '24s'],
		[minute - 1, '59s'],
		[minute, '1m00'],
		[216_089, '3m36'],
		[hour - 1, '59m59'],
		[hour, '1h00'],
		[(4 * hour) + (14 * minute) + (34 * second), '4h14'],
		[day - 1, '23h59'],
		[day, '1d0h'],
		[(46 * hour) + (5 * minute), '1d22h'],
		[(10 * day) - 1, '9d23h'],
		[10 * day, '10d'],
		[450 * day, '450d'],
		[9999 * day, '9999d'],
		[10_000 * day, '27y'],
		[2_556_697 * day, '6999y'],
	]],
	['longDuration', longDuration, [
		[0, '0s'],
		[-1, '0s'],
		[9394, '9s'],
		[minute - 1, '59s'],
		[minute, '1m00s'],
		[216_089, '3m36s'],
		[hour - 1, '59m59s'],
		[hour, '1h00m00s'],
		[(4 * hour) + (14 * minute) + (34 * second), '4h14m34s'],
		[(46 * hour) + (5 * minute) + (9 * second), '1d22h05m09s'],
		[450 * day, '450d0h00m00s'],
	]],
	['size', size, [
		[0, '0 B'],
		[41, '41 B'],
		[999, '999 B'],
		[1000, '1.0 KB'],
		[1024, '1.0 KB'],
		[36_924, '36.1 KB'],
		[359_459, '351.0 KB'],
		[1_023_897, '999.9 KB'],
		[1_023_949, '1.0 MB'],
		[1024 ** 2, '1.0 MB'],
		[1.5 * (1024 ** 3), '1.5 GB'],
		[1023 * (1024 ** 3), '1.0 TB'],
		[1024 ** 5, '1.0 PB'],
		[2 ** 53, '8.0 PB'],
		[2 ** 63, '8.0 EB'],
		[-1, '-1 B'],
		[-36_924, '-36.1 KB'],
	]],
	['rate', rate, [
		[0, '0 B/s'],
		[41, '41 B/s'],
		[2484, '2.4 KB/s'],
		[797_001_305, '760.1 MB/s'],
	]],
	['count', count, [
		[0, '0'],
		[999, '999'],
		[1000, '1,000'],
		[912_442, '912,442'],
		[-1234, '-1,234'],
		[2 ** 53, '9,007,199,254,740,992'],
	]],
	['counted', value => counted(value, 'session'), [
		[0, '0 sessions'],
		[1, '1 session'],
		[2, '2 sessions'],
		[1214, '1,214 sessions'],
		[1_000_001, '1,000,001 sessions'],
	]],
	['shortCount', shortCount, [
		[0, '0'],
		[8123, '8,123'],
		[99_999, '99,999'],
		[100_000, '100k'],
		[912_442, '912k'],
		[999_499, '999k'],
		[999_500, '1.0M'],
		[1_234_567, '1.2M'],
		[9_949_999, '9.9M'],
		[9_950_000, '10M'],
		[48_000_000_000, '48G'],
		[1_000_000_000_000, '1.0T'],
		[2 ** 53, '9e+15'],
		[-8123, '-8,123'],
		[-12_345, '-12k'],
	]],
];

for (const [name, write, cases] of tables) {
	test(`${name}: ${cases.map(([, text]) => text).join(', ')}`, () => {
		assert.deepEqual(cases.map(([value]) => write(value)), cases.map(([, text]) => text));
	});
}

const bytes = fc.oneof(fc.nat({max: 2 ** 30}), fc.maxSafeNat(), fc.double({min: 0, max: 2 ** 63, noNaN: true}).map(Math.round));

test('a duration takes five columns up to 27 years', () => {
	fc.assert(fc.property(fc.integer({min: -day, max: 27 * 365 * day}), ms => duration(ms).length <= 5));
});

test('a size takes eight columns, a rate two more', () => {
	fc.assert(fc.property(bytes, value => size(value).length <= 8 && rate(value).length <= 10));
});

test('a short count takes six columns', () => {
	fc.assert(fc.property(fc.maxSafeInteger(), value => shortCount(value).length <= 6));
});

const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

test('a size is the figure, rounded to the last digit shown', () => {
	fc.assert(fc.property(bytes, value => {
		const [figure, unit] = size(value).split(' ') as [string, string];
		const worth = 1024 ** units.indexOf(unit);
		return Math.abs((Number(figure) * worth) - value) <= (unit === 'B' ? 0 : worth * 0.0501);
	}));
});

const counts = fc.oneof(fc.nat(), fc.maxSafeNat());
const thousands = ['k', 'M', 'G', 'T'];

test('a short count is the figure, rounded to its first two digits at the least', () => {
	fc.assert(fc.property(counts, value => {
		const text = shortCount(value);
		const worth = 1000 ** (thousands.indexOf(text.at(-1)!) + 1);
		const figure = Number(text.replaceAll(/[,GMTk]/gv, '')) * worth;
		return Math.abs(figure - value) <= (text.includes('e') ? 0.5e15 : value * 0.0501);
	}));
});
