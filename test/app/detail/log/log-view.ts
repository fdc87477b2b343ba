import {test, type TestContext} from 'node:test';
import type {Log} from '../../../../source/model/log.js';
import type {LogItem} from '../../../../source/model/log-item.js';
import {logContent} from '../../../../source/app/detail/log/log-content.js';
import {createLogReader} from '../../../../source/app/detail/log/log-rows.js';
import {logInput, openLogContent} from '../../../../source/app/detail/log/log-selectors.js';
import {itemOfRow, logCursor, logRows} from '../../../../source/app/detail/log/log-view.js';
import {firstLogView} from '../../../../source/app/shared/state/detail-layer.js';
import {detailLayer} from '../../../../source/app/shared/state/selectors.js';
import type {State} from '../../../../source/app/shared/state/state.js';
import {later, logItem, minute, now, second, textOf} from '../../../helpers/sessions.js';
import {answered, kindsOf, logRead, numbered, pressed as pressedFrom, sent, stateOf} from '../../../helpers/state.js';

const types: Readonly<Record<number, string>> = {5: 'Error', 12: 'Warning', 20: 'Error', 31: 'Warning'};

/** A line of a log; 5 and 20 are errors, 12 and 31 warnings. */
const line = (ordinal: number): LogItem => logItem({
	id: `l${ordinal}`, usn: ordinal, type: types[ordinal] ?? 'Success', text: `Processing mailbox user${ordinal}@contoso.example`,
	createdAt: now.server - (60 * minute) + (ordinal * 1000), endedAt: now.server - (60 * minute) + (ordinal * 1000) + 2000,
});
const lines = (amount: number) => Array.from({length: amount}, (_, index) => line(index + 1));
const forty = lines(40);

// Ten lines of the log, 79 columns wide.
const listed = numbered(3, {status: 'Running', endedAt: undefined});
const inLog = (rows = 16, columns = 80) => pressedFrom(stateOf({snapshots: [listed], rows, columns}), 'l');
const unread = inLog();
const opened = logRead(unread, forty);
const log = (state: State) => detailLayer(state)!.log;
const pressed = (keys: string, from = opened) => pressedFrom(from, keys);

/** The item under the cursor. */
function cursor(state: State): string | undefined {
	const rows = logRows(log(state), logInput(state));
	return itemOfRow(rows, logCursor(log(state), rows))?.id;
}

const withLog = (state: State, items: readonly LogItem[], rest: Partial<Log> = {}) => logRead(state, items, rest);
const ended = (state: State) => answered(state, numbered(3, {status: 'Success'}), later(second));

const drawn = (state: State) => {
	const content = openLogContent(state);
	return {status: textOf(content.status).trimEnd(), lines: content.lines.map(({cell}) => textOf(cell).trimEnd())};
};

const drawnAfter = (...given: Parameters<typeof pressed>) => drawn(pressed(...given));
const cursorAfter = (...given: Parameters<typeof pressed>) => cursor(pressed(...given));
const logAfter = (...given: Parameters<typeof pressed>) => log(pressed(...given));
const contentAfter = (...given: Parameters<typeof pressed>) => openLogContent(pressed(...given));

const moves: ReadonlyArray<readonly [keys: string, found: string]> = [
	['j', 'l40'],
	['k', 'l39'],
	['k k j', 'l39'],
	['pageup', 'l30'],
	['ctrl-u', 'l35'],
	['g', 'l1'],
	['g pagedown', 'l11'],
	['g ctrl-d', 'l6'],
	['g k', 'l1'],
	['g G', 'l40'],
	['g j w j', 'l3'],
	['e', 'l5'],
	['e e', 'l20'],
	['e e e', 'l5'],
	['E', 'l20'],
	['n', 'l5'],
	['N N', 'l5'],
	['/ u s e r 1 enter', 'l1'],
	['g j / u s e r 1 enter', 'l10'],
	['g j / u s e r 1 enter n', 'l11'],
	['g j / u s e r 1 enter N', 'l1'],
	['/ u s e r 1 enter N', 'l19'],
	['g j / u s e r 1 escape', 'l2'],
	['g j / x x x', 'l2'],
	['/ u s e r 1 enter e', 'l5'],
	['t', 'l31'],
	['k t', 'l31'],
	['g t', 'l5'],
	['g t t j', 'l20'],
	['g t t t', 'l1'],
	['o', 'l5'],
	['o j j', 'l12'],
	['o G', 'l40'],
	['o j o', 'l20'],
	['g f', 'l40'],
];

for (const [keys, found] of moves) {
	test(`${keys} leads to ${found}`, (t: TestContext) => {
		t.assert.strictEqual(cursorAfter(keys), found);
	});
}

test('the newest line is under the cursor until it is moved up, then new lines only wait', (t: TestContext) => {
	const more = (state: State) => withLog(state, lines(52));
	t.assert.strictEqual(cursor(more(opened)), 'l52');
	const left = more(pressed('k'));
	t.assert.strictEqual(cursor(left), 'l39');
	t.assert.match(drawn(left).status, /52 items {2}\+12 new .*follow off/v);
	// Those that are on screen wait no longer.
	t.assert.match(drawnAfter('pagedown', left).status, /\+3 new/v);
	for (const key of ['G', 'f']) {
		const again = pressed(key, left);
		t.assert.strictEqual(cursor(again), 'l52');
		t.assert.match(drawn(again).status, /52 items {2}following/v);
		t.assert.strictEqual(cursor(withLog(again, lines(60))), 'l60');
	}
});

test('f leaves the newest line as well, and a session that has ended is not followed', (t: TestContext) => {
	t.assert.strictEqual(cursor(withLog(pressed('f'), lines(50))), 'l40');
	const over = pressed('k f', ended(opened));
	t.assert.strictEqual(over.notice?.text, 'the session has ended: nothing new comes');
	t.assert.doesNotMatch(drawn(over).status, /follow/v);
});

test('the cursor and the lines on screen stay where they are when older lines come above', (t: TestContext) => {
	const state = pressed('pageup', withLog(unread, forty.slice(15)));
	const whole = withLog(state, forty);
	t.assert.strictEqual(cursor(whole), cursor(state));
	t.assert.deepStrictEqual(drawn(whole).lines, drawn(state).lines);
});

test('a level says how many lines it leaves, and whether hits are hidden', (t: TestContext) => {
	t.assert.match(drawnAfter('t').status, /^ 4 of 40 items {2}warnings and errors /v);
	t.assert.match(drawnAfter('t t').status, /^ 2 of 40 items {2}errors only /v);
	t.assert.match(drawnAfter('/ u s e r 2 enter').status, /\/user2 1 of 11 /v);
	t.assert.match(drawnAfter('t t / u s e r 2 enter').status, /\/user2 1 of 1, 10 hidden/v);
	t.assert.match(drawnAfter('/ x x').status, /\/xx 0 hits/v);
	t.assert.deepStrictEqual(drawn(withLog(pressed('t t'), lines(4))).lines, [' None of 4 items is an error; t shows others.']);
});

const sayings: ReadonlyArray<readonly [keys: string, said: string | undefined, amount?: number]> = [
	['enter', 'there is no line to open', 0],
	['t t enter', 'there is no line to open', 4],
	['enter', undefined],
	['/ z z z z enter', 'no line has "zzzz"'],
	['/ z z z z enter N', 'no line has "zzzz"'],
	['t t / u s e r 1 enter', 'no line that is shown has "user1"; t shows others'],
	['t t / u s e r 1 enter n', 'no line that is shown has "user1"; t shows others'],
	['/ u s e r 1 enter', undefined],
	['/ enter', undefined],
	['e', 'there is no error in this log', 4],
	['G e e e', 'on from the first line'],
	['t', 'warnings and errors'],
];

for (const [keys, said, amount = 40] of sayings) {
	test(`${keys} in a log of ${amount} lines says ${said ?? 'nothing'}`, (t: TestContext) => {
		t.assert.strictEqual(pressed(keys, withLog(unread, lines(amount))).notice?.text, said);
	});
}

test('lines carry cursor, hits, time, type, what was found and how long it took', (t: TestContext) => {
	const {lines: shown} = drawnAfter('/ u s e r 5 enter');
	t.assert.strictEqual(shown[3], '>*01:14:42 Error    Processing mailbox user5@contoso.example                 2s');
	t.assert.strictEqual(shown[4], '  01:14:43 Success  Processing mailbox user6@contoso.example                 2s');
	const {lines: cells} = contentAfter('/ u s e r 1 enter');
	const words = [{text: 'Processing mailbox ', tone: 'plain'}, {text: 'user1', tone: 'active'}, {text: '@contoso.example', tone: 'plain'}];
	t.assert.deepStrictEqual(cells.find(({isCursor}) => isCursor)!.cell.slice(3, 6), words);
});

test('a hit that was not on screen is shown with lines before it', (t: TestContext) => {
	const {lines: cells} = contentAfter('/ u s e r 2 2 enter');
	t.assert.strictEqual(cells.findIndex(({isCursor}) => isCursor), 3);
});

test('a narrow line leaves out seconds and duration', (t: TestContext) => {
	t.assert.strictEqual(drawn(withLog(inLog(16, 40), forty)).lines[9], '> 01:15 Success  Processing mailbox u..');
});

test('wrapped lines keep their indent, and the newest one is whole on screen', (t: TestContext) => {
	const items = [...lines(30), {...line(31), text: 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen'}];
	const {lines: shown} = drawnAfter('w', withLog(inLog(10), items));
	t.assert.deepStrictEqual(shown, [
		'  01:15:07 Success  Processing mailbox user30@contoso.example                2s',
		'> 01:15:08 Warning  one two three four five six seven eight nine ten         2s',
		'                    eleven twelve thirteen fourteen fifteen sixteen',
		'                    seventeen eighteen',
	]);
});

test('Enter opens the whole message, the errors can be walked in it, and Esc closes the innermost first', (t: TestContext) => {
	const state = pressed('/ u s e r 5 enter enter');
	t.assert.deepStrictEqual(drawn(state).lines, [
		' Type   Error', ' Line   5 of 40, usn 5', ' Began  Mon 23 Nov 01:14:42', ' Ended  Mon 23 Nov 01:14:44, took 2s', '', ' Processing mailbox user5@contoso.example',
	]);
	t.assert.match(drawnAfter('e', state).lines[1]!, /Line {3}20 of 40/v);
	const closed = pressed('escape', state);
	t.assert.deepStrictEqual([log(closed).isMessageOpen, log(closed).search, kindsOf(closed)], [false, 'user5', 'list detail']);
	const left = pressed('escape', closed);
	t.assert.deepStrictEqual([log(left).search, kindsOf(left)], ['', 'list detail']);
	t.assert.strictEqual(kindsOf(pressed('escape', left)), 'list');
});

test('a message longer than the screen is scrolled to its end and no further', (t: TestContext) => {
	const state = pressed('enter j pagedown pagedown pagedown pagedown', withLog(unread, [{...line(1), text: 'word '.repeat(300)}]));
	const {messageEnd} = openLogContent(state);
	t.assert.ok(messageEnd > 10);
	t.assert.strictEqual(log(state).messageTop, messageEnd);
	t.assert.strictEqual(drawn(state).lines.length, 10);
});

test('another session has a log that nothing is set in', (t: TestContext) => {
	t.assert.strictEqual(logAfter('w t / x enter').isWrapped, true);
	t.assert.deepStrictEqual(logAfter('w t J'), firstLogView);
	t.assert.deepStrictEqual(logAfter('w t escape l'), firstLogView);
	t.assert.strictEqual(logAfter('w t 1 2').isWrapped, true, 'another tab of the same session leaves it as it is');
});

test('what is not held is said', (t: TestContext) => {
	t.assert.match(drawn(withLog(unread, forty, {isCut: true})).status, /older not held/v);
	t.assert.match(drawn(withLog(unread, forty, {reading: 'older'})).status, /reading older lines \.\.\./v);
	const said = (state: State) => drawn(state).lines.map(text => text.trim());
	const failed = sent(unread, {type: 'log', serverId: 'vb1', sessionId: 's1', log: undefined, failure: 'refused'});
	t.assert.deepStrictEqual(said(unread), ['The log is being read ...']);
	t.assert.deepStrictEqual(said(failed), ['The log could not be read:', 'refused']);
	t.assert.deepStrictEqual(said(withLog(unread, [])), ['The log has no items yet.']);
	const input = {items: [], isActive: false, rowsOf: createLogReader(), width: 79, height: 10};
	const {lines: cells} = logContent({view: firstLogView, log: undefined, failure: undefined, hasSession: false, input, zone: 'UTC', now: now.server});
	t.assert.deepStrictEqual(cells.map(({cell}) => textOf(cell).trim()), ['This job has no session in range, and so no log.']);
});

test('no line is wider than the screen or longer than its lines, at any size, wrapped or not', (t: TestContext) => {
	const items = [...forty, {...line(41), text: '東京本社 メールボックス '.repeat(30)}];
	for (const width of [39, 59, 79, 119, 199]) {
		const state = withLog(inLog(16, width + 1), items);
		for (const keys of ['j', 'w', 'w enter', '/ 東 京', 'o', 't']) {
			const content = contentAfter(keys, state);
			t.assert.ok(content.lines.length <= 10);
			for (const cell of [content.status, ...content.lines.map(({cell: its}) => its)]) {
				t.assert.strictEqual(cell.reduce((sum, {text}) => sum + [...text].reduce((all, character) => all + (character > '\u{2E80}' ? 2 : 1), 0), 0), width);
			}
		}
	}
});

/** A log whose texts count how often they are looked at. */
function countedLines(amount: number) {
	const looks = {count: 0};
	const items = lines(amount).map(({text, ...item}) => ({
		...item,
		get text() {
			looks.count++;
			return text;
		},
	}));
	return {items, looks};
}

test('of 100,000 items only those on screen are drawn, and a search looks at each once', (t: TestContext) => {
	const {items, looks} = countedLines(100_000);
	const reader = withLog(unread, items);
	const looked = () => {
		const {count} = looks;
		looks.count = 0;
		return count;
	};

	for (const keys of ['j', 'w', 'k', 'g', 'w pagedown', 't', 'o']) {
		contentAfter(keys, reader);
		t.assert.ok(looked() < 200, keys);
	}

	let state = pressed('/ u s e r 9', reader);
	openLogContent(state);
	t.assert.ok(looked() < 510_000);
	// Only what has the beginning of the word can have the word.
	state = pressed('9 9', state);
	t.assert.ok(looked() < 30_000);
	// The same search over what was seen and one more line.
	const more = [...items, line(100_001)];
	state = pressed('enter n n N', withLog(state, more));
	openLogContent(state);
	t.assert.ok(looked() < 200);
	// Older lines that come are looked at, the others are not again.
	contentAfter('n', withLog(state, [line(0), ...more]));
	t.assert.ok(looked() < 200);
});
