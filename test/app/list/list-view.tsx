import {test, type TestContext} from 'node:test';
import type {ReactElement} from 'react';
import type {Connection} from '../../../source/model/connection.js';
import {ServerFault} from '../../../source/model/errors.js';
import type {Snapshot} from '../../../source/model/snapshot.js';
import {ListView, type ListViewProps} from '../../../source/app/list/list-view.js';
import {layoutOf} from '../../../source/app/shared/layout.js';
import {press} from '../../../source/app/press.js';
import {mergedRows, rowsOf} from '../../../source/app/shared/rows/rows.js';
import {initialScreen, type Screen} from '../../../source/app/screen-state.js';
import {visibleRows} from '../../../source/app/shared/rows/visible-rows.js';
import {draw} from '../../helpers/frame.js';
import {byId, connection, day, hour, job, minute, now, running, second, seedNow, seedSnapshot, server, session, snapshot} from '../../helpers/sessions.js';

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

const start = initialScreen({list: 'sessions', jobType: 'all', rangeMs: day, refreshMs: 5000});
const layout = layoutOf(80, 24);

type Given = Partial<ListViewProps> & {held?: Snapshot; connection?: Connection};

function view({held = scenario, connection: its = connection(), screen = start, ...props}: Given = {}): ReactElement {
	const servers = props.servers ?? [{snapshot: held, connection: its}];
	const rows = mergedRows(servers.map(({snapshot: one}) => one));
	return (
		<ListView
			servers={servers} triages={[]} rows={rows} visible={visibleRows(rows, screen, props.now ?? now)}
			screen={screen} layout={layout} event={undefined} now={now} zone='UTC' {...props}
		/>
	);
}

function pressed(keys: string): Screen {
	let state = start;
	for (const key of keys.split(' ')) {
		state = press(state, key === 'Space' ? ' ' : key, {rows: rowsOf(scenario), now, shownColumns: [], pageRows: layout.listRows, detailEnd: 0, helpEnd: 0});
	}

	return state;
}

const linesOf = (t: TestContext, ...given: Parameters<typeof view>) => draw(t, view(...given)).lines().map(line => line.trimEnd());

test('a night on 80x24, but for its header', (t: TestContext) => {
	const event = {at: now.server - (39 * second), text: 'Failed: Contoso SharePoint, Access is denied', tone: 'bad'} as const;
	t.assert.deepStrictEqual(linesOf(t, {event, screen: {...start, selectedKey: 'vb1/s2'}}), [
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
	t.assert.deepStrictEqual(linesOf(t, {held: seedSnapshot(), now: seedNow}).slice(0, 6), [
		' Running 0  Queued 0  Failed 0  Warning 1  Success 2',
		'-- 3 sessions, 24 h, all types ------------------------------------------------',
		'  STATUS         JOB                   TYPE   START v ELAPS OBJECTS   TRANSF RT',
		'> Success        Contoso Mail          Backup   16:39    9s       1      0 B  0',
		'  Warning        Contoso Mail copy     Copy     16:38   24s       0 351.0 KB  3',
		'  Success        Contoso Mail          Backup   16:08  3m36      76  36.1 KB  0',
	]);
});

test('the row under the cursor is inverse as a whole', (t: TestContext) => {
	const styled = draw(t, view({screen: {...start, selectedKey: 'vb1/s3'}})).styled();
	const inverse = styled.filter(line => line.includes('\u{1B}[7m')).map(line => line.replaceAll('\u{1B}[27m\u{1B}[7m', ''));
	t.assert.deepStrictEqual(inverse, ['\u{1B}[7m> Running        Northwind OneDrive    Backup   01:10  1h04     641  39.4 GB  0\u{1B}[27m']);
});

test('each frame has 23 lines of 79 columns at the most', (t: TestContext) => {
	const screens = [start, pressed('/ x'), pressed('t t'), pressed('G'), pressed('s S')];
	for (const screen of screens) {
		const lines = draw(t, view({screen})).lines();
		t.assert.strictEqual(lines.length, 23);
		t.assert.ok(Math.max(...lines.map(line => line.length)) <= 79);
	}
});

test('a filter is said above, and what it was typed as below', (t: TestContext) => {
	const lines = linesOf(t, {screen: pressed('/ d e n i')});
	t.assert.strictEqual(lines[1]!.slice(0, 46), '-- 1 of 7 sessions, 24 h, filter "deni" ------');
	t.assert.strictEqual(lines[3]!.slice(0, 35), '> Failed         Contoso SharePoint');
	t.assert.match(lines.at(-1)!, /^ \/deni +1 of 7$/v);
});

test('a filter that is wrong in part says why beside what passes, and the rest of it narrows', (t: TestContext) => {
	const lines = linesOf(t, {screen: pressed('/ d e n i Space d u r >')});
	t.assert.strictEqual(lines[1]!.slice(0, 46), '-- 1 of 7 sessions, 24 h, filter "deni" ------');
	t.assert.match(lines.at(-1)!, /^ \/deni dur> +dur> wants a time such as 2h {2}1 of 7$/v);
});

test('a filter that passes nothing says so in the list\'s place', (t: TestContext) => {
	const lines = linesOf(t, {screen: pressed('/ x y z enter')});
	t.assert.deepStrictEqual(lines.slice(3, -4).filter(line => line !== ''), ['  None of the 7 sessions passes: filter "xyz".', '  Esc clears the filter.']);
	t.assert.strictEqual(lines.length, 23);
});

const empties: ReadonlyArray<readonly [what: string, scope: Snapshot['scope'], lines: readonly string[]]> = [
	['a day', {jobType: undefined, rangeMs: day}, ['  No session in the last 24 h on vb365-prod.', '  ] looks further back.']],
	['the longest range', {jobType: undefined, rangeMs: 30 * day}, ['  No session in the last 30 d on vb365-prod.', '  This is the longest range.']],
	['a longer range than those', {jobType: undefined, rangeMs: 90 * day}, ['  No session in the last 90 d on vb365-prod.', '  This is the longest range.']],
	['one type', {jobType: 'Copy', rangeMs: hour}, ['  No Copy session in the last 1 h on vb365-prod.', '  ] looks further back. t asks for all job types.']],
];

for (const [what, scope, expected] of empties) {
	test(`an empty list of ${what} says what was asked for`, (t: TestContext) => {
		const lines = linesOf(t, {held: snapshot({sessions: [], scope})});
		t.assert.deepStrictEqual(lines.slice(3, -4).filter(line => line !== ''), expected);
	});
}

test('advice longer than the line is wrapped in an empty list', (t: TestContext) => {
	const broken = connection({state: 'OFFLINE', fault: new ServerFault('tlsFailed', 'vb365-prod:443 (EPROTO)'), lastGoodAt: undefined, nextTryAt: now.monotonic + (4 * second)});
	const lines = linesOf(t, {held: snapshot({sessions: [], isLoading: true}), connection: broken});
	t.assert.deepStrictEqual(lines.slice(3, -4).filter(line => line !== ''), [
		'  vb365-prod: no TLS there: vb365-prod:443 (EPROTO).',
		'  Check the port: this one does not speak TLS. The REST API listens on 4443',
		'  unless that was changed.',
		'  Next try in 4s; R tries now.',
	]);
	t.assert.strictEqual(lines.length, 23);
});

test('the range that is said is that of the sessions on screen', (t: TestContext) => {
	const screen = {...start, rangeMs: 7 * day};
	t.assert.match(linesOf(t, {screen})[1]!, /^-- 7 sessions, 24 h, all types -/v);
	t.assert.match(linesOf(t, {screen, held: {...scenario, scope: {jobType: undefined, rangeMs: 7 * day}}})[1]!, /^-- 7 sessions, 7 d, all types -/v);
});

test('many matches are counted in thousands', (t: TestContext) => {
	const sessions = Array.from({length: 1214}, (_, index) => session({id: `s${index + 1}`, createdAt: now.server - (index * second)}));
	t.assert.match(linesOf(t, {held: snapshot({sessions}), screen: pressed('/ o')}).at(-1)!, /^ \/o +1,214 of 1,214$/v);
});

test('rows stay under a fault, with what to do about it', (t: TestContext) => {
	const broken = connection({state: 'OFFLINE', fault: new ServerFault('refused'), faultSince: now.monotonic - minute, nextTryAt: now.monotonic + (4 * second)});
	const lines = linesOf(t, {connection: broken});
	t.assert.match(lines[4]!, /Contoso SharePoint/v);
	t.assert.strictEqual(lines.at(-3), ' Check the port (4443 by default) and that the REST API service of the server is on.'.replace(/.{7}$/v, '..'));
	t.assert.strictEqual(lines.at(-2), ' 02:13:37 connection refused, next try in 4s');
});

test('a cursor below the window draws the window around it', (t: TestContext) => {
	const sessions = Array.from({length: 40}, (_, index) => session({id: `s${index + 1}`, createdAt: now.server - (index * minute)}));
	const lines = linesOf(t, {held: snapshot({sessions}), screen: {...start, selectedKey: 'vb1/s30'}});
	t.assert.strictEqual(lines.slice(3, 19).filter(line => line.startsWith('>')).length, 1);
	t.assert.match(lines[18]!, /^> .* 01:45 /v);
});

test('a held order is said', (t: TestContext) => {
	const screen = pressed('j');
	t.assert.match(linesOf(t, {screen}).at(-2)!, /order held/v);
	t.assert.doesNotMatch(linesOf(t, {screen, now: {...now, monotonic: now.monotonic + 5000}}).at(-2)!, /order held/v);
});

test('of a row without details it is said that there are none', (t: TestContext) => {
	t.assert.strictEqual(linesOf(t, {screen: {...start, selectedKey: 'vb1/s1'}}).at(-3), ' The server gives no details of this session.');
});

const branch = snapshot({
	serverId: 'vb2', serverName: 'vb365-branch.contoso.example', version: 'v6', jobs: byId(job({name: 'Branch Mail'})),
	sessions: [running({serverId: 'vb2', createdAt: now.server - (50 * minute)}), session({serverId: 'vb2', id: 's2', createdAt: now.server - (5 * hour), endedAt: now.server - (4 * hour)})],
});
const refused = {state: 'OFFLINE', fault: new ServerFault('refused'), faultSince: now.monotonic - minute, nextTryAt: now.monotonic + (4 * second)} as const;

test('two servers on 80x24: one list, and the column that tells them apart', (t: TestContext) => {
	const servers = [{snapshot: scenario, connection: connection()}, {snapshot: branch, connection: connection()}];
	t.assert.deepStrictEqual(linesOf(t, {servers}).slice(0, 10), [
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
	const servers = [{snapshot: scenario, connection: connection()}, {snapshot: branch, connection: connection(refused)}];
	const [fine, gone] = ['vb1/s2', 'vb2/s1'].map(selectedKey => linesOf(t, {servers, screen: {...start, selectedKey}}));
	t.assert.strictEqual(fine!.at(-3), ' Access is denied');
	t.assert.match(gone!.at(-3)!, /^ Check the port/v);
	t.assert.strictEqual(gone!.at(-2), ' 02:13:37 vb365-branch.contoso.example: connection refused, next try in 4s');
});

test('a list of several servers loads while any of them does, but for one that cannot be read', (t: TestContext) => {
	const late = {serverId: 'vb2', isLoading: true, sessions: []};
	const ruleOf = (...servers: ListViewProps['servers']) => linesOf(t, {servers})[1]!.slice(0, 25);
	t.assert.strictEqual(ruleOf(server(), server(late, {state: 'LOADING'})), '-- loading, 1 so far -- 2');
	t.assert.strictEqual(ruleOf(server(), server(late, {...refused, lastGoodAt: undefined})), '-- 1 session, 24 h, all t');
});

test('an empty list of several servers says why of each', (t: TestContext) => {
	const empty = {sessions: []};
	const lines = linesOf(t, {servers: [server(empty), server({...empty, serverId: 'vb2', serverName: 'vb-b', isLoading: true}, {...refused, lastGoodAt: undefined})]});
	t.assert.deepStrictEqual(lines.slice(3, 7), [
		'  No session in the last 24 h on vb365-prod.',
		'  vb-b: connection refused. Next try in 4s; R tries now.',
		'  ] looks further back.',
		'',
	]);
});

test('problems that a filter hides are said above the list, but not those that are acknowledged', (t: TestContext) => {
	const all = rowsOf(scenario).map((row, index) => ({...row, isProblem: index < 4, isAcknowledged: index === 0}));
	const ruleOf = (amount: number) => linesOf(t, {rows: all, visible: all.slice(-amount)})[1]!;
	t.assert.match(ruleOf(1), / \+3 problems hidden /v);
	t.assert.doesNotMatch(ruleOf(7), /hidden/v);
});

test('while there is no message, what is said of the row goes on in its line', (t: TestContext) => {
	const details = 'Failed to process site: https://contoso.sharepoint.com/sites/finance. The remote server returned an error: (404) Not Found.';
	const held = {...scenario, sessions: scenario.sessions.map(one => one.id === 's1' ? {...one, details} : one)};
	const screen = {...start, selectedKey: 'vb1/s1'};
	t.assert.deepStrictEqual(linesOf(t, {held, screen}).slice(-3, -1), [
		' Failed to process site: https://contoso.sharepoint.com/sites/finance. The', ' remote server returned an error: (404) Not Found.',
	]);
	const event = {at: now.server, text: 'Started: Contoso Mail', tone: 'plain'} as const;
	t.assert.match(linesOf(t, {held, screen, event}).at(-2)!, /Started: Contoso Mail$/v);
});
