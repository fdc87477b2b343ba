import process from 'node:process';
import {after, before, describe, test, type TestContext} from 'node:test';
import fc from 'fast-check';
import {unreadable} from '../../source/model/field.js';
import {backupWindowAt, longestClosedMs, type WindowState} from '../../source/triage/backup-window.js';
import {day, hour, minute} from '../helpers/sessions.js';

const week = 7 * day;
const open = 1;
const closed = 0;
/** A week from Sunday 00:00, given as spells of hours. */
const weekOf = (...spells: ReadonlyArray<readonly [state: number, hours: number]>) => spells.map(([state, hours]) => String(state).repeat(hours)).join('');
/** From 20:00 to 06:00 each night. */
const nightly = weekOf([open, 6], [closed, 14], [open, 4]).repeat(7);
const at = (iso: string) => Date.parse(iso);
const windowAt = (windowHours: string, windowOffsetMinutes: number, iso: string) => backupWindowAt({windowHours, windowOffsetMinutes}, at(iso));
const stateOf = (isOpen: boolean, opensAt: string, closesAt: string): WindowState => ({isOpen, opensAt: at(opensAt), closesAt: at(closesAt)});

type Case = readonly [what: string, hours: string, offset: number, iso: string, isOpen: boolean, opensAt: string, closesAt: string];

// 1 March 2026 is a Sunday.
const cases: readonly Case[] = [
	['in the middle of the night', nightly, 0, '2026-03-02T02:14:37Z', true, '2026-03-01T20:00:00Z', '2026-03-02T06:00:00Z'],
	['in its last millisecond', nightly, 0, '2026-03-02T05:59:59.999Z', true, '2026-03-01T20:00:00Z', '2026-03-02T06:00:00Z'],
	['as it closes', nightly, 0, '2026-03-02T06:00:00Z', false, '2026-03-02T20:00:00Z', '2026-03-03T06:00:00Z'],
	['in its last closed millisecond', nightly, 0, '2026-03-02T19:59:59.999Z', false, '2026-03-02T20:00:00Z', '2026-03-03T06:00:00Z'],
	['as it opens', nightly, 0, '2026-03-02T20:00:00Z', true, '2026-03-02T20:00:00Z', '2026-03-03T06:00:00Z'],
	['over the end of the week', nightly, 0, '2026-03-07T23:30:00Z', true, '2026-03-07T20:00:00Z', '2026-03-08T06:00:00Z'],
	['just after the end of the week', nightly, 0, '2026-03-08T00:00:00Z', true, '2026-03-07T20:00:00Z', '2026-03-08T06:00:00Z'],
	['closed on Saturday and Sunday, on Friday evening', weekOf([closed, 24], [open, 120], [closed, 24]), 0, '2026-03-06T23:10:00Z', true, '2026-03-02T00:00:00Z', '2026-03-07T00:00:00Z'],
	['closed on Saturday and Sunday, on Saturday', weekOf([closed, 24], [open, 120], [closed, 24]), 0, '2026-03-07T12:00:00Z', false, '2026-03-09T00:00:00Z', '2026-03-14T00:00:00Z'],
	['one hour a week, while it is open', weekOf([closed, 30], [open, 1], [closed, 137]), 0, '2026-03-02T06:59:00Z', true, '2026-03-02T06:00:00Z', '2026-03-02T07:00:00Z'],
	['one hour a week, just after it', weekOf([closed, 30], [open, 1], [closed, 137]), 0, '2026-03-02T07:00:00Z', false, '2026-03-09T06:00:00Z', '2026-03-09T07:00:00Z'],
	['all but one hour of Sunday, just after it', weekOf([closed, 1], [open, 167]), 0, '2026-03-01T01:00:00Z', true, '2026-03-01T01:00:00Z', '2026-03-08T00:00:00Z'],
	['five and a half hours behind UTC', nightly, -330, '2026-03-02T11:15:00Z', true, '2026-03-02T01:30:00Z', '2026-03-02T11:30:00Z'],
	['five and a half hours behind UTC, a quarter of an hour later', nightly, -330, '2026-03-02T11:30:00Z', false, '2026-03-03T01:30:00Z', '2026-03-03T11:30:00Z'],
	['five hours and three quarters ahead of UTC', nightly, 345, '2026-03-02T00:14:59Z', true, '2026-03-01T14:15:00Z', '2026-03-02T00:15:00Z'],
	['still Saturday in UTC, Sunday by its own clock', weekOf([open, 24], [closed, 144]), 345, '2026-03-07T18:15:00Z', true, '2026-03-07T18:15:00Z', '2026-03-08T18:15:00Z'],
	['already Sunday in UTC, Saturday by its own clock', weekOf([open, 24], [closed, 144]), -330, '2026-03-08T05:29:59Z', false, '2026-03-08T05:30:00Z', '2026-03-09T05:30:00Z'],
	['before 1970', nightly, 0, '1969-12-31T23:00:00Z', true, '1969-12-31T20:00:00Z', '1970-01-01T06:00:00Z'],
];

for (const [what, hours, offset, iso, isOpen, opensAt, closesAt] of cases) {
	test(`a window ${what}: ${isOpen ? 'open' : 'closed'}, ${opensAt} to ${closesAt}`, (t: TestContext) => {
		t.assert.deepStrictEqual(windowAt(hours, offset, iso), stateOf(isOpen, opensAt, closesAt));
	});
}

test('a window that is always open, or never, has no times', (t: TestContext) => {
	for (const [state, isOpen] of [[open, true], [closed, false]] as const) {
		t.assert.deepStrictEqual(windowAt(weekOf([state, 168]), 60, '2026-03-02T02:14:37Z'), {isOpen, closesAt: undefined, opensAt: undefined});
	}
});

test('nothing is said of a window that is absent or unreadable, or whose clock is not known', (t: TestContext) => {
	const now = at('2026-03-02T02:14:37Z');
	t.assert.strictEqual(backupWindowAt({windowHours: undefined, windowOffsetMinutes: undefined}, now), undefined);
	t.assert.strictEqual(backupWindowAt({windowHours: unreadable, windowOffsetMinutes: 60}, now), undefined);
	t.assert.strictEqual(backupWindowAt({windowHours: nightly, windowOffsetMinutes: unreadable}, now), undefined);
	t.assert.strictEqual(backupWindowAt({windowHours: nightly, windowOffsetMinutes: undefined}, now), undefined);
});

// The nights in which Berlin changes its clocks, and a night in which New York does.
const changes = ['2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'];

for (const screen of ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu']) {
	describe(`on a screen in ${screen}`, () => {
		const zone = process.env['TZ'];
		before(() => {
			process.env['TZ'] = screen;
		});
		after(() => {
			process.env['TZ'] = zone;
		});

		test('the time left is that of the window\'s own clock, in the nights in which clocks change', (t: TestContext) => {
			const states = changes.map(iso => ({iso, state: windowAt(nightly, 60, iso)!}));
			t.assert.deepStrictEqual(states.map(({state}) => state.isOpen), [true, true, true, true, false, false]);
			// It is 01:30, 02:30, 01:30, 02:30, 06:30 and 07:30 by that clock, UTC+1 the year round.
			t.assert.deepStrictEqual(states.map(({iso, state}) => (state.closesAt! - at(iso)) / minute), [270, 210, 270, 210, 1410, 1350]);
		});
	});
}

/** Minute by minute, as somebody with a calendar would find it. */
function walked(hours: string, offset: number, now: number): WindowState {
	const isOpenAt = (moment: number) => {
		const local = new Date(moment + (offset * minute));
		return hours[(local.getUTCDay() * 24) + local.getUTCHours()] === '1';
	};

	const isOpen = isOpenAt(now);
	if (!hours.includes(isOpen ? '0' : '1')) {
		return {isOpen, closesAt: undefined, opensAt: undefined};
	}

	const first = (state: boolean, from: number) => {
		let moment = from;
		while (isOpenAt(moment) !== state) {
			moment += minute;
		}

		return moment;
	};

	const thisMinute = Math.floor(now / minute) * minute;
	if (!isOpen) {
		const opensAt = first(true, thisMinute);
		return {isOpen, opensAt, closesAt: first(false, opensAt)};
	}

	let opensAt = thisMinute;
	while (isOpenAt(opensAt - minute)) {
		opensAt -= minute;
	}

	return {isOpen, opensAt, closesAt: first(false, thisMinute)};
}

const anyHours = fc.array(fc.constantFrom(open, closed), {minLength: 168, maxLength: 168}).map(hours => hours.join(''));
const anySpell = fc.tuple(fc.constantFrom(open, closed), fc.integer({min: 1, max: 120}));
/** Few and long spells, as people set them. */
const anySpells = fc.array(anySpell, {minLength: 1, maxLength: 6}).map(spells => weekOf(...spells).padEnd(168, '0').slice(0, 168));
const anyWeek = fc.oneof(anyHours, anySpells);

const anyOffset = fc.oneof(fc.constantFrom(-330, 345, 0, 60, -720, 840), fc.integer({min: -900, max: 900}));

test('any window at any time is as a walk through its minutes finds it', (t: TestContext) => {
	const times = fc.integer({min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z')});
	const property = fc.property(anyWeek, anyOffset, times, (hours, offset, now) => {
		t.assert.deepStrictEqual(backupWindowAt({windowHours: hours, windowOffsetMinutes: offset}, now), walked(hours, offset, now));
	});
	fc.assert(property, {numRuns: 200});
});

test('a window is the same one a week later', (t: TestContext) => {
	const property = fc.property(anyWeek, anyOffset, fc.integer({min: 0, max: week}), (windowHours, windowOffsetMinutes, now) => {
		const [state, later] = [now, now + week].map(moment => backupWindowAt({windowHours, windowOffsetMinutes}, moment)!);
		const moved = (time: number | undefined) => time === undefined ? undefined : time + week;
		t.assert.deepStrictEqual(later, {isOpen: state!.isOpen, closesAt: moved(state!.closesAt), opensAt: moved(state!.opensAt)});
	});
	fc.assert(property, {numRuns: 200});
});

test('the longest closed time of a window goes on past the end of the week', (t: TestContext) => {
	const longest = (windowHours: string) => longestClosedMs({windowHours}) / hour;
	const weeks = [nightly, weekOf([closed, 24], [open, 120], [closed, 24]), weekOf([open, 168]), weekOf([closed, 30], [open, 1], [closed, 137])];
	t.assert.deepStrictEqual(weeks.map(hours => longest(hours)), [14, 48, 0, 167]);
	t.assert.deepStrictEqual([longestClosedMs({windowHours: undefined}), longestClosedMs({windowHours: unreadable})], [0, 0]);
});
