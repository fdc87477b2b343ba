import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {keysOfText} from '../../source/terminal/input.js';
import {openLogContent} from '../../source/app/detail/log/log-selectors.js';
import {openedOf} from '../../source/app/detail/opened.js';
import {focusOf} from '../../source/app/focus.js';
import {askedLine} from '../../source/app/footer-lines.js';
import {openLayer, topLayer} from '../../source/app/shared/state/layers.js';
import type {Effect} from '../../source/app/shared/state/messages.js';
import {
	allJobRows,
	detailLayer,
	layout,
	listLayer,
	sessionRows,
	shownColumnIds,
	visibleRows,
} from '../../source/app/shared/state/selectors.js';
import {noticed, type State} from '../../source/app/shared/state/state.js';
import {shownHelp} from '../../source/app/help-lines.js';
import {helpTables} from '../../source/app/tables.js';
import {messageOf, update} from '../../source/app/update.js';
import {columnsFor, oneServer} from '../../source/app/shared/columns/columns.js';
import {later, minute, now, second} from '../helpers/sessions.js';
import {
	answered,
	commanded,
	effectsOf,
	jobVerdict,
	keysOf,
	kindsOf,
	nowOf,
	numbered,
	pasted,
	press,
	pressed,
	pressedKeys,
	refused,
	sent,
	stateOf,
	ticked,
	withVerdictsOf,
} from '../helpers/state.js';

const twenty = numbered(20);
const start = stateOf({snapshots: [twenty]});
const type = (chunk: string, from = start): State => pressedKeys(from, keysOfText(chunk)).state;
const after = (keys: string, from = start) => pressed(from, keys);
const focus = ({layers}: State) => focusOf(layers);
const filterOf = (state: State) => listLayer(state).filters.text;
const promptOf = (state: State) => openLayer(state.layers, 'filter')?.prompt.text;
const hasQuit = (keys: string, from = start) => effectsOf(from, keys).some(({type: what}) => what === 'quit');

test('letters move in the list, and are text in the filter', () => {
	assert.equal(listLayer(type('jj')).selectedKey, 'vb1/s3');
	assert.equal(promptOf(type('/jj')), 'jj');
	assert.equal(listLayer(type('/jj')).selectedKey, undefined);
});

test('keys typed in one go go where the one before led', () => {
	const state = type('/job 7\r\r');
	assert.deepEqual([filterOf(state), kindsOf(state), detailLayer(state)?.key], ['job 7', 'list detail', 'vb1/s7']);
});

test('a line takes what keyboards and input methods send', () => {
	assert.equal(promptOf(type('/東京 e\u{301} 👨‍👩‍👧 1\u{FE0F}\u{20E3} q')), '東京 e\u{301} 👨‍👩‍👧 1\u{FE0F}\u{20E3} q');
});

test('a key without a meaning in a line is no text', () => {
	assert.equal(promptOf(after('/ up tab shift-tab pagedown ctrl-x delete')), '');
});

test('a key without a meaning changes nothing', () => {
	assert.equal(after('Z'), start);
	assert.equal(after('left'), start);
	assert.deepEqual(effectsOf(start, 'Z left'), []);
});

test('a key that is off says why, for four seconds, and changes nothing else', () => {
	assert.deepEqual(after('escape'), {...start, notice: {text: 'there is no filter to clear', until: now.monotonic + 4000}});
});

test('what is said stands for four seconds of the clock that goes on, also while painting is paused', () => {
	const paused = ticked(after('p'), later(minute));
	assert.deepEqual(after('+', paused).notice, {text: 'the server is asked every 10 s', until: now.monotonic + minute + 4000});
	assert.equal(sent(paused, {type: 'answered', text: 'saved'}).notice?.until, now.monotonic + minute + 4000);
});

const elsewhere = ['1', 'enter', 'l', '?', 'c'];

for (const key of elsewhere) {
	test(`what was said ends where ${key} leads to another view`, () => {
		const said = after('+');
		assert.ok(said.notice);
		assert.equal(after(key, said).notice, undefined);
		assert.equal(after('j', said).notice, said.notice);
	});
}

test('what was said in a detail ends with it, with its tab and with its session', () => {
	const said = after('enter +');
	assert.deepEqual([...'2J'].map(key => after(key, said).notice), [undefined, undefined]);
	assert.equal(after('escape', said).notice, undefined);
	assert.equal(after('K', said).notice?.text, 'this is the first session of the list');
});

test('a command says in the list what it did from elsewhere', () => {
	assert.match(commanded(after('?'), 'since 6h').notice!.text, /looks back/v);
	assert.match(commanded(after('+'), 'refresh 10').notice!.text, /every 10 s/v);
	assert.equal(commanded(after('+'), 'view now').notice, undefined);
});

test('what was said ends with the size of the terminal', () => {
	const said = after('v');
	assert.ok(said.notice);
	assert.equal(sent(said, {type: 'resize', columns: 81, rows: 24}).notice, undefined);
	assert.equal(sent(said, {type: 'resize', columns: 80, rows: 24}), said);
	assert.deepEqual(sent(start, {type: 'resize', columns: 90, rows: 30}).terminal, {...start.terminal, columns: 90, rows: 30});
});

test('a paste is text in a line, line ends as spaces', () => {
	assert.equal(promptOf(pasted(after('/'), 'contoso\r\nmail\n')), 'contoso mail ');
	assert.equal(filterOf(pasted(after('/'), 'contoso\nmail')), 'contoso mail');
});

test('a paste anywhere else does nothing', () => {
	for (const keys of ['', 'enter', 'l', '?', 'c', '2']) {
		const state = after(keys);
		assert.equal(pasted(state, 'qqq'), state, keys);
	}
});

test('q quits from the list and goes back from elsewhere', () => {
	assert.equal(hasQuit('q'), true);
	for (const keys of ['enter', 'l', '?', 'enter ?', 'c']) {
		assert.deepEqual([hasQuit(`${keys} q`), kindsOf(after(`${keys} q`))], [false, keys === 'enter ?' ? 'list detail' : 'list'], keys);
	}

	assert.deepEqual([hasQuit('/ q'), promptOf(after('/ q'))], [false, 'q']);
});

test('Ctrl-C quits everywhere, Ctrl-Z suspends everywhere', () => {
	for (const keys of ['', 'enter', 'l', 'l /', '?', '? /', 'c', '/', ':', 'd']) {
		assert.deepEqual(press(start, `${keys} ctrl-c`).effects.at(-1), {type: 'quit'}, keys);
		assert.deepEqual(press(start, `${keys} ctrl-z`).effects.at(-1), {type: 'suspend'}, keys);
	}
});

test('what keys ask of the program comes in their order, as often as they were pressed', () => {
	assert.deepEqual(effectsOf(start, 'r'), [{type: 'poll'}]);
	assert.deepEqual(effectsOf(start, 'r r'), [{type: 'poll'}, {type: 'poll'}]);
	assert.deepEqual(effectsOf(start, 'r R ctrl-l'), [{type: 'poll'}, {type: 'reconnect'}, {type: 'redraw'}]);
});

test('y and Y in one go copy two texts', () => {
	const effects = effectsOf(start, 'y Y');
	assert.deepEqual(effects.map(effect => effect.type === 'copy' && effect.what), ['session id', 'summary']);
	assert.deepEqual(effects[0], {type: 'copy', what: 'session id', text: 's1'});
	assert.match(effectsOf(start, 'j Y').map(effect => effect.type === 'copy' && effect.text).join(''), /Job 2/v);
});

test('a job without a session is copied by its own id, nothing is copied of nothing', () => {
	const missed = withVerdictsOf(nowOf(['!']), [jobVerdict(1, '!', {kind: 'missed', session: undefined})]);
	assert.deepEqual(effectsOf(missed, 'y'), [{type: 'copy', what: 'job id', text: 'j1'}]);
	const none = answered(start, {...twenty, sessions: [], jobs: new Map()});
	assert.deepEqual([effectsOf(none, 'y Y'), pressed(none, 'y').notice?.text], [[], 'there is nothing to copy']);
});

test('on a terminal that is too small keys do nothing but leave and suspend', () => {
	const small = sent(start, {type: 'resize', columns: 39, rows: 9});
	assert.equal(layout(small).isTooSmall, true);
	assert.deepEqual(press(small, 'j enter l ? / + r'), {state: small, effects: []});
	assert.equal(pasted(small, 'x'), small);
	assert.deepEqual(effectsOf(small, 'q ctrl-c ctrl-z'), [{type: 'quit'}, {type: 'quit'}, {type: 'suspend'}]);
	const typing = sent(after('/ x'), {type: 'resize', columns: 39, rows: 9});
	assert.deepEqual(press(typing, 'q y'), {state: typing, effects: []});
	assert.equal(pasted(typing, 'y'), typing);
});

test('the refresh interval has two ends, and is said', () => {
	assert.deepEqual(['-', '- -', '+', '=', '+ + + + + + +'].map(keys => after(keys).preferences.refreshMs / second), [2, 2, 10, 10, 120]);
	assert.deepEqual(after('+').notice, {text: 'the server is asked every 10 s', until: now.monotonic + (4 * second)});
});

test('p pauses and goes on, in list and detail', () => {
	assert.deepEqual(['p', 'p p', 'enter p', 'l p'].map(keys => after(keys).paused !== undefined), [true, false, true, true]);
});

test('b switches the bell, and says so', () => {
	const ringing = after('b');
	assert.deepEqual([ringing.preferences.rings, ringing.notice?.text], [true, 'the bell rings for each new problem']);
	const silent = after('b', ringing);
	assert.deepEqual([silent.preferences.rings, silent.notice?.text], [false, 'the bell is off']);
});

test('v shows the preview where there is room for it, and says so where not', () => {
	assert.equal(after('v').notice?.text, 'the preview needs 110x32');
	const wide = stateOf({columns: 120, rows: 40});
	assert.deepEqual(['v', 'v v'].map(keys => pressed(wide, keys).preferences.hasPreview), [true, false]);
});

test('the help opens anew at its top, scrolls to its end and closes with its key', () => {
	const top = (keys: string) => openLayer(after(keys).layers, 'help')?.top;
	const open = after('?');
	const end = shownHelp(open, helpTables).length - layout(open).helpRows;
	assert.ok(end > layout(open).detailRows);
	assert.deepEqual(['? G', '? G j', '? k', '? pagedown', '? G g'].map(keys => top(keys)), [end, end, 0, layout(open).detailRows, 0]);
	assert.deepEqual([top('? j'), top('? j ? ?'), kindsOf(after('? ?'))], [1, 0, 'list']);
});

test('a search in the help begins at its top, is kept by Enter and left as it was by Esc', () => {
	const help = (keys: string) => openLayer(after(keys).layers, 'help');
	assert.deepEqual([help('? j j / n e x t')?.words, help('? j j / n e x t')?.top], ['next', 0]);
	assert.deepEqual([help('? / a enter')?.words, focus(after('? / a enter'))], ['a', 'help']);
	assert.deepEqual([help('? / a enter / b escape')?.words, focus(after('? / a enter / b escape'))], ['a', 'help']);
	assert.equal(help('? / a enter / b')?.words, 'ab');
	assert.equal(help('? / a enter ? ?')?.words, '', 'it opens with all of its lines');
});

test('the choice of columns lies over the list, its cursor has two ends, and each way out leads back', () => {
	const last = columnsFor({...oneServer, list: 'sessions'}).length - 1;
	assert.deepEqual(topLayer(after('c k').layers), {kind: 'columns', cursor: 0});
	assert.deepEqual(topLayer(after('c G j').layers), {kind: 'columns', cursor: last});
	assert.deepEqual(topLayer(after('c G g k').layers), {kind: 'columns', cursor: 0});
	for (const key of ['escape', 'enter', 'c', 'q']) {
		assert.deepEqual([kindsOf(after(`c ${key}`)), hasQuit(`c ${key}`)], ['list', false]);
	}
});

test('2 enter, 1 enter and 2 j j j in one go do what they do one by one', () => {
	const ofNow = stateOf({snapshots: [twenty], list: 'now'});
	assert.equal(detailLayer(pressed(ofNow, '2 enter'))?.key, 'vb1/s1');
	assert.equal(detailLayer(pressed(start, 'j j 1 enter'))?.key, 'vb1/s3');
	assert.equal(listLayer(pressed(pressed(ofNow, '2 g'), 'j j j')).selectedKey, 'vb1/s4');
	assert.equal(listLayer(pressed(ofNow, '2 g j j j')).selectedKey, 'vb1/s4');
});

test('a standing notice is said until it is taken back', () => {
	const said = sent(start, {type: 'standing-notice', text: 'vbtop.json could not be read'});
	assert.equal(said.standingNotice, 'vbtop.json could not be read');
	assert.equal(sent(said, {type: 'standing-notice', text: undefined}).standingNotice, undefined);
	assert.equal(noticed(said, 'x').standingNotice, said.standingNotice);
});

const names = [
	'j',
	'k',
	'G',
	'g',
	'pagedown',
	'ctrl-u',
	'enter',
	'l',
	'escape',
	'q',
	'/',
	'x',
	'o',
	'Space',
	'backspace',
	't',
	'T',
	'n',
	'N',
	'a',
	'u',
	'1',
	'2',
	'3',
	'4',
	'tab',
	'shift-tab',
	'J',
	'K',
	's',
	'<',
	'S',
	'c',
	'd',
	'b',
	':',
	'v',
	'p',
	'-',
	'+',
	'r',
	'R',
	'y',
	'Y',
	'?',
	'e',
	'E',
	'f',
	'w',
	'[',
	']',
	'up',
	'down',
	'ctrl-w',
	'Z',
	': r e f r e s h Space 3 0 enter',
	': i g n o r e enter',
	': a c k Space a l l enter',
	': c o l u m n s enter',
	': i g n o r e d enter',
];
const sequences = fc.array(fc.constantFrom(...names), {maxLength: 40}).map(keys => keysOf(keys.join(' ')));

const worlds: Readonly<Record<string, State>> = {
	Sessions: start,
	'a small Now': nowOf(['!', '', 'a', '!', '']),
	'two servers, one of them waiting for its password': refused(stateOf({
		snapshots: [twenty, numbered(3, {serverId: 'vb2', status: 'Running', endedAt: undefined}, {serverId: 'vb2', serverName: 'vb-there'})], list: 'now', columns: 120, rows: 40,
	}), 'vb2'),
};

/** What the views and the next keys ask of a state. */
function look(state: State): void {
	visibleRows(state);
	allJobRows(state);
	sessionRows(state);
	shownColumnIds(state);
	openedOf(state);
	askedLine(state);
	openLogContent(state);
	shownHelp(state, helpTables);
}

for (const [name, world] of Object.entries(worlds)) {
	test(`keys in one go do what the same keys do one by one: ${name}`, () => {
		const sameTick = {type: 'tick', now: world.time} as const;
		fc.assert(fc.property(sequences, keys => {
			const batch = pressedKeys(world, keys);
			let state = world;
			const effects: Effect[] = [];
			for (const key of keys) {
				look(state);
				const step = update(state, messageOf(state, {type: 'key', key}));
				effects.push(...step.effects);
				state = sent(step.state, sameTick);
				// Another state was asked for between two keys.
				look(world);
				look(state);
			}

			// Both have the verdicts of the same moment, each made anew where its data changed.
			assert.deepEqual(state, batch.state);
			assert.deepEqual(effects, batch.effects);
		}), {numRuns: 60});
	});

	test(`whatever is pressed, the layers stay in order: ${name}`, () => {
		fc.assert(fc.property(sequences, keys => {
			const {state} = pressedKeys(world, keys);
			const kinds = kindsOf(state).split(' ');
			const typedKinds = new Set(['filter', 'log-search', 'help-search', 'command']);
			assert.equal(kinds.indexOf('list'), kinds.lastIndexOf('list'));
			assert.ok(kinds.slice(0, -1).every(kind => !typedKinds.has(kind)), 'only the top one is typed');
			assert.ok(kinds.filter(kind => kind === 'detail').length <= 1);
			assert.ok(kinds.filter(kind => kind === 'sign-in').length <= 1);
			// Esc leads out of all of it.
			let left = state;
			for (let count = 0; count < 100 && (left.layers.length > 1 || filterOf(left) !== ''); count++) {
				left = pressed(left, 'escape');
			}

			assert.deepEqual([kindsOf(left), filterOf(left)], ['list', '']);
		}), {numRuns: 60});
	});
}
