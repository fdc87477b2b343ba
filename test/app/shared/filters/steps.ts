import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseSpan, ranges, refreshIntervals, spanWord, step} from '../../../../source/app/shared/filters/steps.js';
import {day, hour, minute, second} from '../../../helpers/sessions.js';

test('ranges and refresh intervals are those of the help', () => {
	assert.deepEqual(ranges.map(ms => spanWord(ms)), ['1 h', '6 h', '24 h', '3 d', '7 d', '30 d']);
	assert.deepEqual(refreshIntervals.map(ms => ms / second), [2, 5, 10, 15, 30, 60, 120]);
});

const steps: ReadonlyArray<readonly [value: number, up: number, down: number]> = [
	[hour, 6 * hour, hour],
	[day, 3 * day, 6 * hour],
	[30 * day, 30 * day, 7 * day],
	[2 * hour, 6 * hour, hour],
	[90 * day, 90 * day, 30 * day],
	[minute, hour, minute],
];

for (const [value, up, down] of steps) {
	test(`from ${spanWord(value)}: longer is ${spanWord(up)}, shorter ${spanWord(down)}`, () => {
		assert.deepEqual([step(ranges, value, 1), step(ranges, value, -1)], [up, down]);
	});
}

test('without a step there is none to go to', () => {
	assert.deepEqual([step([], 5000, 1), step([], 5000, -1)], [5000, 5000]);
	assert.deepEqual([step(refreshIntervals, second, -1), step(refreshIntervals, 300 * second, 1)], [second, 300 * second]);
});

const spans: ReadonlyArray<readonly [text: string, ms: number | undefined]> = [
	['90m', 90 * minute],
	['6h', 6 * hour],
	[' 3D ', 3 * day],
	['1w', 7 * day],
	['1m', minute],
	['53w', 53 * 7 * day],
	['54w', undefined],
	['0m', undefined],
	['0h', undefined],
	['99999d', undefined],
	['100000m', undefined],
	['1.5h', undefined],
	['-1h', undefined],
	['h', undefined],
	['6', undefined],
	['6 h', undefined],
	['6s', undefined],
	['1h30m', undefined],
	['', undefined],
];

for (const [text, ms] of spans) {
	test(`"${text}" is ${ms === undefined ? 'no span' : `${ms} ms`}`, () => {
		assert.equal(parseSpan(text), ms);
	});
}

test('a span is said in the largest unit that it is whole in', () => {
	assert.deepEqual([minute, 90 * minute, hour, 36 * hour, day, 2 * day, 7 * day].map(ms => spanWord(ms)), ['1 m', '90 m', '1 h', '36 h', '24 h', '2 d', '7 d']);
});
