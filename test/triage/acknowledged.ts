import {test, type TestContext} from 'node:test';
import {acknowledgedOf, isAcknowledged} from '../../source/triage/acknowledged.js';
import type {Verdict, VerdictKind} from '../../source/triage/verdicts/verdict.js';
import {minute, now, session} from '../helpers/sessions.js';
import {cause, problems, verdict} from '../helpers/verdicts.js';

const news = (...texts: readonly string[]) => ({news: {fresh: texts.map(text => cause(text)), known: [], isSettled: true}});

const behind = (copiedAt: number) => ({copiedAt, sourceAt: now.server, lagMs: minute});

type Case = readonly [what: string, kind: VerdictKind, seen: Partial<Verdict>, later: Partial<Verdict>, isSeen: boolean];

const cases: readonly Case[] = [
	['nothing changed', 'failed', {}, {}, true],
	['it is of another session', 'failed', {}, {session: session({id: 's2'})}, false],
	['it is of another job', 'failed', {}, {jobId: 'j2'}, false],
	['it is of another server', 'failed', {}, {serverId: 'vb2'}, false],
	['it is a problem of another kind', 'late', {}, {kind: 'stuck'}, false],
	['its log was read, and says why', 'failed', {causes: [cause('Job failed')]}, {causes: [cause('Access is denied')], log: problems(), ...news('Access is denied')}, true],
	['its log says more than before', 'stuck', {causes: [cause('Server busy')]}, {causes: [cause('Access is denied'), cause('Server busy')]}, true],
	['it is silent for longer', 'stuck', {motion: {quietMs: 30 * minute, isLogRead: true, isWatched: true, now: undefined}}, {}, true],
	['the warning is the same', 'newWarning', news('Access is denied', 'Disk full'), news('Access is denied'), true],
	['the warning is another one', 'newWarning', news('Access is denied'), news('Disk full'), false],
	['the run is still missed', 'missed', {session: undefined, missedAt: now.server}, {session: session({id: 's2'}), missedAt: now.server}, true],
	['another run was missed', 'missed', {session: undefined, missedAt: now.server}, {session: undefined, missedAt: now.server + minute}, false],
	['it succeeded once more', 'recovered', {recoveredFrom: session({id: 'bad'})}, {session: session({id: 's2'}), recoveredFrom: session({id: 'bad'})}, true],
	['it failed and recovered again', 'recovered', {recoveredFrom: session({id: 'bad'})}, {recoveredFrom: session({id: 'worse'})}, false],
	['it failed, and is well again', 'failed', {session: session({id: 'bad'})}, {kind: 'recovered', recoveredFrom: session({id: 'bad'})}, true],
	['it failed, and another failure is well again', 'failed', {session: session({id: 'bad'})}, {kind: 'recovered', recoveredFrom: session({id: 'worse'})}, false],
	['its last copy left the range', 'behind', {behind: behind(minute)}, {session: undefined, behind: behind(minute)}, true],
	['it had caught up since', 'behind', {session: undefined, behind: behind(minute)}, {session: undefined, behind: behind(2 * minute)}, false],
	['it has no job', 'failed', {jobId: undefined}, {jobId: undefined}, true],
];

for (const [what, kind, seen, later, isSeen] of cases) {
	test(`a ${kind} that was acknowledged ${isSeen ? 'stays so' : 'is a new problem'} when ${what}`, (t: TestContext) => {
		const remembered = [verdict('queued'), verdict(kind, seen)].map(one => acknowledgedOf(one));
		t.assert.strictEqual(isAcknowledged(verdict(kind, later), remembered), isSeen);
	});
}

test('nothing is acknowledged at first', (t: TestContext) => {
	t.assert.strictEqual(isAcknowledged(verdict('failed'), []), false);
});

test('a missed run is remembered by when it was due', (t: TestContext) => {
	const remembered = acknowledgedOf(verdict('missed', {missedAt: 1000, session: undefined}));
	t.assert.deepStrictEqual(remembered, {serverId: 'vb1', jobId: 'j1', kind: 'missed', cause: '', seenIn: 'due 1000'});
});
