import {test, type TestContext} from 'node:test';
import {ServerFault} from '../../source/model/errors.js';
import type {Snapshot} from '../../source/model/snapshot.js';
import {MonitorScreen} from '../../source/app/monitor-screen.js';
import type {State} from '../../source/app/shared/state/state.js';
import {draw} from '../helpers/frame.js';
import {byId, day, hour, job, later, minute, now, running, second, seedNow, seedSnapshot, session, snapshot} from '../helpers/sessions.js';
import {verdict} from '../helpers/verdict.js';
import {atTime, pressed, trimmedLines, typed, viewState, withSelected, withVerdicts, type ViewServer} from '../helpers/view-state.js';

const jobs = byId(
	...['Contoso SharePoint', 'Northwind OneDrive', 'Contoso Teams', 'Fourth Coffee', 'Contoso OneDrive, all sales regions of the north'].map((name, index) => job({id: `j${index + 1}`, name})),
	job({id: 'j9', type: 'Copy', name: 'Copy of Adatum'}),
);

const none = {processedItems: 0, transferredBytes: 0};
const scenario = snapshot({
	jobs,
	sessions: [
		session({id: 's1', jobId: 'j9', jobType: 'Copy', status: 'Queued', createdAt: now.server - (157 * second), endedAt: undefined, progress: 0, statistics: none, details: undefined}),
		session({id: 's2', jobId: 'j1', status: 'Failed', createdAt: now.server - (41 * minute), endedAt: now.server - (39 * minute) - (58 * second), progress: 88, retryCount: 3, details: 'Access is denied', statistics: {transferredBytes: 1_288_490_188}}),
		running({id: 's3', jobId: 'j2', createdAt: now.server - (64 * minute), progress: 641, statistics: {transferredBytes: 42_305_427_866}}),
		session({id: 's4', jobId: '3d000000-1111', createdAt: now.server - (69 * minute), endedAt: now.server - (69 * minute) + (9 * second), progress: 1, statistics: none}),
		session({id: 's5', jobId: 'j3', status: 'Warning', createdAt: now.server - (4 * hour), endedAt: now.server - (129 * minute)}),
		running({id: 's6', jobId: 'j5', createdAt: now.server - (46 * hour), progress: 12_981, statistics: {transferredBytes: 2_199_023_255_552}}),
		session({id: 's7', jobId: 'j4', status: 'NotConfigured', createdAt: Date.UTC(2026, 10, 20, 22), endedAt: Date.UTC(2026, 10, 20, 22), progress: 0, statistics: none}),
	],
});

const stateOf = (...servers: readonly ViewServer[]) => viewState({servers});
const start = stateOf({snapshot: scenario});

const refused = {fault: new ServerFault('refused'), faultSince: now.monotonic - minute, nextTryAt: now.monotonic + (4 * second)};

/** The lines of the screen below its header. */
const linesOf = (state: State) => trimmedLines(state).slice(1);

/** What stands where rows would. */
const bodyOf = (state: State) => linesOf(state).slice(3, -4).filter(line => line !== '');

test('a night on 80x24, but for its header', (t: TestContext) => {
	const event = {at: now.server - (39 * second), text: 'Failed: Contoso SharePoint, Access is denied', tone: 'bad'} as const;
	t.assert.deepStrictEqual(linesOf({...withSelected(start, 'vb1/s2'), event}), [
		' Running 2  Queued 1  Failed 1  Warning 1  Success 1  Not configured 1',
		'-- 7 sessions, 24 h, all types ------------------------------------------------',
		'  STATUS         JOB                   TYPE   START v ELAPS OBJECTS   TRANSF RT',
		'  Queued         Copy of Adatum        Copy     02:12  2m37       0      0 B  0',
		'> Failed         Contoso SharePoint    Backup   01:33  1m02      88   1.2 GB  3',
		'  Running        Northwind OneDrive    Backup   01:10  1h04     641  39.4 GB  0',
		'  Success        3d000000 (job gone)   Backup   01:05    9s       1      0 B  0',
		'  Warning        Contoso Teams         Backup   22:14  1h51     310   3.4 GB  0',
		'  Running        Contoso On..the north Backup  21 Nov 1d22h  12,981   2.0 TB  0',
		'  Not configured Fourth Coffee         Backup  20 Nov    0s       0      0 B  0',
		...Array.from({length: 9}, () => ''),
		'-'.repeat(79),
		' Access is denied',
		' 02:13:58 Failed: Contoso SharePoint, Access is denied',
		' Enter open  / filter  t type  T status  n problem  l log  ? help  q quit',
	]);
});

test('the seed, but for its header', (t: TestContext) => {
	t.assert.deepStrictEqual(linesOf(viewState({servers: [{snapshot: seedSnapshot()}], now: seedNow})).slice(0, 6), [
		' Running 0  Queued 0  Failed 0  Warning 1  Success 2',
		'-- 3 sessions, 24 h, all types ------------------------------------------------',
		'  STATUS         JOB                   TYPE   START v ELAPS OBJECTS   TRANSF RT',
		'> Success        Contoso Mail          Backup   16:39    9s       1      0 B  0',
		'  Warning        Contoso Mail copy     Copy     16:38   24s       0 351.0 KB  3',
		'  Success        Contoso Mail          Backup   16:08  3m36      76  36.1 KB  0',
	]);
});

test('the row under the cursor is inverse as a whole', (t: TestContext) => {
	const styled = draw(t, <MonitorScreen state={withSelected(start, 'vb1/s3')}/>).styled();
	const inverse = styled.filter(line => line.includes('\u{1B}[7m')).map(line => line.replaceAll('\u{1B}[27m\u{1B}[7m', ''));
	t.assert.deepStrictEqual(inverse, ['\u{1B}[7m> Running        Northwind OneDrive    Backup   01:10  1h04     641  39.4 GB  0\u{1B}[27m']);
});

test('each frame has 24 lines of 79 columns at the most', (t: TestContext) => {
	for (const keys of [[], ['/', 'x'], ['t', 't'], ['G'], ['s', 'S']]) {
		const lines = draw(t, <MonitorScreen state={pressed(start, ...keys)}/>).lines();
		t.assert.strictEqual(lines.length, 24);
		t.assert.ok(Math.max(...lines.map(line => line.length)) <= 79);
	}
});

test('a filter is said above, and what it was typed as below', (t: TestContext) => {
	const lines = linesOf(typed(start, '/deni'));
	t.assert.strictEqual(lines[1]!.slice(0, 46), '-- 1 of 7 sessions, 24 h, filter "deni" ------');
	t.assert.strictEqual(lines[3]!.slice(0, 35), '> Failed         Contoso SharePoint');
	t.assert.match(lines.at(-1)!, /^ \/deni +1 of 7$/v);
});

test('a filter that is wrong in part says why beside what passes, and the rest of it narrows', (t: TestContext) => {
	const lines = linesOf(typed(start, '/deni dur>'));
	t.assert.strictEqual(lines[1]!.slice(0, 46), '-- 1 of 7 sessions, 24 h, filter "deni" ------');
	t.assert.match(lines.at(-1)!, /^ \/deni dur> +dur> wants a time such as 2h {2}1 of 7$/v);
});

test('a filter that passes nothing says so in the list\'s place', (t: TestContext) => {
	const state = pressed(typed(start, '/xyz'), 'enter');
	t.assert.deepStrictEqual(bodyOf(state), ['  None of the 7 sessions passes: filter "xyz".', '  Esc clears the filter.']);
	t.assert.strictEqual(linesOf(state).length, 23);
});

const empties: ReadonlyArray<readonly [what: string, scope: Snapshot['scope'], lines: readonly string[]]> = [
	['a day', {jobType: undefined, rangeMs: day}, ['  No session in the last 24 h on vb365-prod.', '  ] looks further back.']],
	['the longest range', {jobType: undefined, rangeMs: 30 * day}, ['  No session in the last 30 d on vb365-prod.', '  This is the longest range.']],
	['a longer range than those', {jobType: undefined, rangeMs: 90 * day}, ['  No session in the last 90 d on vb365-prod.', '  This is the longest range.']],
	['one type', {jobType: 'Copy', rangeMs: hour}, ['  No Copy session in the last 1 h on vb365-prod.', '  ] looks further back. t asks for all job types.']],
];

for (const [what, scope, expected] of empties) {
	test(`an empty list of ${what} says what was asked for`, (t: TestContext) => {
		t.assert.deepStrictEqual(bodyOf(stateOf({snapshot: snapshot({sessions: [], scope})})), expected);
	});
}

test('advice longer than the line is wrapped in an empty list', (t: TestContext) => {
	const state = stateOf({
		snapshot: snapshot({sessions: [], isLoading: true}),
		contact: {fault: new ServerFault('tlsFailed', 'vb365-prod:443 (EPROTO)'), lastGoodAt: undefined, nextTryAt: now.monotonic + (4 * second)},
	});
	t.assert.deepStrictEqual(bodyOf(state), [
		'  vb365-prod: no TLS there: vb365-prod:443 (EPROTO).',
		'  Check the port: this one does not speak TLS. The REST API listens on 4443',
		'  unless that was changed.',
		'  Next try in 4s; R tries now.',
	]);
	t.assert.strictEqual(linesOf(state).length, 23);
});

test('the range that is said is that of the sessions on screen', (t: TestContext) => {
	const ruleOf = (its: Snapshot) => linesOf(viewState({servers: [{snapshot: its}], rangeMs: 7 * day}))[1]!;
	t.assert.match(ruleOf(scenario), /^-- 7 sessions, 24 h, all types -/v);
	t.assert.match(ruleOf({...scenario, scope: {jobType: undefined, rangeMs: 7 * day}}), /^-- 7 sessions, 7 d, all types -/v);
});

test('many matches are counted in thousands', (t: TestContext) => {
	const sessions = Array.from({length: 1214}, (_, index) => session({id: `s${index + 1}`, createdAt: now.server - (index * second)}));
	t.assert.match(linesOf(pressed(stateOf({snapshot: snapshot({sessions})}), '/', 'o')).at(-1)!, /^ \/o +1,214 of 1,214$/v);
});

test('rows stay under a fault, with what to do about it', (t: TestContext) => {
	const lines = linesOf(stateOf({snapshot: scenario, contact: refused}));
	t.assert.match(lines[4]!, /Contoso SharePoint/v);
	t.assert.strictEqual(lines.at(-3), ' Check the port (4443 by default) and that the REST API service of the server is on.'.replace(/.{7}$/v, '..'));
	t.assert.strictEqual(lines.at(-2), ' 02:13:37 connection refused, next try in 4s');
});

test('a cursor below the window draws the window around it', (t: TestContext) => {
	const sessions = Array.from({length: 40}, (_, index) => session({id: `s${index + 1}`, createdAt: now.server - (index * minute)}));
	const lines = linesOf(withSelected(stateOf({snapshot: snapshot({sessions})}), 'vb1/s30'));
	t.assert.strictEqual(lines.slice(3, 19).filter(line => line.startsWith('>')).length, 1);
	t.assert.match(lines[18]!, /^> .* 01:45 /v);
});

test('a held order is said', (t: TestContext) => {
	const moved = pressed(start, 'j');
	t.assert.match(linesOf(moved).at(-2)!, /order held/v);
	t.assert.doesNotMatch(linesOf(atTime(moved, later(5000))).at(-2)!, /order held/v);
});

test('of a row without details it is said that there are none', (t: TestContext) => {
	t.assert.strictEqual(linesOf(withSelected(start, 'vb1/s1')).at(-3), ' The server gives no details of this session.');
});

const branch = snapshot({
	serverId: 'vb2', serverName: 'vb365-branch.contoso.example', version: 'v6', jobs: byId(job({name: 'Branch Mail'})),
	sessions: [running({serverId: 'vb2', createdAt: now.server - (50 * minute)}), session({serverId: 'vb2', id: 's2', createdAt: now.server - (5 * hour), endedAt: now.server - (4 * hour)})],
});
test('two servers on 80x24: one list, and the column that tells them apart', (t: TestContext) => {
	t.assert.deepStrictEqual(linesOf(stateOf({snapshot: scenario}, {snapshot: branch})).slice(0, 10), [
		' Running 3  Queued 1  Failed 1  Warning 1  Success 2  Not configured 1',
		'-- 9 sessions, 24 h, all types ------------------------------------------------',
		'  STATUS         JOB                   SERVER      TYPE   START v ELAPS OBJECTS',
		'> Queued         Copy of Adatum        vb365-prod  Copy     02:12  2m37       0',
		'  Failed         Contoso SharePoint    vb365-prod  Backup   01:33  1m02      88',
		'  Running        Branch Mail           vb365-bra.. Backup   01:24 50m00     310',
		'  Running        Northwind OneDrive    vb365-prod  Backup   01:10  1h04     641',
		'  Success        3d000000 (job gone)   vb365-prod  Backup   01:05    9s       1',
		'  Warning        Contoso Teams         vb365-prod  Backup   22:14  1h51     310',
		'  Success        Branch Mail           vb365-bra.. Backup   21:14  1h00     310',
	]);
});

test('rows of a server that is gone have what to do about it, those of the others their details', (t: TestContext) => {
	const state = stateOf({snapshot: scenario}, {snapshot: branch, contact: refused});
	const [fine, gone] = ['vb1/s2', 'vb2/s1'].map(key => linesOf(withSelected(state, key)));
	t.assert.strictEqual(fine!.at(-3), ' Access is denied');
	t.assert.match(gone!.at(-3)!, /^ Check the port/v);
	t.assert.strictEqual(gone!.at(-2), ' 02:13:37 vb365-branch.contoso.example: connection refused, next try in 4s');
});

test('a list of several servers loads while any of them does, but for one that cannot be read', (t: TestContext) => {
	const late = {snapshot: snapshot({serverId: 'vb2', isLoading: true, sessions: []})};
	const ruleOf = (other: ViewServer) => linesOf(stateOf({}, other))[1]!.slice(0, 25);
	t.assert.strictEqual(ruleOf(late), '-- loading, 1 so far -- 2');
	t.assert.strictEqual(ruleOf({...late, contact: {...refused, lastGoodAt: undefined}}), '-- 1 session, 24 h, all t');
});

test('an empty list of several servers says why of each', (t: TestContext) => {
	const empty = {sessions: []};
	const lines = linesOf(stateOf(
		{snapshot: snapshot(empty)},
		{snapshot: snapshot({...empty, serverId: 'vb2', serverName: 'vb-b', isLoading: true}), contact: {...refused, lastGoodAt: undefined}},
	));
	t.assert.deepStrictEqual(lines.slice(3, 7), [
		'  No session in the last 24 h on vb365-prod.',
		'  vb-b: connection refused. Next try in 4s; R tries now.',
		'  ] looks further back.',
		'',
	]);
});

test('problems that a filter hides are said above the list, but not those that are acknowledged', (t: TestContext) => {
	const verdicts = ['A', 'B', 'C', 'D', 'Quiet'].map((name, index) => verdict({
		kind: name === 'Quiet' ? 'success' : 'failed', jobId: `j${index}`, job: job({id: `j${index}`, name}), session: session({id: `s${index}`}),
	}));
	const state = withVerdicts(viewState({list: 'now'}), verdicts);
	const ruleOf = (its: State) => linesOf(its)[2]!;
	t.assert.match(ruleOf(typed(state, '/quiet')), / \+4 problems hidden /v);
	t.assert.match(ruleOf(typed(pressed(state, 'a'), '/quiet')), / \+3 problems hidden /v);
	t.assert.doesNotMatch(ruleOf(state), /hidden/v);
});

test('while there is no message, what is said of the row goes on in its line', (t: TestContext) => {
	const details = 'Failed to process site: https://contoso.sharepoint.com/sites/finance. The remote server returned an error: (404) Not Found.';
	const held: Snapshot = {...scenario, sessions: scenario.sessions.map(one => one.id === 's1' ? {...one, details} : one)};
	const state = withSelected(stateOf({snapshot: held}), 'vb1/s1');
	t.assert.deepStrictEqual(linesOf(state).slice(-3, -1), [
		' Failed to process site: https://contoso.sharepoint.com/sites/finance. The', ' remote server returned an error: (404) Not Found.',
	]);
	const event = {at: now.server, text: 'Started: Contoso Mail', tone: 'plain'} as const;
	t.assert.match(linesOf({...state, event}).at(-2)!, /Started: Contoso Mail$/v);
});
