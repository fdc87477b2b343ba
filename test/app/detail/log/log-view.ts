import {test, type TestContext} from 'node:test';
import type {LogItem} from '../../../../source/model/log-item.js';
import {logContent, type LoadedLog} from '../../../../source/app/detail/log/log-content.js';
import {createLogReader} from '../../../../source/app/detail/log/log-rows.js';
import {firstLogView, itemOfRow, logCursor, logRows, type LogInput, type LogView} from '../../../../source/app/detail/log/log-view.js';
import {press} from '../../../../source/app/press.js';
import {initialScreen, type Screen} from '../../../../source/app/screen-state.js';
import {day, logItem, minute, now, rows as listRows, textOf} from '../../../helpers/sessions.js';

const types: Readonly<Record<number, string>> = {5: 'Error', 12: 'Warning', 20: 'Error', 31: 'Warning'};

/** A line of a log; 5 and 20 are errors, 12 and 31 warnings. */
const line = (ordinal: number): LogItem => logItem({
	id: `l${ordinal}`, usn: ordinal, type: types[ordinal] ?? 'Success', text: `Processing mailbox user${ordinal}@contoso.example`,
	createdAt: now.server - (60 * minute) + (ordinal * 1000), endedAt: now.server - (60 * minute) + (ordinal * 1000) + 2000,
});
const lines = (amount: number) => Array.from({length: amount}, (_, index) => line(index + 1));
const forty = lines(40);

const rowsOf = createLogReader();
const inputOf = (options: Partial<LogInput> = {}): LogInput =>
	({items: forty, isActive: true, rowsOf, width: 79, height: 10, messageEnd: 0, ...options});

const opened: Screen = {...initialScreen({list: 'sessions', jobType: 'all', rangeMs: day, refreshMs: 5000}), openKey: 'vb1/s1', tab: 'log'};

function pressed(keys: string, from = opened, options: Partial<LogInput> = {}): Screen {
	let state = from;
	for (const key of keys.split(' ')) {
		state = press(state, key, {rows: listRows(3), now, shownColumns: [], pageRows: 19, detailEnd: 0, helpEnd: 9, log: inputOf(options)});
	}

	return state;
}

/** The item under the cursor. */
function cursor({log}: Screen, options: Partial<LogInput> = {}): string | undefined {
	const rows = logRows(log, inputOf(options));
	return itemOfRow(rows, logCursor(log, rows))?.id;
}

function contentOf(view: LogView, held: Partial<LoadedLog> = {}, options: Partial<LogInput> = {}) {
	const input = inputOf({items: held.items ?? forty, ...options});
	const log: LoadedLog = {items: input.items, isCut: false, ...held};
	return logContent({view, log, failure: undefined, hasSession: true, input, zone: 'UTC', now: now.server});
}

const drawn = (state: Screen, held: Partial<LoadedLog> = {}, options: Partial<LogInput> = {}) => {
	const content = contentOf(state.log, held, options);
	return {status: textOf(content.status).trimEnd(), lines: content.lines.map(({cell}) => textOf(cell).trimEnd())};
};

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
		t.assert.strictEqual(cursor(pressed(keys)), found);
	});
}

test('the newest line is under the cursor until it is moved up, then new lines only wait', (t: TestContext) => {
	const more = {items: lines(52)};
	t.assert.strictEqual(cursor(opened, more), 'l52');
	const left = pressed('k');
	t.assert.strictEqual(cursor(left, more), 'l39');
	t.assert.match(drawn(left, more).status, /52 items {2}\+12 new .*follow off/v);
	// Those that are on screen wait no longer.
	t.assert.match(drawn(pressed('pagedown', left, more), more).status, /\+3 new/v);
	for (const key of ['G', 'f']) {
		const again = pressed(key, left, more);
		t.assert.strictEqual(cursor(again, more), 'l52');
		t.assert.match(drawn(again, more).status, /52 items {2}following/v);
		t.assert.strictEqual(cursor(again, {items: lines(60)}), 'l60');
	}
});

test('f leaves the newest line as well, and a session that has ended is not followed', (t: TestContext) => {
	t.assert.strictEqual(cursor(pressed('f'), {items: lines(50)}), 'l40');
	const ended = pressed('k f', opened, {isActive: false});
	t.assert.strictEqual(ended.notice?.text, 'the session has ended: nothing new comes');
	t.assert.doesNotMatch(drawn(ended, {}, {isActive: false}).status, /follow/v);
});

test('the cursor and the lines on screen stay where they are when older lines come above', (t: TestContext) => {
	const newest = {items: forty.slice(15)};
	const state = pressed('pageup', opened, newest);
	t.assert.strictEqual(cursor(state, newest), cursor(state));
	t.assert.deepStrictEqual(drawn(state, newest).lines, drawn(state).lines);
});

test('a level says how many lines it leaves, and whether hits are hidden', (t: TestContext) => {
	t.assert.match(drawn(pressed('t')).status, /^ 4 of 40 items {2}warnings and errors /v);
	t.assert.match(drawn(pressed('t t')).status, /^ 2 of 40 items {2}errors only /v);
	t.assert.match(drawn(pressed('/ u s e r 2 enter')).status, /\/user2 1 of 11 /v);
	t.assert.match(drawn(pressed('t t / u s e r 2 enter')).status, /\/user2 1 of 1, 10 hidden/v);
	t.assert.match(drawn(pressed('/ x x')).status, /\/xx 0 hits/v);
	t.assert.deepStrictEqual(drawn(pressed('t t'), {items: lines(4)}).lines, [' None of 4 items is an error; t shows others.']);
});

const sayings: ReadonlyArray<readonly [keys: string, said: string | undefined, options?: Partial<LogInput>]> = [
	['enter', 'there is no line to open', {items: []}],
	['t t enter', 'there is no line to open', {items: lines(4)}],
	['enter', undefined],
	['/ z z z z enter', 'no line has "zzzz"'],
	['/ z z z z enter N', 'no line has "zzzz"'],
	['t t / u s e r 1 enter', 'no line that is shown has "user1"; t shows others'],
	['t t / u s e r 1 enter n', 'no line that is shown has "user1"; t shows others'],
	['/ u s e r 1 enter', undefined],
	['/ enter', undefined],
];

for (const [keys, said, options] of sayings) {
	test(`${keys} in a log of ${options?.items?.length ?? 40} lines says ${said ?? 'nothing'}`, (t: TestContext) => {
		t.assert.strictEqual(pressed(keys, opened, options).notice?.text, said);
	});
}

test('a log that is not read yet has no line to open', (t: TestContext) => {
	t.assert.strictEqual(press(opened, 'enter', {rows: [], now, shownColumns: [], pageRows: 19, detailEnd: 0, helpEnd: 9}).notice?.text, 'there is no line to open');
});

test('lines carry cursor, hits, time, type, what was found and how long it took', (t: TestContext) => {
	const {lines: shown} = drawn(pressed('/ u s e r 5 enter'));
	t.assert.strictEqual(shown[3], '>*01:14:42 Error    Processing mailbox user5@contoso.example                 2s');
	t.assert.strictEqual(shown[4], '  01:14:43 Success  Processing mailbox user6@contoso.example                 2s');
	const {lines: cells} = contentOf(pressed('/ u s e r 1 enter').log);
	const words = [{text: 'Processing mailbox ', tone: 'plain'}, {text: 'user1', tone: 'active'}, {text: '@contoso.example', tone: 'plain'}];
	t.assert.deepStrictEqual(cells.find(({isCursor}) => isCursor)!.cell.slice(3, 6), words);
});

test('a hit that was not on screen is shown with lines before it', (t: TestContext) => {
	const {lines: cells} = contentOf(pressed('/ u s e r 2 2 enter').log);
	t.assert.strictEqual(cells.findIndex(({isCursor}) => isCursor), 3);
});

test('a narrow line leaves out seconds and duration', (t: TestContext) => {
	t.assert.strictEqual(drawn(opened, {}, {width: 39}).lines[9], '> 01:15 Success  Processing mailbox u..');
});

test('wrapped lines keep their indent, and the newest one is whole on screen', (t: TestContext) => {
	const items = [...lines(30), {...line(31), text: 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen'}];
	const {lines: shown} = drawn(pressed('w'), {items}, {height: 4});
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
	t.assert.match(drawn(pressed('e', state)).lines[1]!, /Line {3}20 of 40/v);
	const closed = pressed('escape', state);
	t.assert.deepStrictEqual([closed.log.isMessageOpen, closed.log.search, closed.openKey], [false, 'user5', 'vb1/s1']);
	const left = pressed('escape', closed);
	t.assert.deepStrictEqual([left.log.search, left.openKey], ['', 'vb1/s1']);
	t.assert.strictEqual(pressed('escape', left).openKey, undefined);
});

test('a message longer than the screen is scrolled to its end and no further', (t: TestContext) => {
	const items = [{...line(1), text: 'word '.repeat(300)}];
	const {messageEnd} = contentOf(pressed('enter', opened, {items}).log, {items});
	const state = pressed('enter j pagedown pagedown pagedown pagedown', opened, {items, messageEnd});
	t.assert.strictEqual(state.log.messageTop, messageEnd);
	t.assert.strictEqual(drawn(state, {items}).lines.length, 10);
});

test('another session has a log that nothing is set in', (t: TestContext) => {
	t.assert.strictEqual(pressed('w t / x enter', {...opened, openKey: 'vb1/s1'}).log.isWrapped, true);
	t.assert.deepStrictEqual(pressed('w t J', {...opened, openKey: 'vb1/s1'}).log, firstLogView);
});

test('what is not held is told', (t: TestContext) => {
	t.assert.match(drawn(opened, {isCut: true}).status, /older not held/v);
	t.assert.match(drawn(opened, {reading: 'older'}).status, /reading older lines \.\.\./v);
	const told = (options: Partial<Parameters<typeof logContent>[0]>) => logContent({
		view: firstLogView, log: undefined, failure: undefined, hasSession: true, input: inputOf({items: []}), zone: 'UTC', now: now.server, ...options,
	}).lines.map(({cell}) => textOf(cell).trim());
	t.assert.deepStrictEqual(told({}), ['The log is being read ...']);
	t.assert.deepStrictEqual(told({failure: 'refused'}), ['The log could not be read:', 'refused']);
	t.assert.deepStrictEqual(told({log: {items: [], isCut: false}}), ['The log has no items yet.']);
	t.assert.deepStrictEqual(told({hasSession: false}), ['This job has no session in range, and so no log.']);
});

test('no line is wider than the screen or longer than its lines, at any size, wrapped or not', (t: TestContext) => {
	const items = [...forty, {...line(41), text: '東京本社 メールボックス '.repeat(30)}];
	for (const width of [39, 59, 79, 119, 199]) {
		for (const keys of ['j', 'w', 'w enter', '/ 東 京', 'o', 't']) {
			const content = contentOf(pressed(keys, opened, {items, width}).log, {items}, {width});
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
	const reader = {items, rowsOf: createLogReader()};
	const looked = () => {
		const {count} = looks;
		looks.count = 0;
		return count;
	};

	for (const keys of ['j', 'w', 'k', 'g', 'w pagedown', 't', 'o']) {
		contentOf(pressed(keys, opened, reader).log, reader, reader);
		t.assert.ok(looked() < 200, keys);
	}

	let state = pressed('/ u s e r 9', opened, reader);
	contentOf(state.log, reader, reader);
	t.assert.ok(looked() < 510_000);
	// Only what has the beginning of the word can have the word.
	state = pressed('9 9', state, reader);
	t.assert.ok(looked() < 30_000);
	// The same search over what was seen and one more line.
	const more = {...reader, items: [...items, line(100_001)]};
	state = pressed('enter n n N', state, more);
	contentOf(state.log, more, more);
	t.assert.ok(looked() < 200);
	// Older lines that come are looked at, the others are not again.
	const older = {...more, items: [line(0), ...more.items]};
	contentOf(pressed('n', state, older).log, older, older);
	t.assert.ok(looked() < 200);
});
