import {test, type TestContext} from 'node:test';
import {MonitorScreen} from '../../../source/app/monitor-screen.js';
import type {Verdict} from '../../../source/triage/verdicts/verdict.js';
import {draw} from '../../helpers/frame.js';
import {hour, job, later, minute, now, running, second, session, type SessionOptions} from '../../helpers/sessions.js';
import {chain, verdict} from '../../helpers/verdict.js';
import {pressed, screenLines, typed, updated, viewState, withVerdicts} from '../../helpers/view-state.js';

const midnight = now.server - (2 * hour) - (14 * minute) - (37 * second);
const at = (hours: number) => midnight + (hours * hour);

/** Open from 20:00 to 06:00 UTC, each day. */
const nightly = {windowHours: `${'1'.repeat(6)}${'0'.repeat(14)}${'1'.repeat(4)}`.repeat(7), windowOffsetMinutes: 0};

function verdictOn(name: string, its: SessionOptions | undefined, {job: itsJob = job(nightly), ...given}: Partial<Verdict>): Verdict {
	const made = its && session({createdAt: at(0), endedAt: undefined, ...its, id: name, jobId: name});
	return verdict({jobId: name, session: made, job: {...itsJob, id: name, name}, ...given});
}

const attempt = (status: string, from: number, until: number) => session({status, createdAt: at(from), endedAt: at(until)});

const verdicts = [
	verdictOn('Contoso SharePoint', {status: 'Failed', createdAt: at(1.5), endedAt: at(2)}, {
		kind: 'failed', chain: chain({attempts: [attempt('Failed', -1, 0), attempt('Failed', 0.5, 1), attempt('Failed', 1.5, 2)], most: 2}),
	}),
	verdictOn('Wingtip Exchange', undefined, {kind: 'missed', missedAt: at(1.5)}),
	verdictOn('Contoso Exchange A-M', {status: 'Running', createdAt: at(-2)}, {
		kind: 'wontFit', estimate: {endsAt: at(7), band: undefined, basis: 'usual'}, window: {isOpen: true, closesAt: at(6), opensAt: at(-4)}, pastWindowMs: hour,
	}),
	verdictOn('Northwind OneDrive, all sales regions of the north', {status: 'Running', createdAt: at(1)}, {kind: 'running', estimate: {endsAt: at(3), band: undefined, basis: 'usual'}}),
	verdictOn('Copy of Adatum', {status: 'Queued', createdAt: at(2)}, {kind: 'queued', waitedMs: 14 * minute, job: job()}),
	verdictOn('Contoso Teams', {status: 'Warning', createdAt: at(-2), endedAt: at(-0.5)}, {kind: 'warning', job: job()}),
	verdictOn('Litware all', {status: 'Success', createdAt: at(-1.5), endedAt: at(-1)}, {kind: 'success', job: job()}),
];

const start = withVerdicts(viewState({list: 'window'}), verdicts);

const withPreview = pressed(updated(start, {type: 'resize', columns: 110, rows: 32}), 'v');

/** The lines on a terminal of that size, but for the header's. */
function linesOf(columns: number, rows: number, state = start): readonly string[] {
	return screenLines(updated(state, {type: 'resize', columns, rows})).slice(1);
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
	t.assert.deepStrictEqual(frame(110, 32, withPreview).slice(2, 14), [
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

for (const [columns, rows] of [[40, 10], [60, 20], [80, 24], [110, 32], [120, 40], [160, 50], [200, 60]] as const) {
	for (const [what, state] of Object.entries({'as it begins': start, 'with a preview': withPreview, 'while a filter is typed': pressed(start, '/', 'x'), 'in another order': pressed(start, 's', 'S')})) {
		test(`a frame of ${columns}x${rows} has no line too many and no cell too far: ${what}`, (t: TestContext) => {
			const drawn = linesOf(columns, rows, state);
			t.assert.strictEqual(drawn.length, rows - 1);
			t.assert.ok(Math.max(...drawn.map(line => line.length)) <= columns - 1);
		});
	}
}

test('a filter that passes nothing says so in the place of the bars', (t: TestContext) => {
	const lines = frame(80, 24, pressed(typed(start, '/xyz'), 'enter'));
	t.assert.ok(lines.includes('  None of the 7 jobs passes: filter "xyz".'));
});

test('the bars stay as they are drawn while the minute lasts, and the line under the cursor is inverse', (t: TestContext) => {
	// With an answer of that moment, since a fault would be said below the bars.
	const after = (ms: number) => {
		const servers = start.servers.map(server => ({...server, contact: {...server.contact, lastGoodAt: later(ms).monotonic}}));
		return <MonitorScreen state={{...start, servers, time: later(ms)}}/>;
	};

	const drawn = draw(t, <MonitorScreen state={start}/>);
	const lines = () => drawn.lines().slice(1);
	const before = lines();
	drawn.rerender(after(20 * second));
	t.assert.deepStrictEqual(lines(), before);
	drawn.rerender(after(30 * minute));
	t.assert.notDeepStrictEqual(lines(), before);
	t.assert.strictEqual(drawn.styled().filter(line => line.includes('\u{1B}[7m')).length, 1);
});

test('a session that runs is drawn up to this moment', (t: TestContext) => {
	const its = verdictOn('Contoso Mail', running({createdAt: at(1)}), {kind: 'running', job: job()});
	t.assert.match(frame(80, 24, withVerdicts(start, [its]))[4]!, /^> Contoso Mail +#+\|$/v);
});
