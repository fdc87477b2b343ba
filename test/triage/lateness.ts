import {test, type TestContext} from 'node:test';
import {unreadable} from '../../source/model/field.js';
import type {Session} from '../../source/model/session.js';
import {backupWindowAt} from '../../source/triage/backup-window.js';
import {lateRun, msPastWindow, type Late, type LateBaseline} from '../../source/triage/lateness.js';
import {hour, minute, now, running, session} from '../helpers/sessions.js';

const at = now.server;
const usualOf = (median: number, p90: number, kind?: string): LateBaseline => ({durationMs: {median: median * minute, p90: p90 * minute}, kind});
const afterMinutes = (minutes: number, usual: LateBaseline | undefined, fields = {}) =>
	lateRun(running({createdAt: at - (minutes * minute), ...fields}), usual, at);
const lateBy = (limit: number, by: number, pastUsual: number): Late => ({limitMs: limit * minute, byMs: by * minute, pastUsualMs: pastUsual * minute});

test('a run is late past a quarter more than nine in ten of its job took', (t: TestContext) => {
	const usual = usualOf(100, 120);
	t.assert.strictEqual(afterMinutes(150, usual), undefined);
	t.assert.deepStrictEqual(afterMinutes(151, usual), lateBy(150, 1, 51));
});

test('a short run is late a quarter of an hour past them', (t: TestContext) => {
	const usual = usualOf(3, 4);
	t.assert.strictEqual(afterMinutes(19, usual), undefined);
	t.assert.deepStrictEqual(afterMinutes(20, usual), lateBy(19, 1, 17));
});

test('a run in the queue is late as one at work is, one that ended is not', (t: TestContext) => {
	const usual = usualOf(3, 4);
	t.assert.deepStrictEqual(afterMinutes(60, usual, {status: 'Queued'}), lateBy(19, 41, 57));
	for (const status of ['Success', 'Failed', 'Updating', unreadable, undefined] as const) {
		t.assert.strictEqual(lateRun(session({status, createdAt: at - (9 * hour), endedAt: at - hour}), usual, at), undefined, String(status));
	}
});

test('a run is held against runs of its own kind only', (t: TestContext) => {
	const lateOf = (kind: Session['kind'], usualKind: string | undefined) => afterMinutes(300, usualOf(100, 120, usualKind), {kind}) !== undefined;
	t.assert.deepStrictEqual([lateOf('Incremental', 'Incremental'), lateOf('Full', 'Full')], [true, true]);
	t.assert.deepStrictEqual([lateOf('Full', 'Incremental'), lateOf('Incremental', 'Full')], [false, false]);
	t.assert.deepStrictEqual([lateOf(undefined, 'Incremental'), lateOf(unreadable, 'Full')], [false, false]);
	t.assert.deepStrictEqual([lateOf(undefined, undefined), lateOf('Full', undefined)], [true, true], 'v6 and v7 know no kind');
});

test('nothing is late without a baseline, or without a start', (t: TestContext) => {
	t.assert.strictEqual(afterMinutes(3000, undefined), undefined);
	t.assert.strictEqual(afterMinutes(3000, usualOf(3, 4), {createdAt: undefined}), undefined);
	t.assert.strictEqual(afterMinutes(3000, usualOf(3, 4), {createdAt: unreadable}), undefined);
});

/** Open so many hours from Sunday on, of which it is the last but a half. */
const windowAt = (hours: number, iso = '2026-03-01T05:30:00Z') => backupWindowAt({windowHours: '1'.repeat(hours).padEnd(168, '0'), windowOffsetMinutes: 0}, Date.parse(iso));
const seen = Date.parse('2026-03-01T05:30:00Z');
const endsIn = (minutes: number) => ({endsAt: seen + (minutes * minute)});

test('a run that is estimated to end after the window closes will not fit', (t: TestContext) => {
	const window = windowAt(6);
	t.assert.deepStrictEqual([29, 30, 31, 120].map(minutes => msPastWindow(endsIn(minutes), window, seen)), [undefined, undefined, minute, 90 * minute]);
});

test('it does not fit the opening after this one either', (t: TestContext) => {
	const window = backupWindowAt({windowHours: `${'1'.repeat(6)}0${'1'.repeat(161)}`, windowOffsetMinutes: 0}, seen);
	t.assert.strictEqual(msPastWindow(endsIn(180), window, seen), 150 * minute);
});

test('a run that outlived its estimate does not fit once the window has closed', (t: TestContext) => {
	t.assert.strictEqual(msPastWindow(endsIn(10), windowAt(6), seen + (29 * minute)), undefined);
	t.assert.strictEqual(msPastWindow(endsIn(10), windowAt(6), seen + (31 * minute)), minute);
});

test('nothing is said without an estimate, without a window, of one that never closes and while it is closed', (t: TestContext) => {
	t.assert.strictEqual(msPastWindow(undefined, windowAt(6), seen), undefined);
	t.assert.strictEqual(msPastWindow(endsIn(900), undefined, seen), undefined);
	t.assert.strictEqual(msPastWindow(endsIn(900), windowAt(168), seen), undefined);
	t.assert.strictEqual(msPastWindow(endsIn(20_000), windowAt(6, '2026-03-01T06:30:00Z'), seen + hour), undefined);
	t.assert.strictEqual(msPastWindow(endsIn(900), windowAt(0), seen), undefined);
});
