import assert from 'node:assert/strict';
import {test} from 'node:test';
import {unreadable} from '../../../../source/model/field.js';
import {eventAfter, laterEvent, newestEvent, type SessionEvent} from '../../../../source/app/shared/rows/events.js';
import type {Row} from '../../../../source/app/shared/rows/rows.js';
import type {Snapshot} from '../../../../source/model/snapshot.js';
import {hour, minute, now, row, running, second, session, snapshot, type SessionOptions} from '../../../helpers/sessions.js';

const sessionOf = (status: string | undefined, jobName = status ?? 'untold'): Row => row({id: jobName, status, details: undefined}, {jobName});
const keysOf = (rows: readonly Row[]) => rows.map(({key}) => key);
const eventOf = (added: readonly Row[], updated: readonly Row[] = [], held: readonly Row[] = []) =>
	newestEvent([...added, ...updated, ...held], {added: keysOf(added), updated: keysOf(updated), removed: []});

const order = ['Failed', 'Disconnected', 'Warning', 'Stopped', 'NotConfigured', 'Success', 'Running'];

test('of what happened at once, the worst is told', () => {
	for (let from = 0; from < order.length; from++) {
		const rows = order.slice(from).toReversed().map(status => sessionOf(status));
		assert.match(eventOf(rows)!.text, new RegExp(`: ${order[from]!}$`, 'v'));
	}
});

test('an end is told with its time, its job and what the server says', () => {
	const failed = row({status: 'Failed', details: 'Access is denied'});
	assert.deepEqual(eventOf([], [failed]), {at: now.server - (30 * minute), text: 'Failed: Contoso Mail, Access is denied', tone: 'bad'});
});

test('an end is told in the words of the console', () => {
	assert.equal(eventOf([], [sessionOf('NotConfigured', 'Litware')])!.text, 'Not configured: Litware');
});

test('a start is told with its time', () => {
	const started = row(running());
	assert.deepEqual(eventOf([started]), {at: now.server - hour, text: 'Started: Contoso Mail', tone: 'plain'});
	assert.equal(eventOf([row({status: 'Queued'})])!.text, 'Queued: Contoso Mail');
});

test('a session that goes on is no event', () => {
	const active = [row(running()), row({id: 's2', status: 'Queued'})];
	assert.equal(eventOf([], active), undefined);
});

test('a status that is not known neither began nor ended', () => {
	assert.equal(eventOf([sessionOf('Hibernating'), sessionOf(undefined)], []), undefined);
});

test('what did not change is not told', () => {
	assert.equal(eventOf([], [], [sessionOf('Failed')]), undefined);
	assert.equal(eventOf([sessionOf('Success')], [], [sessionOf('Failed')])!.text, 'Success: Success');
});

test('a session that left is no event', () => {
	assert.equal(newestEvent([row()], {added: [], updated: [], removed: ['vb1/s1', 'vb1/s2']}), undefined);
	const changes = {added: [], updated: ['vb1/s1'], removed: []};
	const [ended] = [row({id: 's1', status: 'Failed'})];
	for (const status of ['Success', unreadable] as const) {
		assert.equal(newestEvent([ended], changes, [session({id: 's1', status})]), undefined, 'it ended before, or only reads again');
	}

	for (const status of ['Running', 'Updating']) {
		assert.match(newestEvent([ended], changes, [session({id: 's1', status})])!.text, /^Failed: /v);
	}
});

test('an end without a time or with unreadable details is told without them', () => {
	assert.deepEqual(eventOf([], [row({status: 'Failed', endedAt: undefined, details: unreadable})]), {at: undefined, text: 'Failed: Contoso Mail', tone: 'bad'});
});

const failed = {at: 0, text: 'Failed: a', tone: 'bad'} as const;
const warned = {at: 20_000, text: 'Warning: b', tone: 'warning'} as const;
const started = {at: 59_000, text: 'Started: c', tone: 'plain'} as const;

type Told = SessionEvent | undefined;
const successions: ReadonlyArray<readonly [what: string, shown: Told, newer: Told, stands: Told]> = [
	['nothing before', undefined, started, started],
	['nothing new', failed, undefined, failed],
	['a start soon after a failure', failed, started, failed],
	['a start a minute after a failure', failed, {...started, at: 60_000}, {...started, at: 60_000}],
	['a warning soon after a failure', failed, warned, failed],
	['a failure after a warning', warned, {...failed, at: 21_000}, {...failed, at: 21_000}],
	['another failure', failed, {...failed, at: 1000, text: 'Failed: d'}, {...failed, at: 1000, text: 'Failed: d'}],
];

for (const [what, shown, newer, stands] of successions) {
	test(`what stands on the message line: ${what}`, () => {
		assert.deepEqual(laterEvent(shown, newer), stands);
	});
}

const quiet = (id: string) => snapshot({serverId: id, serverName: `vb-${id}`, sessions: []});
const ended = (id: string, status: string, ago: number, rest: Partial<Snapshot> = {}) =>
	changed(id, {status, endedAt: now.server - ago, details: undefined}, rest);

function changed(serverId: string, fields: SessionOptions, rest: Partial<Snapshot> = {}): Snapshot {
	const changes = {added: [], updated: [`${serverId}/s1`], removed: []};
	return snapshot({serverId, serverName: `vb-${serverId}`, sessions: [session({serverId, ...fields})], changes, ...rest});
}

const after = (before: readonly Snapshot[], newer: readonly Snapshot[], shown?: SessionEvent, at = now) => eventAfter(shown, before, newer, at)?.text;

test('one server is not named with its event, of several each is', () => {
	assert.equal(after([quiet('a')], [ended('a', 'Failed', second)]), 'Failed: Contoso Mail');
	assert.equal(after([quiet('a'), quiet('b')], [quiet('a'), ended('b', 'Failed', second)]), 'vb-b: Failed: Contoso Mail');
});

test('of events on several servers the worst is told, of equals the newest', () => {
	const before = [quiet('a'), quiet('b')];
	assert.equal(after(before, [ended('a', 'Failed', 9 * second), ended('b', 'Success', second)]), 'vb-a: Failed: Contoso Mail');
	assert.equal(after(before, [ended('a', 'Success', second), ended('b', 'Success', 9 * second)]), 'vb-a: Success: Contoso Mail');
	const [a, b] = [ended('a', 'Success', 9 * second), ended('b', 'Success', second)];
	assert.equal(after(before, [a, b]), 'vb-b: Success: Contoso Mail');
	assert.equal(after([a, b], [a, b]), undefined);
});

test('a first load is no event, whatever happens on the other server', () => {
	const [loading, fine] = [snapshot({...quiet('a'), isLoading: true}), quiet('b')];
	assert.equal(after([loading, fine], [ended('a', 'Failed', second), fine]), undefined);
	assert.equal(after([loading, fine], [ended('a', 'Failed', second, {isLoading: true}), ended('b', 'Warning', second)]), 'vb-b: Warning: Contoso Mail');
});

test('what stands for a minute does so by one clock, however far those of the servers are apart', () => {
	const at = {...now, clocks: new Map([['b', hour]])};
	const before = [quiet('a'), quiet('b')];
	const bad = eventAfter(undefined, before, [before[0]!, ended('b', 'Failed', second - hour)], at);
	assert.equal(after(before, [ended('a', 'Success', 0), before[1]!], bad, at), 'vb-b: Failed: Contoso Mail');
	assert.equal(after(before, [ended('a', 'Success', -2 * minute), before[1]!], bad, at), 'vb-a: Success: Contoso Mail');
});
