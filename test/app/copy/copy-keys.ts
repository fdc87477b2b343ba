import assert from 'node:assert/strict';
import {test} from 'node:test';
import {shownCopyLines} from '../../../source/app/copy/copy-keys.js';
import {openLayer} from '../../../source/app/shared/state/layers.js';
import {layout} from '../../../source/app/shared/state/selectors.js';
import type {State} from '../../../source/app/shared/state/state.js';
import type {CopyWay} from '../../../source/model/clipboard-text.js';
import {kindsAfter, kindsOf, pressed, sent, stateOf} from '../../helpers/state.js';

const start = stateOf();
const copied = (state: State, text: string, way: CopyWay = 'osc52') => sent(state, {type: 'copied', what: 'summary', text, way});
const copyOf = ({layers}: State) => openLayer(layers, 'copy');

test('what was copied is said, and nothing opens', () => {
	const state = copied(start, 'a');
	assert.deepEqual([kindsOf(state), state.lastCopied], ['list', 'a']);
	assert.match(state.notice!.text, /^summary sent to the terminal's clipboard/v);
});

test('the same text once more fills the screen, and a third time is sent again', () => {
	const twice = copied(copied(start, 'a'), 'a');
	assert.deepEqual([kindsOf(twice), copyOf(twice)?.text, twice.lastCopied], ['list copy', 'a', undefined]);
	assert.equal(kindsOf(copied(pressed(twice, 'escape'), 'a')), 'list');
	assert.equal(kindsOf(copied(copied(copied(start, 'a'), 'b'), 'a')), 'list');
});

test('without a clipboard the text fills the screen at once', () => {
	assert.equal(kindsOf(copied(start, 'a', 'screen')), 'list copy');
	assert.equal(kindsOf(copied(pressed(start, 'enter'), 'a', 'screen')), 'list detail copy');
});

test('of two texts that fill the screen the later one is there, and one key leads back', () => {
	const state = copied(copied(start, 'a', 'screen'), 'b', 'screen');
	assert.deepEqual([kindsOf(state), copyOf(state)?.text], ['list copy', 'b']);
	assert.equal(kindsAfter(state, 'escape'), 'list');
});

test('a text that comes while something is typed stands below it', () => {
	const state = copied(pressed(start, '/ x'), 'a', 'screen');
	assert.equal(kindsOf(state), 'list copy filter');
	assert.equal(kindsAfter(state, 'enter'), 'list copy');
});

test('the text is scrolled to its end and no further, by pages as other texts are', () => {
	const text = Array.from({length: 60}, (_, index) => `line ${index}`).join('\n');
	const state = copied(start, text, 'screen');
	const top = (keys: string) => copyOf(pressed(state, keys))?.top;
	const end = shownCopyLines(state, copyOf(state)!).length - 23;
	const page = layout(state).detailRows;
	assert.deepEqual(['j', 'j k k', 'pagedown', 'ctrl-d', 'G', 'G j', 'G g'].map(keys => top(keys)), [1, 0, page, Math.ceil(page / 2), end, end, 0]);
});
