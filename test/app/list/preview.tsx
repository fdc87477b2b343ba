import {test, type TestContext} from 'node:test';
import {Preview, type PreviewProps} from '../../../source/app/list/preview.js';
import {drawings} from '../../../source/ui/drawing.js';
import {cellWidth} from '../../../source/ui/text/fit-cell.js';
import {verdictForPreview, previewLines} from '../../../source/app/list/preview-content.js';
import {draw} from '../../helpers/frame.js';
import {hour, job, later, minute, now, row, running, second, session, textOf} from '../../helpers/sessions.js';
import {cause, motion, usual, verdict, wholeLog} from '../../helpers/verdict.js';

const midnight = now.server - (2 * hour) - (14 * minute) - (37 * second);
const nightly = {windowHours: `${'1'.repeat(6)}${'0'.repeat(14)}${'1'.repeat(4)}`.repeat(7), windowOffsetMinutes: 0};

const late = verdict({
	kind: 'late', session: running({createdAt: midnight - (2 * hour)}), job: job(nightly), baseline: usual(),
	late: {limitMs: 3.75 * hour, byMs: 0.5 * hour, pastUsualMs: 2.25 * hour},
	motion: motion(0), estimate: {endsAt: midnight + (4 * hour), band: {from: midnight + (3.5 * hour), until: midnight + (4.5 * hour)}, basis: 'usual'},
	causes: [cause(), cause({key: 'busy', text: 'Server busy', severity: 'Warning', count: 1, objects: []})],
	news: {fresh: [cause()], known: [], isSettled: true}, log: wholeLog,
});
const lateRow = row({status: 'Running', endedAt: undefined, createdAt: midnight - (2 * hour)}, {verdict: late, job: late.job, isProblem: true});

const shown = {row: lateRow, verdict: late, now, zone: 'UTC', width: 39, height: 26} as const;

function linesOf(t: TestContext, given: Partial<PreviewProps> = {}): readonly string[] {
	return draw(t, <Preview {...shown} {...given}/>).lines().map(line => line.trimEnd());
}

test('all that is known of a run, the words of its verdict whole', (t: TestContext) => {
	t.assert.deepStrictEqual(linesOf(t), [
		'|  Contoso Mail',
		'|  late, 2h15 over usual, ends ~03:30',
		'|  to ~04:30',
		'|',
		'|  Status       Running',
		'|  Started      Sun 22:00',
		'|  Elapsed      4h14',
		'|  Usual        2h00 (p90 3h00)',
		'|  Estimate     ~03:30 to ~04:30',
		'|  Window       closes 06:00 in 3h45',
		'|  Organization contoso.onmicrosoft.com',
		'|  Repository   repo-01',
		'|  Proxy        vbp-01',
		'|',
		'|  22:00  00:00    02:14  04:00',
		'|  ##############!#|=====----     ]...',
		'|',
		'|  2 CAUSES SO FAR',
		'|  new: Access is denied (12 lines, 2',
		'|  objects so far)',
		'|  Server busy',
		'|',
		'|  DETAILS',
		'|  Transferred: 3.4 GB (51000 items)',
		'|  at 1.9 MB/s (28 items/s)',
		'|',
	]);
});

test('a run that did not come has no times, and is marked where it was due', (t: TestContext) => {
	const missed = verdict({kind: 'missed', session: undefined, missedAt: midnight, isHistoryRead: false});
	t.assert.deepStrictEqual(linesOf(t, {row: row({}, {session: undefined}), verdict: missed, height: 15}), [
		'|  Contoso Mail',
		'|  missed, due 00:00',
		'|',
		'|  Status       -',
		'|  Started      -',
		'|  Elapsed      -',
		'|  Usual        history not read yet',
		'|  Estimate     -',
		'|  Window       -',
		'|  Organization contoso.onmicrosoft.com',
		'|  Repository   repo-01',
		'|  Proxy        vbp-01',
		'|',
		'|  00:00  01:00   02:14 03:00  04:00',
		'|  !              |',
	]);
});

test('of an older run nothing is said that is of the newest one', (t: TestContext) => {
	const older = row({id: 's0'});
	t.assert.strictEqual(verdictForPreview(older, verdict()), undefined);
	t.assert.strictEqual(verdictForPreview(row(), verdict())?.kind, 'success');
	t.assert.strictEqual(verdictForPreview(lateRow, undefined), late);
	t.assert.doesNotMatch(linesOf(t, {row: older, verdict: undefined}).join('\n'), /CAUSE|late/v);
});

test('every line has the width of the pane, whatever the names', (t: TestContext) => {
	const long = row({details: 'x'.repeat(500)}, {jobName: '東京'.repeat(40), organization: 'o'.repeat(99)});
	for (const width of [39, 40, 52, 59]) {
		for (const its of [long, lateRow]) {
			const lines = previewLines({...shown, row: its, width, drawing: drawings.unicode});
			t.assert.strictEqual(lines.length, shown.height);
			t.assert.deepStrictEqual([...new Set(lines.map(line => cellWidth(line)))], [width]);
		}
	}
});

test('the name of a job is cut in its middle', (t: TestContext) => {
	const [first] = previewLines({...shown, row: row({}, {jobName: 'Contoso OneDrive, all sales regions of the north'}), drawing: drawings.ascii});
	t.assert.match(textOf(first!), /^\| {2}Contoso OneDrive,\.\.ions of the north$/v);
});

test('a session in the past keeps its figures while time goes on', (t: TestContext) => {
	const ended = row({createdAt: now.server - hour, endedAt: now.server - (30 * minute)});
	const drawn = draw(t, <Preview {...shown} row={ended} verdict={verdict({session: session()})}/>);
	const before = drawn.lines().slice(0, 12);
	drawn.rerender(<Preview {...shown} row={ended} verdict={verdict({session: session()})} now={later(20 * second)}/>);
	t.assert.deepStrictEqual(drawn.lines().slice(0, 12), before);
});
