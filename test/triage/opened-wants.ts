import {test, type TestContext} from 'node:test';
import {noEvidence, readKey, type Evidence} from '../../source/model/evidence.js';
import type {Session} from '../../source/model/session.js';
import {readsForOpened, type Opened} from '../../source/triage/pending-reads.js';
import type {Verdict} from '../../source/triage/verdicts/verdict.js';
import {day, hour, minute, now, running, session} from '../helpers/sessions.js';
import {motion} from '../helpers/verdict.js';
import {verdict} from '../helpers/verdicts.js';

const held = {rangeMs: day, now: now.server};
const opened = (troubled?: Session): Opened => ({jobId: 'j1', jobType: 'Backup', verdict: undefined, troubled});
const wanted = (what: Opened, evidence: Partial<Evidence> = {}) => readsForOpened(what, {...noEvidence, ...evidence}, held).map(want => readKey(want));
const historyReadAt = (readAt: number) => ({histories: new Map([['j1', {sessions: [], readAt}]])});
const problemsReadAt = (readAt: number) => ({logs: new Map([['s1', {problems: {items: [], isCut: false, readAt}}]])});

test('the history of the job that is open is read before all else, and not again', (t: TestContext) => {
	t.assert.deepStrictEqual(wanted(opened()), ['history j1']);
	t.assert.strictEqual(readsForOpened(opened(), noEvidence, held)[0]!.urgency, 'opened');
	t.assert.strictEqual(wanted(opened(), historyReadAt(now.server - hour)).length, 0);
});

test('a history that was read before the list begins is read again: between both nothing is known', (t: TestContext) => {
	t.assert.deepStrictEqual(wanted(opened(), historyReadAt(now.server - (2 * day))), ['history j1']);
});

const readFirst: ReadonlyArray<readonly [what: string, verdict: Verdict, wants: readonly string[]]> = [
	['a failure', verdict('failed', {session: session({status: 'Failed'}), isHistoryRead: false}), ['history j1', 'problems s1']],
	['a run that is quiet', verdict('running', {session: running({createdAt: now.server - hour}), motion: motion(10 * minute, {isLogRead: false})}), ['history j1', 'newest s1']],
	['a success', verdict('success'), ['history j1']],
];

for (const [what, about, wants] of readFirst) {
	test(`what the verdict on ${what} lacks is read before all else once it is open`, (t: TestContext) => {
		const first = readsForOpened({...opened(), verdict: about}, noEvidence, held);
		t.assert.deepStrictEqual(first.map(want => readKey(want)), wants);
		t.assert.ok(first.every(({urgency}) => urgency === 'opened'));
	});
}

test('a session that does not say its job has no history', (t: TestContext) => {
	t.assert.strictEqual(wanted({...opened(), jobId: undefined}).length, 0);
});

test('the problems of a finished session are read once after its end', (t: TestContext) => {
	const troubled = session({status: 'Success'});
	const read = historyReadAt(now.server);
	t.assert.deepStrictEqual(wanted(opened(troubled), read), ['problems s1']);
	t.assert.deepStrictEqual(wanted(opened(troubled), {...read, ...problemsReadAt(now.server - (31 * minute))}), ['problems s1']);
	t.assert.strictEqual(wanted(opened(troubled), {...read, ...problemsReadAt(now.server)}).length, 0);
});

test('those of a session that runs are wanted as long as it is open', (t: TestContext) => {
	const troubled = running();
	t.assert.deepStrictEqual(wanted(opened(troubled), {...historyReadAt(now.server), ...problemsReadAt(now.server)}), ['problems s1']);
});
