import assert from 'node:assert/strict';
import {test} from 'node:test';
import {keysOfText} from '../../source/terminal/input.js';
import {paste, press} from '../../source/app/press.js';
import {initialScreen, focusOf, type Screen, type ScreenInput} from '../../source/app/screen-state.js';
import {screen} from '../../source/app/screen.js';
import {day, now, rows} from '../helpers/sessions.js';

const start = initialScreen({list: 'sessions', jobType: 'all', rangeMs: day, refreshMs: 5000});
const input: ScreenInput = {rows: rows(20), now, shownColumns: [], pageRows: 10, detailEnd: 4, helpEnd: 30};

function pressed(keys: string | readonly string[], from = start): Screen {
	let state = from;
	for (const key of typeof keys === 'string' ? keys.split(' ') : keys) {
		state = press(state, key, input);
	}

	return state;
}

const type = (chunk: string, from = start): Screen => pressed(keysOfText(chunk), from);

test('letters move in the list, and are text in the prompt', () => {
	assert.equal(type('jj').selectedKey, 'vb1/s3');
	assert.equal(type('/jj').prompt!.text, 'jj');
	assert.equal(type('/jj').selectedKey, undefined);
});

test('keys typed in one go go where the one before led', () => {
	const state = type('/job 7\r\r');
	assert.equal(state.filters.text, 'job 7');
	assert.equal(state.prompt, undefined);
	assert.equal(state.openKey, 'vb1/s7');
});

test('the list is narrowed while a filter is typed', () => {
	assert.equal(type('/jo').filters.text, 'jo');
	assert.equal(pressed('backspace', type('/jo')).filters.text, 'j');
});

test('a prompt takes what keyboards and input methods send', () => {
	assert.equal(type('/東京 e\u{301} 👨‍👩‍👧 1\u{FE0F}\u{20E3} q').prompt!.text, '東京 e\u{301} 👨‍👩‍👧 1\u{FE0F}\u{20E3} q');
});

test('a key without a meaning in the prompt is no text', () => {
	assert.equal(pressed('/ up tab shift-tab pagedown ctrl-x delete').prompt!.text, '');
});

test('a key without a meaning changes nothing', () => {
	assert.equal(pressed('Z'), start);
	assert.equal(pressed('left'), start);
});

test('a key that is off says why, for four seconds, and changes nothing else', () => {
	assert.deepEqual(pressed('escape'), {...start, notice: {text: 'there is no filter to clear', until: now.monotonic + 4000}});
});

const elsewhere = ['1', 'enter', 'l', '?', 'c'];

for (const key of elsewhere) {
	test(`what was told ends where ${key} leads to another view`, () => {
		const told = pressed('+');
		assert.ok(told.notice);
		assert.equal(pressed(key, told).notice, undefined);
		assert.equal(pressed('j', told).notice, told.notice);
	});
}

test('what was told in a detail ends with it, with its tab and with its session', () => {
	const told = pressed('enter +');
	assert.deepEqual([...'2J'].map(key => pressed(key, told).notice), [undefined, undefined]);
	assert.equal(pressed('escape', told).notice, undefined);
	assert.equal(pressed('K', told).notice?.text, 'this is the first session of the list');
});

test('a command tells in the list what it did from elsewhere', () => {
	assert.match(pressed([...'?:', ...'since 6h', 'enter']).notice!.text, /looks back/v);
	assert.match(pressed([':', ...'refresh 10', 'enter'], pressed('+')).notice!.text, /every 10 s/v);
	assert.equal(pressed([':', ...'view now', 'enter'], pressed('+')).notice, undefined);
});

test('what was told ends with the size of the terminal', () => {
	assert.equal(screen(pressed('v'), {type: 'resized'}, input).notice, undefined);
	assert.equal(screen(start, {type: 'resized'}, input), start);
});

test('a paste is text in the prompt, line ends as spaces', () => {
	assert.equal(paste(pressed('/'), 'contoso\r\nmail\n', input).prompt!.text, 'contoso mail ');
	assert.equal(paste(pressed('/'), 'contoso\nmail', input).filters.text, 'contoso mail');
});

test('a paste anywhere else does nothing', () => {
	assert.equal(paste(start, 'qqq', input), start);
	const detail = pressed('enter');
	assert.equal(paste(detail, 'q', input), detail);
});

test('q quits from the list and goes back from elsewhere', () => {
	assert.equal(pressed('q').hasQuit, true);
	assert.deepEqual([pressed('enter q').hasQuit, focusOf(pressed('enter q'))], [false, 'list']);
	assert.deepEqual([pressed('? q').hasQuit, focusOf(pressed('? q'))], [false, 'list']);
	assert.deepEqual([pressed('/ q').hasQuit, pressed('/ q').prompt!.text], [false, 'q']);
});

test('Ctrl-C quits everywhere', () => {
	assert.deepEqual(['ctrl-c', 'enter ctrl-c', '? ctrl-c', '/ ctrl-c'].map(keys => pressed(keys).hasQuit), [true, true, true, true]);
});

test('Esc closes the innermost thing: prompt, help, detail, then the filter', () => {
	const everything = pressed('enter ?', type('/job\r'));
	const places: unknown[] = [];
	let state = everything;
	for (let count = 0; count < 4; count++) {
		places.push([focusOf(state), state.filters.text]);
		state = pressed('escape', state);
	}

	assert.deepEqual(places, [['help', 'job'], ['detail', 'job'], ['list', 'job'], ['list', '']]);
	assert.equal(state.hasQuit, false);
});

test('Esc in the prompt leaves the filter as it was', () => {
	const state = pressed('escape', type('/ mail', type('/job\r')));
	assert.deepEqual([focusOf(state), state.filters.text], ['list', 'job']);
});

test('Enter on an empty prompt clears the filter', () => {
	assert.equal(pressed('/ ctrl-u enter', type('/job\r')).filters.text, '');
});

test('what a key asks of the program is counted, so that it can be asked for twice', () => {
	assert.deepEqual(pressed('r').effect, {name: 'refresh', count: 1});
	assert.deepEqual(pressed('r r').effect, {name: 'refresh', count: 2});
	assert.deepEqual(pressed('r R ctrl-l').effect, {name: 'redraw', count: 3});
});
