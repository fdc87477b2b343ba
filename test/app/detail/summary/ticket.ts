import {test, type TestContext} from 'node:test';
import {unreadable} from '../../../../source/model/field.js';
import {verdictKinds} from '../../../../source/triage/verdicts/verdict.js';
import {ticketText, type TicketContext} from '../../../../source/app/detail/summary/ticket.js';
import {byId, day, job, minute, now, row, running, session, snapshot, v6Lacks} from '../../../helpers/sessions.js';
import {earlier, stuckOptions} from '../../../helpers/summary.js';
import {cause, chain, usual, verdict, wholeLog} from '../../../helpers/verdict.js';

const at = now.server;
const context: TicketContext = {
	snapshot: snapshot({proxies: byId({id: 'p1', name: 'vbp-01', status: 'Offline'}), repositories: byId({id: 'r1', name: 'repo-01', outOfOrderReason: 'Disk is full'})}),
	now: at, zone: 'Europe/Berlin', waitingReads: 17,
};

test('a failed run with its chain, causes and places', (t: TestContext) => {
	const main = session({status: 'Failed', createdAt: at - (70 * minute), endedAt: at - (65 * minute)});
	const last = session({id: '7c1f0e52-3d1b-4c3e-9a57-2f1f5d1c9e2a', status: 'Failed', retryCount: 1, mainSessionId: 's1', details: '12 objects failed'});
	const its = row(last, {job: job()});
	const objects = Array.from({length: 12}, (_, index) => `user${index + 1}@contoso.example`);
	const known = cause({key: 'b', severity: 'Warning', text: 'Folder is too large', count: 1, objects: []});
	const about = verdict({
		kind: 'failed', session: last, job: its.job, chain: chain({attempts: [main, last], outcome: 'failed', most: 1}), baseline: usual(), earlier, pending: 2,
		causes: [cause({objects}), known], news: {fresh: [cause({objects})], known: [known], isSettled: true}, log: wholeLog,
	});
	t.assert.deepStrictEqual(ticketText(its, about, context).split('\n'), [
		'Server:         vb365-prod (v8)',
		'Job:            Contoso Mail',
		'Job type:       Backup',
		'Kind:           Incremental',
		'Organization:   contoso.onmicrosoft.com',
		'Status:         Failed',
		'Verdict:        failed; retry 1/1 failed at 02:44; no retry is left; Access is denied (12 lines, 12',
		'                objects); 2 things still to be read',
		'Started:        Mon 23 Nov 02:14:37 CET',
		'Ended:          Mon 23 Nov 02:44:37 CET',
		'Duration:       30m00s',
		'Usual:          2h00, nine of ten 3h00 at most, of 14 Incremental runs',
		'Attempts:       first run: Failed, Mon 23 Nov 02:04:37 CET to Mon 23 Nov 02:09:37 CET',
		'                retry 1 of 1: Failed, Mon 23 Nov 02:14:37 CET to Mon 23 Nov 02:44:37 CET',
		'Statistics:     Processing rate 1.9 MB/s, Item rate 28 items/s, Read rate 2.0 MB/s, Write rate 1.0',
		'                MB/s, Transferred 3.4 GB, Objects 310, Items processed 51,000, Bottleneck Source (as',
		'                reported)',
		'Causes:         new Error x12: Access is denied',
		...objects.slice(0, 10).map(object => `                  ${object}`),
		'                  and 2 more',
		'                known Warning x1: Folder is too large',
		'Details:        12 objects failed',
		'Repository:     repo-01',
		'Proxy:          vbp-01',
		'Trouble:        the proxy vbp-01: it is Offline',
		'                the repository repo-01: Disk is full',
		'Session id:     7c1f0e52-3d1b-4c3e-9a57-2f1f5d1c9e2a',
		'Job id:         j1',
		'Retry of:       s1',
		'Taken:          Mon 23 Nov 03:14:37 CET',
		'                still to be read: 2 things of this job, 17 in all',
	]);
});

test('a run that is stuck goes on', (t: TestContext) => {
	const {row: its, verdict: about} = stuckOptions();
	const text = ticketText(its, about, context);
	t.assert.match(text, /^Verdict: {8}stuck; no object, byte, item or log line for 38m; this job's last 3 runs allow 30m$/mv);
	t.assert.match(text, /^Ended: {10}still active$/mv);
	t.assert.match(text, /^Duration: {7}4h00m00s so far$/mv);
});

test('an estimate is ours, in the zone', (t: TestContext) => {
	const its = row(running());
	const about = verdict({kind: 'running', session: its.session, estimate: {endsAt: at + (17 * minute), band: undefined, basis: 'usual'}});
	t.assert.match(ticketText(its, about, context), /^Estimate: {7}ends ~03:32 CET \(our estimate\)$/mv);
});

test('a job without a session', (t: TestContext) => {
	const its = job({lastRunAt: at - day, nextRunAt: at - (44 * minute), lastBackupAt: at - day});
	const {session: _, ...idle} = row({}, {job: its});
	const about = verdict({kind: 'missed', session: undefined, job: its, missedAt: at - (44 * minute)});
	t.assert.deepStrictEqual(ticketText({...idle, session: undefined}, about, {...context, snapshot: snapshot()}).split('\n'), [
		'Server:         vb365-prod (v8)',
		'Job:            Contoso Mail',
		'Job type:       Backup',
		'Organization:   contoso.onmicrosoft.com',
		'Status:         no session in range',
		'Verdict:        missed; a run was due at 02:30, 44m ago, and none began; the last one began at Sun',
		'                03:14',
		'Due:            Mon 23 Nov 02:30:37 CET',
		'Last good end:  Sun 22 Nov 03:14:37 CET',
		'Usual:          no baseline: fewer than 5 runs',
		'Repository:     repo-01',
		'Proxy:          vbp-01',
		'Job id:         j1',
		'Taken:          Mon 23 Nov 03:14:37 CET',
	]);
});

test('the ticket of a missed job knows the run before', (t: TestContext) => {
	const its = job({lastRunAt: at - day, lastStatus: 'Warning', nextRunAt: at - (44 * minute), lastBackupAt: undefined});
	const last = session({status: 'Warning', createdAt: at - day, endedAt: at - day + (60 * minute)});
	const {session: _, ...idle} = row({}, {job: its});
	const about = verdict({kind: 'missed', session: last, job: its, missedAt: at - (44 * minute), chain: chain({attempts: [last]})});
	const text = ticketText({...idle, session: undefined}, about, context);
	t.assert.match(text, /^Status: {9}no run since it was due$/mv);
	t.assert.match(text, /^Last good end: {2}Sun 22 Nov 04:14:37 CET$/mv);
});

test('a row without a verdict, and one whose verdict is on a newer run', (t: TestContext) => {
	t.assert.match(ticketText(row(), undefined, context), /^Verdict: {8}none: not among the jobs watched now$/mv);
	const about = verdict({kind: 'stuck', session: running({id: 's9'}), causes: [cause()]});
	const text = ticketText(row(), about, context);
	t.assert.match(text, /^Verdict: {8}of the newest run of the job, not of this one: stuck; /mv);
	t.assert.doesNotMatch(text, /^Causes/mv);
});

test('what the version lacks is said', (t: TestContext) => {
	const text = ticketText(row(), undefined, {...context, snapshot: snapshot({version: 'v6', lacks: v6Lacks})});
	t.assert.match(text, /^Kind: {11}not in v6$/mv);
	t.assert.match(text, /^Proxy: {10}not in v6$/mv);
});

test('whatever a server says, lines have 100 columns at most and no control characters', (t: TestContext) => {
	const evil = 'a\u{1B}[31m\nb\r\u{9B}\u{2028}c '.repeat(60);
	const its = row({details: evil, mainSessionId: 'x'.repeat(500), statistics: {transferredBytes: unreadable, bottleneck: evil}}, {jobName: evil, organization: unreadable});
	const causes = Array.from({length: 50}, (_, index) => cause({key: String(index), text: evil, objects: Array.from({length: 30}, () => evil)}));
	for (const kind of verdictKinds) {
		const lines = ticketText(its, verdict({kind, session: its.session, causes, recoveredFrom: session({details: evil})}), context).split('\n');
		t.assert.deepStrictEqual(lines.filter(line => line.length > 100 || /[\p{Control}\u{2028}]|undefined|NaN/v.test(line)), [], kind);
	}
});
