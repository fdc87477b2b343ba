import {test, type TestContext} from 'node:test';
import {Detail} from '../../source/panes/detail.js';
import {detailContent, type DetailContent} from '../../source/view/detail-content.js';
import {rowsOf} from '../../source/view/rows.js';
import {draw} from '../helpers/frame.js';
import {logItem, seedNow, seedSnapshot, second} from '../helpers/sessions.js';

const snapshot = seedSnapshot();
const row = rowsOf(snapshot)[2]!;
const items = Array.from({length: 30}, (_, index) => logItem({id: `l${index}`, text: `Step ${index + 1}`, createdAt: row.session!.createdAt as number + (index * second), endedAt: undefined}));
const content = (width: number, height: number, top = 0): DetailContent => detailContent(
	{row, session: row.session!, version: 'v6', lacks: snapshot.lacks, now: seedNow, zone: 'UTC', isGone: false}, {items, isCut: false, failure: undefined}, width, {top, height},
);

function linesOf(t: TestContext, width: number, height: number, top = 0): readonly string[] {
	return draw(t, <Detail content={content(width, height, top)} height={height}/>).lines().map(line => line.trimEnd());
}

const sideBySide = [
	' RUN                                           STATISTICS           AS REPORTED',
	' Status        Success                         Processing rate         2.4 KB/s',
	' Job           Contoso Mail                    Item rate              0 items/s',
	' Job type      Backup                          Read rate                  0 B/s',
	' Kind          not in v6                       Write rate                17 B/s',
	' Organization  contoso.onmicrosoft.com         Transferred              36.1 KB',
	' Repository    repo-01                         Objects                       76',
	' Proxy         not in v6                       Items processed                6',
	' Started       Mon 31 Jan 16:08:19             Bottleneck                Source',
	' Ended         Mon 31 Jan 16:11:55',
	' Duration      3m36s',
	' Retry         0 (first run)',
	' Retried next  not in v6',
	' Details       Transferred: 36.1 KB (6 items) at 2.4 KB/s (0 items/s)',
	' Session id    d5f34eeb-17cc-48f9-bab0-4fc5cee225b5',
	' Job id        1f6f7c97-0df4-4866-8c37-309fda301894',
	' Retry of      not in v6',
	' LOG newest 4 of 30, G for all, newest last',
	' 16:08:45 Success  Step 27',
	' 16:08:46 Success  Step 28',
	' 16:08:47 Success  Step 29',
	' 16:08:48 Success  Step 30',
];

test('facts stand beside the statistics on 80 columns', (t: TestContext) => {
	t.assert.deepStrictEqual(linesOf(t, 79, 22), sideBySide);
});

test('before anything is scrolled, what stands above the log gives way to it', (t: TestContext) => {
	const log = sideBySide.slice(-5);
	t.assert.deepStrictEqual(linesOf(t, 79, 19), [...sideBySide.slice(0, 14), ...log]);
	t.assert.deepStrictEqual(linesOf(t, 79, 18), [...sideBySide.slice(0, 13), ...log]);
});

test('a window shows its part of the whole, wherever it begins', (t: TestContext) => {
	const {height} = content(79, 10);
	const whole = linesOf(t, 79, height);
	t.assert.deepStrictEqual(whole.slice(0, 17), sideBySide.slice(0, 17));
	t.assert.strictEqual(whole[17], ' LOG 30 items, newest last');
	t.assert.deepStrictEqual(whole.slice(-4), sideBySide.slice(-4));
	for (let top = 1; top <= height - 10; top++) {
		t.assert.deepStrictEqual(linesOf(t, 79, 10, top), whole.slice(top, top + 10), `from line ${top}`);
	}
});

test('a window that is not scrolled begins with the first line', (t: TestContext) => {
	t.assert.deepStrictEqual(linesOf(t, 79, 10), sideBySide.slice(0, 10));
});

test('facts, statistics and the rest stand one below the other on 60 columns', (t: TestContext) => {
	const {height} = content(60, 20);
	const whole = linesOf(t, 60, height).slice(0, 23);
	t.assert.deepStrictEqual(whole.map(line => line.slice(0, 16).trimEnd()), [
		' RUN',
		' Status        S',
		' Job           C',
		' Job type      B',
		' Kind          n',
		' Organization  c',
		' Repository    r',
		' Proxy         n',
		' Started       M',
		' Ended         M',
		' Duration      3',
		' Retry         0',
		' Retried next  n',
		' STATISTICS',
		' Processing rate',
		' Item rate',
		' Read rate',
		' Write rate',
		' Transferred',
		' Objects',
		' Items processed',
		' Bottleneck',
		' Details       T',
	]);
});

test('a stacked window shows its part of the whole, wherever it begins', (t: TestContext) => {
	const {height} = content(60, 10);
	const whole = draw(t, <Detail content={content(60, height)} height={height}/>).lines();
	for (let top = 1; top <= height - 10; top++) {
		const {lines} = draw(t, <Detail content={content(60, 10, top)} height={10}/>);
		t.assert.deepStrictEqual(lines(), whole.slice(top, top + 10), `from line ${top}`);
	}
});
