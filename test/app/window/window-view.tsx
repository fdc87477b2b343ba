import {test, type TestContext} from 'node:test';
import {stripVTControlCharacters} from 'node:util';
import {renderToString} from 'ink';
import {ListView, type ListViewProps} from '../../../source/app/list/list-view.js';
import {layoutOf} from '../../../source/app/shared/layout.js';
import {press} from '../../../source/app/press.js';
import type {Row} from '../../../source/app/shared/rows/rows.js';
import {initialScreen, type Screen} from '../../../source/app/screen-state.js';
import {visibleRows} from '../../../source/app/shared/rows/visible-rows.js';
import {draw} from '../../helpers/frame.js';
import {day, hour, job, later, minute, now, row, running, second, server, session, type SessionOptions} from '../../helpers/sessions.js';
import {chain, verdict} from '../../helpers/verdict.js';

const midnight = now.server - (2 * hour) - (14 * minute) - (37 * second);
const at = (hours: number) => midnight + (hours * hour);

/** Open from 20:00 to 06:00 UTC, each day. */
const nightly = {windowHours: `${'1'.repeat(6)}${'0'.repeat(14)}${'1'.repeat(4)}`.repeat(7), windowOffsetMinutes: 0};

type Given = NonNullable<Row['verdict']>;

function rowOf(jobName: string, its: SessionOptions | undefined, given: Partial<Given>, fields: Partial<Row> = {}): Row {
	const made = its && session({createdAt: at(0), endedAt: undefined, ...its, id: jobName});
	const found = verdict({session: made, job: job(nightly), ...given});
	return {...row({}, {jobName}), key: jobName, session: made, job: found.job, verdict: found, ...fields};
}

const attempt = (status: string, from: number, until: number) => session({status, createdAt: at(from), endedAt: at(until)});

const rows = [
	rowOf('Contoso SharePoint', {status: 'Failed', createdAt: at(1.5), endedAt: at(2)}, {
		kind: 'failed', chain: chain({attempts: [attempt('Failed', -1, 0), attempt('Failed', 0.5, 1), attempt('Failed', 1.5, 2)], most: 2}),
	}, {isProblem: true}),
	rowOf('Wingtip Exchange', undefined, {kind: 'missed', missedAt: at(1.5)}, {isProblem: true}),
	rowOf('Contoso Exchange A-M', {status: 'Running', createdAt: at(-2)}, {
		kind: 'wontFit', estimate: {endsAt: at(7), band: undefined, basis: 'usual'}, window: {isOpen: true, closesAt: at(6), opensAt: at(-4)}, pastWindowMs: hour,
	}, {isProblem: true}),
	rowOf('Northwind OneDrive, all sales regions of the north', {status: 'Running', createdAt: at(1)}, {kind: 'running', estimate: {endsAt: at(3), band: undefined, basis: 'usual'}}),
	rowOf('Copy of Adatum', {status: 'Queued', createdAt: at(2)}, {kind: 'queued', waitedMs: 14 * minute, job: job()}),
	rowOf('Contoso Teams', {status: 'Warning', createdAt: at(-2), endedAt: at(-0.5)}, {kind: 'warning', job: job()}),
	rowOf('Litware all', {status: 'Success', createdAt: at(-1.5), endedAt: at(-1)}, {kind: 'success', job: job()}),
];

const start = initialScreen({list: 'window', jobType: 'all', rangeMs: day, refreshMs: 5000});

function view(columns: number, lines: number, screen: Screen = start, props: Partial<ListViewProps> = {}) {
	return (
		<ListView
			servers={[server()]} triages={[]} rows={rows} visible={visibleRows(rows, screen, now)} screen={screen}
			layout={layoutOf(columns, lines, 'window', screen.hasPreview)} event={undefined} now={now} zone='UTC' {...props}
		/>
	);
}

function pressed(...keys: readonly string[]): Screen {
	let state = start;
	for (const key of keys) {
		state = press(state, key, {rows, now, shownColumns: ['start', 'job', 'needs'], pageRows: 10, detailEnd: 0, helpEnd: 0, canPreview: true});
	}

	return state;
}

/** The lines on a terminal of that size, but for the header's. */
function linesOf(columns: number, lines: number, ...rest: readonly [screen?: Screen, props?: Partial<ListViewProps>]): readonly string[] {
	return stripVTControlCharacters(renderToString(view(columns, lines, ...rest), {columns})).split('\n');
}

const frame = (...given: Parameters<typeof linesOf>) => linesOf(...given).map(line => line.trimEnd());

test('a night on 80x24, but for its header', (t: TestContext) => {
	t.assert.deepStrictEqual(frame(80, 24), [
		' Running 2  Queued 1  Failed 1  Warning 1  Success 1',
		' window closes 06:00 in 3h46 (4 jobs, 2 active)                 1 will not fit',
		'-- 7 jobs, 24 h, all types --- ! problem  x failed  w warning  q queued  # ran',
		'  JOB by start v       22:00    00:00      02:14   04:00     06:00      ENDS',
		'> Copy of Adatum                          q|',
		' !Contoso SharePoint       #####x  ##x ###x|                 ].........',
		'  Northwind..the north               ######|====             ]......... ~03:00',
		'  Litware all            ##+               |',
		' !Contoso Exchange A-M ####################|=================!=====.... ~07:00',
		'  Contoso Teams        #######w            |',
		' !Wingtip Exchange                     !   |                 ].........',
		...Array.from({length: 8}, () => ''),
		'-'.repeat(79),
		' Queued since 02:00, waits 14m',
		'',
		' Enter open  / filter  t type  T status  n problem  l log  ? help  q quit',
	]);
});

test('the same on 60x20: the windows go before the counts', (t: TestContext) => {
	t.assert.deepStrictEqual(frame(60, 20).slice(0, 11), [
		' closes 06:00 in 3h46                       1 will not fit',
		'-- 7 jobs, 24 h, all types - ! problem  x failed  q queued',
		'  JOB by start v        00:00  02:14        06:00   ENDS',
		'> Copy of Adatum               q',
		' !Contoso..ePoint    ###x #x ##x            ]......',
		'  Northwi..north           ####|===         ]...... ~03:00',
		'  Litware all      ##+         |',
		' !Contoso..ge A-M #############|============!===... ~07:00',
		'  Contoso Teams   ####w        |',
		' !Wingtip..change            ! |            ]......',
		'',
	]);
});

test('the same on 120x40, with what each job needs', (t: TestContext) => {
	t.assert.deepStrictEqual(frame(120, 40).slice(0, 12), [
		' Running 2  Queued 1  Failed 1  Warning 1  Success 1',
		' window closes 06:00 in 3h46 (4 jobs, 2 active)                                                         1 will not fit',
		'-- 7 jobs, 24 h, all types ------ ! problem  x failed  w warning  q queued  ] closes  . closed  = to come  # ran  + ok',
		'  JOB by start v                 22:00     00:00       02:14     04:00      06:00       NEEDS',
		'> Copy of Adatum                                      q|                                waits 14m',
		' !Contoso SharePoint                  #####x  ###x ###x|                    ].......... no retry left',
		'  Northwind OneD..s of the north                 ######|=====               ].......... ends ~03:00',
		'  Litware all                      ###+                |',
		' !Contoso Exchange A-M           ######################|====================!=====..... ~1h00 past window',
		'  Contoso Teams                  ########w             |                                log not read yet',
		' !Wingtip Exchange                                 !   |                    ].......... missed, due 01:30',
		'',
	]);
});

test('the same on 40x10', (t: TestContext) => {
	t.assert.deepStrictEqual(frame(40, 10), [
		' closes 06:00 in 3h46   1 will not fit',
		'-- 7 jobs, 24 h, all types -- x failed',
		'  JOB             00:00 02:14    06:00',
		'> Copy..atum           q|',
		' !Cont..oint   ###x#x #x|        ].....',
		'---------------------------------------',
		' Queued since 02:00, waits 14m',
		'',
		' Enter open  / filter  ? help  q quit',
	]);
});

test('a preview stands at the right of it', (t: TestContext) => {
	t.assert.deepStrictEqual(frame(110, 32, pressed('v')).slice(2, 14), [
		'-- 7 jobs, 24 h, all types -- ! problem  x failed  w warning  q queued  ] closes  . closed  = to come  # ran',
		'  JOB by start v     22:00   00:00   02:14   04:00   06:00    ENDS    |  Copy of Adatum',
		'> Copy of Adatum                     q                                |  waits 14m',
		' !Contoso SharePoint     ####x ##x ##x               ].......         |',
		'  Northwin..he north             ####|====           ]....... ~03:00  |  Status       Queued',
		'  Litware all          ##+           |                                |  Started      02:00',
		' !Contoso..ange A-M  ################|===============!====... ~07:00  |  Elapsed      14m37',
		'  Contoso Teams      ######w         |                                |  Usual        no baseline',
		' !Wingtip Exchange                 ! |               ].......         |  Estimate     -',
		'                                                                      |  Window       -',
		'                                                                      |  Organization contoso.onmicrosoft.com',
		'                                                                      |  Repository   repo-01',
	]);
});

for (const [columns, lines] of [[40, 10], [60, 20], [80, 24], [110, 32], [120, 40], [160, 50], [200, 60]] as const) {
	for (const screen of [start, pressed('v'), pressed('/', 'x'), pressed('s', 'S')]) {
		test(`a frame of ${columns}x${lines} has no line too many and no cell too far: ${JSON.stringify([screen.hasPreview, screen.filters.text, screen.sort])}`, (t: TestContext) => {
			const drawn = linesOf(columns, lines, screen);
			t.assert.strictEqual(drawn.length, lines - 1);
			t.assert.ok(Math.max(...drawn.map(line => line.length)) <= columns - 1);
		});
	}
}

test('a filter that passes nothing says so in the place of the bars', (t: TestContext) => {
	const lines = frame(80, 24, pressed('/', 'x', 'y', 'z', 'enter'));
	t.assert.ok(lines.includes('  None of the 7 jobs passes: filter "xyz".'));
});

test('the bars stay as they are drawn while the minute lasts, and the line under the cursor is inverse', (t: TestContext) => {
	const drawn = draw(t, view(80, 24));
	const before = drawn.lines();
	drawn.rerender(view(80, 24, start, {now: later(20 * second)}));
	t.assert.deepStrictEqual(drawn.lines(), before);
	drawn.rerender(view(80, 24, start, {now: later(30 * minute)}));
	t.assert.notDeepStrictEqual(drawn.lines(), before);
	t.assert.strictEqual(drawn.styled().filter(line => line.includes('\u{1B}[7m')).length, 1);
});

test('a session that runs is drawn up to this moment', (t: TestContext) => {
	const its = rowOf('Contoso Mail', running({createdAt: at(1)}), {kind: 'running', job: job()});
	t.assert.match(frame(80, 24, start, {visible: [its]})[4]!, /^> Contoso Mail +#+\|$/v);
});
