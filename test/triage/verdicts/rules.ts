import {test, type TestContext} from 'node:test';
import {noEvidence, readKey} from '../../../source/model/evidence.js';
import type {Session} from '../../../source/model/session.js';
import {pendingReadsOf} from '../../../source/triage/pending-reads.js';
import {triageOf} from '../../../source/triage/triage.js';
import {fallbackKind, verdictKinds, verdictRules, type Verdict, type VerdictKind} from '../../../source/triage/verdicts/verdict.js';
import {byId, day, hour, job, minute, now, running, session} from '../../helpers/sessions.js';
import {motion} from '../../helpers/verdict.js';
import {evidence, facts, line, problems, verdict} from '../../helpers/verdicts.js';

const at = now.server;
const ended = (status: string): Partial<Verdict> => ({session: session({status})});
const active: Partial<Verdict> = {session: running({createdAt: at - hour}), motion: motion(10 * minute, {isLogRead: false})};
const queued: Partial<Verdict> = {session: running({status: 'Queued'})};

const failure = ['problems s1', 'history j1'];
const silence = ['newest s1', 'history j1'];
const nothing: readonly string[] = [];

/** What is read for each kind of verdict of which nothing was read yet. */
const needs: Readonly<Record<VerdictKind, readonly [fields: Partial<Verdict>, reads: readonly string[]]>> = {
	failed: [ended('Failed'), failure],
	missed: [ended('Warning'), failure],
	stuck: [active, silence],
	disconnected: [ended('Disconnected'), failure],
	notConfigured: [ended('NotConfigured'), nothing],
	throttled: [active, silence],
	late: [active, silence],
	wontFit: [active, silence],
	waiting: [queued, nothing],
	behind: [active, silence],
	retrying: [ended('Failed'), failure],
	newWarning: [ended('Warning'), failure],
	recovered: [ended('Warning'), failure],
	running: [active, silence],
	other: [ended('Updating'), failure],
	queued: [queued, nothing],
	warning: [ended('Warning'), failure],
	healed: [ended('Success'), nothing],
	success: [ended('Success'), nothing],
	stopped: [ended('Stopped'), nothing],
};

for (const kind of verdictKinds) {
	const [fields, reads] = needs[kind];
	test(`what is read for ${kind}: ${reads.length === 0 ? 'nothing' : reads.join(', ')}`, (t: TestContext) => {
		const found = pendingReadsOf([verdict(kind, fields)], noEvidence, {rangeMs: day, now: at});
		t.assert.deepStrictEqual(found.reads.map(read => readKey(read)), reads);
	});
}

test('a verdict on a run that succeeded since it failed, on one missed and on a copy behind reads nothing of a success', (t: TestContext) => {
	const found = pendingReadsOf((['recovered', 'missed', 'behind'] as const).map(kind => verdict(kind)), noEvidence, {rangeMs: day, now: at});
	t.assert.deepStrictEqual(found.reads, []);
});

test('the fallback holds for nothing by itself', (t: TestContext) => {
	t.assert.strictEqual(verdictRules[fallbackKind].holds(verdict(fallbackKind, ended('Updating'))), false);
});

/** The jobs that share a cause, of two whose newest runs ended like this. */
function sharing(status: string, fields: Partial<Session> = {}, jobs = byId(job(), job({id: 'j2'}))): readonly [kinds: string, shared: number] {
	const run = (id: string, jobId: string) => session({id, jobId, status, endedAt: at - minute, ...fields});
	const read = evidence(undefined, {s1: problems(line(hour, 'Access is denied', 'Error')), s2: problems(line(hour, 'Access is denied', 'Error'))});
	const {verdicts, shared} = triageOf({...facts({jobs, sessions: [run('s1', 'j1'), run('s2', 'j2')], evidence: read}), repositories: new Map(), proxies: new Map()}, undefined);
	return [verdicts.map(({kind}) => kind).join(' '), shared.length];
}

test('runs that failed, and runs that are retried, share their causes; known warnings and copies that are behind do not', (t: TestContext) => {
	t.assert.deepStrictEqual(sharing('Failed'), ['failed failed', 1]);
	t.assert.deepStrictEqual(sharing('Failed', {willBeRetried: true}), ['retrying retrying', 1]);
	t.assert.deepStrictEqual(sharing('Warning'), ['warning warning', 0]);
	const copy = (id: string) => job({id, type: 'Copy', schedule: 'immediate', backupJobId: 'source', lastBackupAt: at - (9 * day)});
	t.assert.deepStrictEqual(sharing('Warning', {endedAt: at - (9 * day)}, byId(copy('j1'), copy('j2'), job({id: 'source', lastBackupAt: at - (8 * day)}))), ['behind behind', 0]);
});

const began: ReadonlyArray<readonly [kind: VerdictKind, fields: Partial<Verdict>, ago: number | undefined]> = [
	['missed', {missedAt: at - (44 * minute)}, 44],
	['stuck', {motion: motion(38 * minute)}, 38],
	['throttled', active, 0],
	['late', {session: running({createdAt: at - hour}), late: {limitMs: 40 * minute, byMs: 20 * minute, pastUsualMs: 30 * minute}}, 20],
	['wontFit', {window: {isOpen: true, opensAt: undefined, closesAt: at + (30 * minute)}}, -30],
	['waiting', queued, 0],
	['behind', {behind: {copiedAt: at - day, sourceAt: at - hour, lagMs: hour}}, 60],
	['failed', ended('Failed'), undefined],
	['recovered', ended('Success'), undefined],
];

for (const [kind, fields, ago] of began) {
	test(`the problem of ${kind} ${ago === undefined ? 'is the end of its session' : `began ${ago} minutes ago`}`, (t: TestContext) => {
		const from = verdictRules[kind].problemAt?.(verdict(kind, fields), at);
		t.assert.strictEqual(from === undefined ? undefined : (at - from) / minute, ago);
	});
}
