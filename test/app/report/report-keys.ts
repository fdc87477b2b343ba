import assert from 'node:assert/strict';
import {test} from 'node:test';
import {reportCells} from '../../../source/app/report/report.js';
import {openLayer} from '../../../source/app/shared/state/layers.js';
import {layout} from '../../../source/app/shared/state/selectors.js';
import type {State} from '../../../source/app/shared/state/state.js';
import type {Session} from '../../../source/model/session.js';
import type {Verdict} from '../../../source/triage/verdicts/verdict.js';
import {later, minute, now, running, second, session, snapshot, textOf, type SessionOptions} from '../../helpers/sessions.js';
import {
	answered,
	commanded,
	jobVerdict,
	kindsOf,
	pressed,
	stateOf,
	ticked,
	unreadState,
	withVerdictsOf,
} from '../../helpers/state.js';

const after = (minutes: number) => now.server + (minutes * minute);
const active = (fields: SessionOptions = {}) => running({createdAt: after(-60), ...fields});
const failed = session({status: 'Failed', createdAt: after(-60), endedAt: after(2), details: 'access denied'});
const listed = (sessions: readonly Session[]) => snapshot({sessions});
const start = stateOf({snapshots: [listed([active()])], list: 'now'});
/** The state once all problems are known. */
const read = (state: State) => ticked(withVerdictsOf(state, [jobVerdict(1, '')]), later(second, state.time));
const reportOf = (state: State) => {
	const report = openLayer(state.layers, 'report')?.report;
	return report && reportCells(report, 'UTC');
};

const linesOf = (state: State) => reportOf(state)?.lines.map(line => textOf(line));

test('d says what changed since it was last pressed', () => {
	const first = pressed(answered(read(start), listed([failed]), later(10 * minute)), 'd');
	assert.deepEqual([kindsOf(first), reportOf(first)?.title, linesOf(first)], [
		'list report', 'Changed since 02:14:37', [' 02:16:37 Failed: Contoso Mail, access denied'],
	]);
	const again = pressed(answered(pressed(first, 'escape'), listed([failed]), later(20 * minute)), 'd');
	assert.deepEqual(linesOf(again), [' nothing changed since 02:24:37']);
	assert.equal(kindsOf(pressed(again, 'q')), 'list');
});

test('what all servers had when they were first read is no change, and is taken once', () => {
	assert.equal(pressed(unreadState(), 'd').notice!.text, 'not all is read yet: changes are told from then on');
	const first = read(start);
	const {baseline} = first;
	assert.ok(baseline?.problems);
	assert.equal(answered(first, listed([active()]), later(minute)).baseline, baseline);
});

test('of several servers nothing is news before each was read', () => {
	const [here, there] = [snapshot(), snapshot({serverId: 'vb2', serverName: 'vb-there'})];
	const unread = unreadState({snapshots: [here, there]});
	const one = answered(unread, here);
	assert.equal(one.baseline, undefined);
	assert.ok(answered(one, there).baseline);
});

test('sessions are told from the first list on, problems once the first ones are known', () => {
	const late = jobVerdict(2, '!', {kind: 'late', session: undefined});
	const stuck = jobVerdict(3, '!', {kind: 'stuck', session: undefined});
	const pending = [{kind: 'history', jobId: 'j1', jobType: 'Backup', urgency: 'rest'}] as const;
	const known = (state: State, verdicts: readonly Verdict[], pendingReads: typeof pending | readonly [] = []) =>
		withVerdictsOf(state, verdicts, {pendingReads});
	const firstReadings = new Map([...start.firstReadings].map(([id, reading]) => [id, {...reading, isOver: false}]));
	const unknown = {...start, baseline: {...start.baseline!, problems: undefined}, firstReadings};
	const early = pressed(known(answered(known(unknown, [], pending), listed([failed]), later(minute)), [late], pending), 'd');
	assert.deepEqual([reportOf(early)?.title, linesOf(early)?.length], ['Sessions changed since 02:14:37', 1]);
	const again = pressed(ticked(known(pressed(early, 'escape'), [late], pending), later(2 * minute)), 'd');
	assert.equal(linesOf(again)?.[0], ' no session changed since 02:15:37');
	const first = ticked(known(pressed(again, 'escape'), [late]), later((2 * minute) + second));
	const changed = pressed(known(first, [late, stuck]), 'd');
	assert.deepEqual([reportOf(changed)?.title, linesOf(changed)?.map(line => line.slice(0, 19))], ['Changed since 02:16:37', [' now      Stuck: j3']]);
});

test('what cannot be read of the first problems is not waited for longer than two minutes', () => {
	const unread = {...start, baseline: {...start.baseline!, problems: undefined}};
	const pending = [{kind: 'history', jobId: 'j1', jobType: 'Backup', urgency: 'rest'}] as const;
	const firstReadings = new Map([['vb1', {scope: start.scope, since: now.monotonic, isOver: false}]]);
	const at = (ms: number) => ticked(withVerdictsOf({...unread, firstReadings}, [], {pendingReads: pending}), later(ms));
	const fits = (state: State) => state.firstReadings.get('vb1')?.isOver;
	assert.equal(start.servers[0]!.snapshot.scope, start.scope);
	assert.deepEqual([fits(at(second)), fits(at(120 * second)), fits(at(121 * second))], [false, false, true]);
});

test('what changed is scrolled to its end and no further', () => {
	const many = Array.from({length: 30}, (_, index) => active({id: `n${index}`, createdAt: after(1) + index}));
	const state = pressed(answered(read(start), listed(many), later(10 * minute)), 'd');
	const top = (keys: string) => openLayer(pressed(state, keys).layers, 'report')!.top;
	const end = 30 - layout(state).detailRows;
	assert.deepEqual(['G', 'G j', 'G j k', 'k', 'pagedown'].map(keys => top(keys)), [end, end, end - 1, 0, Math.min(end, layout(state).detailRows)]);
});

test('what is open stays as it was when it was asked for', () => {
	const state = pressed(read(start), 'd');
	const changed = answered(state, listed([failed]), later(10 * minute));
	assert.deepEqual(reportOf(changed), reportOf(state));
});

test('the causes that are ignored are listed, each with its server where there are several', () => {
	const ignored = [{serverId: 'vb1', key: 'a', text: 'Access is denied'}];
	const titled = commanded(stateOf({marks: {acknowledged: [], ignored}}), 'ignored');
	assert.deepEqual([reportOf(titled)?.title, linesOf(titled)], ['Ignored, never called new; :unignore all ends that', [' Access is denied']]);
	const several = commanded(stateOf({marks: {acknowledged: [], ignored: [...ignored, {serverId: 'vb2', key: 'b', text: 'Disk full'}]}}), 'ignored');
	assert.deepEqual(linesOf(several), [' vb1: Access is denied', ' vb2: Disk full']);
	assert.deepEqual(linesOf(commanded(stateOf(), 'ignored')), [' no cause is ignored']);
});
