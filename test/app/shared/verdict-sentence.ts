import {test, type TestContext} from 'node:test';
import type {LogEvidence} from '../../../source/model/evidence.js';
import {verdictKinds, type Verdict, type VerdictKind} from '../../../source/triage/verdicts/verdict.js';
import {verdictSentence} from '../../../source/app/shared/verdict-words.js';
import {day, hour, job, logItem, minute, now, running, session} from '../../helpers/sessions.js';
import {cause, chain, motion, usual, verdict, wholeLog} from '../../helpers/verdict.js';

const at = now.server;
const read = wholeLog;
const part: LogEvidence = {newest: {items: wholeLog.problems!.items, readAt: at}};
const estimate = {endsAt: at + (17 * minute), band: undefined, basis: 'usual'} as const;
const failed = session({status: 'Failed', retryCount: 3});
const three = [session({id: 's2'}), session({id: 's3', status: 'Warning'}), session({id: 's4'})];

const told: ReadonlyArray<readonly [what: string, fields: Partial<Verdict> & Pick<Verdict, 'kind'>, sentence: string]> = [
	['no retry is left', {kind: 'failed', session: failed, chain: chain({attempts: [failed]}), causes: [cause()], log: read}, 'retry 3/3 failed at 01:44; no retry is left; Access is denied (12 lines, 2 objects)'],
	['its schedule has no retries', {kind: 'failed', session: session({status: 'Failed'}), chain: chain({most: 0})}, 'failed at 01:44; its schedule retries nothing'],
	['its log was not read', {kind: 'failed', session: failed, chain: chain({attempts: [failed]}), causes: [cause({count: 1})]}, 'retry 3/3 failed at 01:44; no retry is left; Access is denied'],
	['its log has no problems', {kind: 'failed', session: failed, chain: chain({attempts: [failed]}), causes: [cause({count: 1})], log: {newest: {items: [logItem()], readAt: at}}}, 'retry 3/3 failed at 01:44; no retry is left; Access is denied'],
	['its newest items alone were read', {kind: 'failed', session: failed, chain: chain({attempts: [failed]}), causes: [cause()], log: part}, 'retry 3/3 failed at 01:44; no retry is left; Access is denied (12 lines, 2 objects lately)'],
	['its log was read before it ended', {kind: 'failed', session: session({status: 'Failed', endedAt: at + 1}), chain: chain({most: 0}), causes: [cause()], log: read}, 'failed at 02:14; its schedule retries nothing; Access is denied (12 lines, 2 objects so far)'],
	['its log has more than is kept', {kind: 'warning', causes: [cause()], earlier: three, news: {fresh: [], known: [cause()], isSettled: true}, log: {problems: {...read.problems!, isCut: true}}}, '1 cause so far, known from its last 3 runs or ignored'],
	['the retry lapsed', {kind: 'failed', session: session({status: 'Failed', willBeRetried: true}), chain: chain()}, 'failed at 01:44; the retry that was announced did not come'],
	['missed', {kind: 'missed', missedAt: at - (44 * minute), job: job({lastRunAt: at - day})}, 'a run was due at 01:30, 44m ago, and none began; the last one began at Sun 02:14'],
	['missed, never run', {kind: 'missed', missedAt: at - (44 * minute)}, 'a run was due at 01:30, 44m ago, and none began; no earlier run is known'],
	['stuck', {kind: 'stuck', session: running(), motion: motion(38 * minute), stuckAfterMs: 30 * minute, spells: 3}, 'no object, byte, item or log line for 38m; this job\'s last 3 runs allow 30m'],
	['stuck, one run', {kind: 'stuck', session: running(), motion: motion(38 * minute), stuckAfterMs: 30 * minute, spells: 1}, 'no object, byte, item or log line for 38m; this job\'s last run allows 30m'],
	['stuck, first run', {kind: 'stuck', session: running(), motion: motion(38 * minute), stuckAfterMs: 30 * minute}, 'no object, byte, item or log line for 38m; stuck from 30m on, without an earlier run to go by'],
	['disconnected', {kind: 'disconnected', session: session({status: 'Disconnected'}), causes: [cause({text: 'Proxy is unreachable', count: 1, objects: []})]}, 'the run was cut off at 01:44; Proxy is unreachable'],
	['not configured', {kind: 'notConfigured', session: session({status: 'NotConfigured', endedAt: undefined})}, 'the job could not run'],
	['throttled', {kind: 'throttled', session: running(), motion: motion(minute), baseline: usual(), estimate}, 'Microsoft slows it down: throttling in its log in the last hour; runs for 1h00; usual 2h00, nine of ten runs 3h00 at most; ends ~02:32'],
	['late', {kind: 'late', session: running({createdAt: at - (4 * hour)}), baseline: usual(), late: {limitMs: 1, byMs: 15 * minute, pastUsualMs: 1}, estimate}, 'runs for 4h00; usual 2h00, nine of ten runs 3h00 at most; late by 15m; ends ~02:32'],
	['past its window', {kind: 'wontFit', session: running(), pastWindowMs: 40 * minute, window: {isOpen: true, closesAt: at + (226 * minute), opensAt: undefined}, estimate: {...estimate, endsAt: at + (266 * minute)}}, 'ends ~06:41, ~40m after its backup window closes at 06:00; runs for 1h00'],
	['waiting', {kind: 'waiting', waitedMs: 45 * minute}, 'in the queue for 45m; more than 30m is too long'],
	['behind', {kind: 'behind', behind: {copiedAt: at - (2 * day), sourceAt: at - hour, lagMs: 47 * hour}}, 'the newest good copy ended Sat 02:14; the newest good run of its source 01:14; 1d23h behind, more than its schedule allows'],
	['never copied', {kind: 'behind', behind: {copiedAt: undefined, sourceAt: at - hour, lagMs: 9 * hour}}, 'no good copy is known; the newest good run of its source 01:14; 9h00 behind, more than its schedule allows'],
	['retrying', {kind: 'retrying', session: session({status: 'Failed'}), chain: chain({outcome: 'retrying', nextAt: at + (4 * minute)}), causes: [cause()], log: read}, 'failed at 01:44; retry 1/3 in ~4m; Access is denied (12 lines, 2 objects)'],
	['retry due', {kind: 'retrying', session: session({status: 'Failed'}), chain: chain({outcome: 'retrying', nextAt: at - (4 * minute)})}, 'failed at 01:44; retry 1/3 was due 4m ago'],
	['retry announced', {kind: 'retrying', session: session({status: 'Failed'}), chain: chain({outcome: 'retrying', most: undefined})}, 'failed at 01:44; retry 1 is announced'],
	['one more retry than the schedule has', {kind: 'retrying', session: failed, chain: chain({outcome: 'retrying', attempts: [failed]})}, 'retry 3/3 failed at 01:44; retry 4 is announced'],
	['a new warning', {kind: 'newWarning', earlier: three, causes: [cause()], news: {fresh: [cause(), cause({key: 'b'})], known: [cause({key: 'c'})], isSettled: true}, log: read}, 'new against its last 3 runs: Access is denied (12 lines, 2 objects); 1 more new; 1 known'],
	['a new warning of a first run', {kind: 'newWarning', causes: [cause()], news: {fresh: [cause()], known: [], isSettled: true}, log: read}, 'new, with no earlier run to compare with: Access is denied (12 lines, 2 objects)'],
	['retrying after warnings', {kind: 'retrying', session: session({status: 'Warning'}), chain: chain({outcome: 'retrying', nextAt: at + (4 * minute)})}, 'ended with warnings at 01:44; retry 1/3 in ~4m'],
	['recovered with warnings', {kind: 'recovered', session: session({status: 'Warning'}), recoveredFrom: session({status: 'Failed'})}, 'ran since, with warnings; but it had ended Failed at 01:44; Transferred: 3.4 GB (51000 items) at 1.9 MB/s (28 items/s)'],
	['recovered', {kind: 'recovered', recoveredFrom: session({status: 'Failed', details: 'Access is denied'})}, 'well again; but it had ended Failed at 01:44; Access is denied'],
	['running', {kind: 'running', session: running(), motion: motion(0), baseline: usual(), estimate: {...estimate, band: {from: at + (10 * minute), until: at + (40 * minute)}}}, 'runs for 1h00; usual 2h00, nine of ten runs 3h00 at most; ends ~02:25 to ~02:55'],
	['running, quiet', {kind: 'running', session: running(), motion: motion(38 * minute, {isLogRead: false}), isHistoryRead: false, pending: 2}, 'runs for 1h00; its history is not read yet; quiet for 38m, log not read yet; not certain yet, 2 things still to be read'],
	['running, no baseline', {kind: 'running', session: running()}, 'runs for 1h00; no baseline: fewer than 5 runs'],
	['running, Full', {kind: 'running', session: running({kind: 'Full'}), incremental: usual()}, 'runs for 1h00; a Full run, without a baseline; Incremental ones take 2h00'],
	['a retry runs', {kind: 'running', session: running({retryCount: 1}), chain: chain({attempts: [failed, running({retryCount: 1})]})}, 'retry 1/3 runs for 1h00; no baseline: fewer than 5 runs'],
	['unknown', {kind: 'other', session: session({status: 'Hibernating', details: 'Zzz'})}, 'a status that is not known here; Zzz'],
	['running, quiet, not watched for long', {kind: 'running', session: running(), motion: motion(38 * minute, {isWatched: false}), stuckAfterMs: 30 * minute, baseline: usual()}, 'runs for 1h00; usual 2h00, nine of ten runs 3h00 at most; quiet for 38m, stuck unless something moves while it is watched for two minutes'],
	['running after a failure', {kind: 'running', session: running(), motion: motion(0), baseline: usual(), earlier: [failed]}, 'runs for 1h00; usual 2h00, nine of ten runs 3h00 at most; the run before failed at 01:44'],
	['queued after a failure', {kind: 'queued', waitedMs: 4 * minute, earlier: [session({status: 'Disconnected'})]}, 'in the queue for 4m; the run before was cut off at 01:44'],
	['stopped after a failure', {kind: 'stopped', session: session({status: 'Stopped', details: 'Stopped by admin'}), earlier: [failed]}, 'stopped at 01:44; Stopped by admin; the run before failed at 01:44'],
	['queued', {kind: 'queued', waitedMs: 4 * minute}, 'in the queue for 4m'],
	['known', {kind: 'warning', causes: [cause()], earlier: three, news: {fresh: [], known: [cause()], isSettled: true}, log: read}, '1 cause, known from its last 3 runs or ignored'],
	['ignored', {kind: 'warning', causes: [cause()], news: {fresh: [], known: [cause()], isSettled: true}, log: read}, '1 cause, ignored'],
	['no cause', {kind: 'warning', news: {fresh: [], known: [], isSettled: true}, log: read}, 'its log names no cause'],
	['not compared', {kind: 'warning', causes: [cause()], news: {fresh: [cause()], known: [], isSettled: false}, log: read, pending: 1}, '1 cause, not compared with earlier runs yet; not certain yet, 1 thing still to be read'],
	['log not read', {kind: 'warning'}, 'its log is not read yet'],
	['healed', {kind: 'healed', session: session({retryCount: 1}), chain: chain({outcome: 'healed', attempts: [session({status: 'Failed', endedAt: at - hour}), session({retryCount: 1})]})}, 'retry 1/3 succeeded at 01:44; the first attempt had failed at 01:14'],
	['success', {kind: 'success', baseline: usual()}, 'succeeded at 01:44; usual 2h00, nine of ten runs 3h00 at most'],
	['stopped', {kind: 'stopped', session: session({status: 'Stopped', details: 'Stopped by admin'})}, 'stopped at 01:44; Stopped by admin'],
];

for (const [what, fields, sentence] of told) {
	test(`why: ${what}`, (t: TestContext) => {
		t.assert.strictEqual(verdictSentence(verdict(fields), {now: at, zone: 'UTC'}), sentence);
	});
}

test('every verdict has a sentence, whatever is missing', (t: TestContext) => {
	t.assert.deepStrictEqual(verdictKinds.filter(kind => told.every(([, fields]) => fields.kind !== kind)), []);
	for (const kind of verdictKinds) {
		for (const its of [session(), running(), undefined]) {
			const words = verdictSentence(verdict({kind, session: its, isHistoryRead: false}), {now: at, zone: 'UTC'});
			t.assert.doesNotMatch(words, /undefined|NaN|^; |; $|^$/v, kind);
		}
	}
});

const certain: ReadonlySet<VerdictKind> = new Set(['failed', 'missed', 'disconnected', 'notConfigured', 'retrying']);

for (const kind of verdictKinds) {
	test(`while things are still to be read, ${kind} is ${certain.has(kind) ? 'certain: they only say why' : 'not certain'}`, (t: TestContext) => {
		const sentence = verdictSentence(verdict({kind, pending: 2}), {now: at, zone: 'UTC'});
		t.assert.match(sentence, /2 things still to be read$/v);
		t.assert.strictEqual(sentence.includes('not certain yet, 2 things'), !certain.has(kind), sentence);
	});
}
