import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {fullTime, startTime, timeOfDay, zoneName} from '../../source/ui/times.js';
import {now} from '../helpers/sessions.js';

const at = (iso: string) => Date.parse(iso);

// The moment of looking is Monday 23 November 2026, 02:14:37.
const starts: ReadonlyArray<readonly [when: string, iso: string, narrow: string, middle: string, wide: string]> = [
	['this night', '2026-11-23T01:33:00Z', '01:33', '01:33', '01:33'],
	['at midnight', '2026-11-23T00:00:00Z', '00:00', '00:00', '00:00'],
	['yesterday evening', '2026-11-22T22:00:00Z', '22:00', 'Sun 22:00', 'Sun 22:00'],
	['a second less than twelve hours ago', '2026-11-22T14:14:38Z', '14:14', 'Sun 14:14', 'Sun 14:14'],
	['twelve hours ago', '2026-11-22T14:14:37Z', 'Sun 14h', 'Sun 14:14', 'Sun 14:14'],
	['a second less than a day ago', '2026-11-22T02:14:38Z', 'Sun 02h', 'Sun 02:14', 'Sun 02:14'],
	['a day ago', '2026-11-22T02:14:37Z', '22 Nov', 'Sun 02:14', 'Sun 02:14'],
	['the night before the last', '2026-11-21T23:10:00Z', '21 Nov', 'Sat 23:10', 'Sat 23:10'],
	['almost six days ago', '2026-11-17T03:00:00Z', '17 Nov', 'Tue 03:00', 'Tue 03:00'],
	['a week ago, when its weekday would mislead', '2026-11-16T22:00:00Z', '16 Nov', '16 Nov', '16 Nov 22:00'],
	['in September, which en-GB spells with four letters', '2026-09-09T12:05:00Z', '9 Sep', '9 Sep', '9 Sep 12:05'],
	['last year', '2025-12-31T22:00:00Z', '2025-12', '31 Dec 25', '31 Dec 2025'],
	['last September, which en-GB spells with four letters', '2025-09-09T12:05:00Z', '2025-09', '9 Sep 25', '9 Sep 2025'],
	['in January of last year', '2025-01-01T00:00:00Z', '2025-01', '1 Jan 25', '1 Jan 2025'],
	['in a while, by a clock that is off', '2026-11-23T05:00:00Z', '05:00', '05:00', '05:00'],
	['tomorrow, by a clock that is off', '2026-11-24T01:00:00Z', 'Tue 01h', 'Tue 01:00', 'Tue 01:00'],
	['after midnight, by a clock that is off', '2026-11-24T00:00:00Z', 'Tue 00h', 'Tue 00:00', 'Tue 00:00'],
	['in two days, by a clock that is off', '2026-11-25T01:00:00Z', '25 Nov', 'Wed 01:00', 'Wed 01:00'],
];

for (const [when, iso, narrow, middle, wide] of starts) {
	test(`a start ${when}: ${narrow}, ${middle}, ${wide}`, () => {
		assert.deepEqual([7, 9, 12].map(width => startTime(at(iso), now.server, 'UTC', width)), [narrow, middle, wide]);
	});
}

test('a start of today is its time, however long ago', () => {
	const seen = at('2026-11-23T23:59:59Z');
	assert.deepEqual([7, 8, 9, 12].map(width => startTime(at('2026-11-23T00:00:00Z'), seen, 'UTC', width)), ['00:00', '00:00', '00:00', '00:00']);
});

test('weekday and hour take seven columns, a date less', () => {
	const started = at('2026-11-22T02:14:38Z');
	assert.deepEqual([6, 7, 8, 9].map(width => startTime(started, now.server, 'UTC', width)), ['22 Nov', 'Sun 02h', 'Sun 02h', 'Sun 02:14']);
});

test('weekday, hour and what is today are those of the zone', () => {
	const started = at('2026-11-22T08:30:00Z');
	assert.deepEqual(['UTC', 'Asia/Kolkata', 'America/New_York', 'Pacific/Auckland'].map(zone => startTime(started, now.server, zone, 7)), ['Sun 08h', 'Sun 14h', '03:30', 'Sun 21h']);
});

test('a year is that of the zone, and so is the month beside it', () => {
	const started = at('2025-12-31T22:00:00Z');
	assert.deepEqual(['UTC', 'Pacific/Auckland'].map(zone => startTime(started, now.server, zone, 7)), ['2025-12', '1 Jan']);
	assert.equal(startTime(at('2025-11-30T22:00:00Z'), now.server, 'Pacific/Auckland', 7), '2025-12');
});

test('a new year between start and now', () => {
	const started = at('2025-12-31T23:50:00Z');
	const seen = at('2026-01-01T00:10:00Z');
	assert.deepEqual([7, 9, 12].map(width => startTime(started, seen, 'UTC', width)), ['23:50', '31 Dec 25', '31 Dec 2025']);
	assert.equal(startTime(started, at('2026-01-01T12:00:00Z'), 'UTC', 7), 'Wed 23h');
});

test('what day it is depends on the zone', () => {
	const started = at('2026-11-22T23:30:00Z');
	assert.equal(startTime(started, now.server, 'UTC', 12), 'Sun 23:30');
	assert.equal(startTime(started, now.server, 'Asia/Kolkata', 12), '05:00');
	assert.equal(startTime(started, now.server, 'America/New_York', 12), '18:30');
});

const moments: ReadonlyArray<readonly [zone: string, iso: string, time: string, name: string]> = [
	['UTC', '2026-11-23T02:14:37Z', '02:14:37', 'UTC'],
	['UTC', '2026-11-23T00:00:00Z', '00:00:00', 'UTC'],
	['Asia/Kolkata', '2026-11-23T02:14:37Z', '07:44:37', 'GMT+5:30'],
	['America/New_York', '2026-11-23T02:14:37Z', '21:14:37', 'GMT-5'],
	['Europe/Berlin', '2026-10-25T00:30:00Z', '02:30:00', 'CEST'],
	['Europe/Berlin', '2026-10-25T01:30:00Z', '02:30:00', 'CET'],
	['Europe/Berlin', '2026-03-29T00:59:59Z', '01:59:59', 'CET'],
	['Europe/Berlin', '2026-03-29T01:00:00Z', '03:00:00', 'CEST'],
];

for (const [zone, iso, time, name] of moments) {
	test(`${iso} is ${time} ${name} in ${zone}`, () => {
		assert.equal(timeOfDay(at(iso), zone), time);
		assert.equal(zoneName(at(iso), zone), name);
	});
}

test('a full time has its weekday, and its year where it is not this one', () => {
	assert.equal(fullTime(at('2026-11-22T22:00:03Z'), now.server, 'UTC'), 'Sun 22 Nov 22:00:03');
	assert.equal(fullTime(at('2025-12-31T22:00:03Z'), now.server, 'UTC'), 'Wed 31 Dec 2025 22:00:03');
	assert.equal(fullTime(at('2025-12-31T22:00:03Z'), at('2026-01-01T00:00:00Z'), 'Pacific/Auckland'), 'Thu 1 Jan 11:00:03');
});

test('a start keeps to its width, whenever it was', () => {
	const moment = fc.integer({min: 0, max: at('9999-12-31T23:59:59Z')});
	const zone = fc.constantFrom('UTC', 'Asia/Kolkata', 'America/New_York', 'Pacific/Auckland');
	fc.assert(fc.property(moment, moment, zone, fc.integer({min: 7, max: 12}), (started, seen, where, width) =>
		startTime(started, seen, where, width).length <= width));
});

test('a moment beyond the calendar does not throw', () => {
	assert.match(timeOfDay(1e300, 'UTC'), /^\d\d:\d\d:\d\d$/v);
	assert.match(startTime(-1e300, now.server, 'UTC', 7), /\S/v);
});
