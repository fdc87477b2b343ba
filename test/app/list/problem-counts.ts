import {test, type TestContext} from 'node:test';
import type {PendingRead} from '../../../source/model/evidence.js';
import type {Triage} from '../../../source/triage/triage.js';
import type {Shared} from '../../../source/triage/causes/shared-causes.js';
import type {VerdictKind} from '../../../source/triage/verdicts/verdict.js';
import {cellWidth} from '../../../source/ui/text/fit-cell.js';
import {problemsLine, sharedWords, type ProblemsOptions} from '../../../source/app/list/problem-counts.js';
import type {Row} from '../../../source/app/shared/rows/rows.js';
import {row, running, snapshot, textOf} from '../../helpers/sessions.js';
import {cause, verdict} from '../../helpers/verdicts.js';

const job = (kind: VerdictKind, fields: Partial<Row> = {}) => row({}, {verdict: verdict(kind), isProblem: true, isAcknowledged: false, ...fields});
const works = (bottleneck: string) => row(running({statistics: {bottleneck}}), {verdict: verdict('running'), isProblem: false});

const want = (sessionId: string): PendingRead => ({kind: 'log', sessionId, part: 'problems', urgency: 'problem'});
const triage = (fields: Partial<Triage> = {}): Triage => ({serverId: 'vb1', verdicts: [], shared: [], pendingReads: [], anchors: new Map(), ...fields});
const shared = (fields: Partial<Shared> = {}): Shared => ({cause: cause('AADSTS700027: certificate expired'), jobs: 9, sessions: [], by: {of: 'organization', id: 'o1'}, ...fields});

const line = (options: Partial<ProblemsOptions> = {}) =>
	textOf(problemsLine({rows: [], triages: [triage()], snapshots: [snapshot()], isLoading: false, width: 79, ...options}));

const cases: ReadonlyArray<readonly [what: string, options: Partial<ProblemsOptions>, words: string]> = [
	['nothing', {}, ' all quiet'],
	['nothing while loading', {isLoading: true}, ''],
	['nothing, with a log still to be read', {triages: [triage({pendingReads: [want('s1')]})]}, ' no problem so far ... 1 to read'],
	['problems by kind, in the order of need', {rows: [job('late'), job('stuck'), job('newWarning'), job('late')]}, ' stuck 1  late 2  new warning 1'],
	['no acknowledged one', {rows: [job('failed', {isAcknowledged: true}), job('late')]}, ' late 1'],
	['that all were acknowledged', {rows: [job('failed', {isAcknowledged: true}), job('late', {isAcknowledged: true})]}, ' nothing new, 2 acknowledged'],
	['no job without a problem', {rows: [job('running', {isProblem: false}), job('late')]}, ' late 1'],
	['problems and what is still to be read, on all servers', {rows: [job('late')], triages: [triage({pendingReads: [want('s1')]}), triage({pendingReads: [want('s1'), want('s2')]})]}, ' late 1 ... 3 to read'],
	['what slows down the runs', {rows: [works('Target'), works('Source'), works('Source'), works('NA'), job('late')]}, ' late 1 ... bottleneck Source 2, Target 1'],
];

for (const [what, options, words] of cases) {
	test(`the line of problems tells ${what}`, (t: TestContext) => {
		t.assert.strictEqual(line(options).trimEnd().replace(/ {4,}/v, ' ... '), words);
	});
}

test('what slows down the runs leaves first, then how much is to be read stays', (t: TestContext) => {
	const options = {rows: [job('late'), works('Source')], triages: [triage({pendingReads: [want('s1')]})]};
	t.assert.match(line({...options, width: 79}), /^ late 1 +bottleneck Source 1 {2}1 to read$/v);
	t.assert.match(line({...options, width: 24}), /^ late 1 +1 to read$/v);
});

test('a cause that several jobs share stands beside the counts', (t: TestContext) => {
	const options = {rows: [job('failed')], triages: [triage({shared: [shared(), shared({jobs: 2})]})]};
	t.assert.strictEqual(line({...options, width: 110}).trimEnd(), ' failed 1   9 jobs, one cause: AADSTS700027: certificate expired, organization contoso.onmicrosoft.com');
	const reading = [triage({shared: [shared()], pendingReads: [want('s1')]})];
	t.assert.match(line({...options, triages: reading, width: 90}), /^ failed 1 {3}9 jobs, one cause: AADSTS.* 1 to read$/v);
	t.assert.match(line({...options, width: 60}), /^ failed 1 {3}9 jobs, one cause: AADSTS7000\.\., contoso\.onmic/v);
});

const sentences: ReadonlyArray<readonly [group: Shared, words: string]> = [
	[shared(), '9 jobs, one cause: AADSTS700027: certificate expired, organization contoso.onmicrosoft.com'],
	[shared({by: {of: 'proxy', id: 'p1'}}), '9 jobs, one cause: AADSTS700027: certificate expired, proxy vbp-01'],
	[shared({by: {of: 'repository', id: 'r1'}}), '9 jobs, one cause: AADSTS700027: certificate expired, repository repo-01'],
	[shared({by: {of: 'repository', id: '3d000000-1111-2222'}}), '9 jobs, one cause: AADSTS700027: certificate expired, repository 3d000000'],
	[shared({by: undefined}), '9 jobs, one cause: AADSTS700027: certificate expired'],
];

for (const [group, words] of sentences) {
	test(`a shared cause is told with what the jobs have in common: ${words}`, (t: TestContext) => {
		const triages = [triage({shared: [group, shared({jobs: 2})]})];
		t.assert.strictEqual(sharedWords(triages, [snapshot()], 200), words);
	});
}

test('of several servers the cause of most jobs is told, its place by the names of that server', (t: TestContext) => {
	const there = snapshot({serverId: 'vb2', organizations: new Map([['o1', {id: 'o1', name: 'fabrikam'}]])});
	const words = sharedWords([triage({shared: [shared()]}), triage({shared: [shared({jobs: 10})]})], [snapshot(), there], 200);
	t.assert.strictEqual(words, '10 jobs, one cause: AADSTS700027: certificate expired, organization fabrikam');
});

test('a sentence that would say nothing is left out', (t: TestContext) => {
	const triages = [triage({shared: [shared()]})];
	t.assert.strictEqual(sharedWords(triages, [snapshot()], 43), undefined);
	t.assert.strictEqual(sharedWords([triage()], [snapshot()], 200), undefined);
});

test('counts that do not fit are added up', (t: TestContext) => {
	const options = {rows: [job('failed'), job('missed'), job('stuck'), job('late'), job('late')]};
	t.assert.deepStrictEqual([40, 34, 24].map(width => line({...options, width}).trimEnd()), [
		' failed 1  missed 1  stuck 1  late 2', ' failed 1  missed 1  more 3', ' failed 1  more 4',
	]);
});

test('the line is as wide as it should be, at any width', (t: TestContext) => {
	const options: ProblemsOptions = {rows: [job('late'), works('Source')], triages: [triage({pendingReads: [want('s1')]})], snapshots: [snapshot()], isLoading: false, width: 0};
	for (let width = 39; width <= 199; width++) {
		t.assert.strictEqual(cellWidth(problemsLine({...options, width})), width);
	}
});
