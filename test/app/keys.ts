import assert from 'node:assert/strict';
import {test} from 'node:test';
import {focusOf} from '../../source/app/focus.js';
import {listLayer} from '../../source/app/shared/state/selectors.js';
import type {State} from '../../source/app/shared/state/state.js';
import {kindsOf, logRead, numbered, press, pressed, refused, sent, stateOf} from '../helpers/state.js';

const start = stateOf({snapshots: [numbered(20)]});
const signIn = (state: State) => refused(state);
const copy = (state: State) => sent(state, {type: 'copied', what: 'summary', text: 'a', way: 'screen'});

/** What opens a layer over another one. */
const openers: Readonly<Record<string, (state: State) => State>> = {
	detail: state => pressed(state, 'enter'),
	log: state => logRead(pressed(state, 'l'), []),
	'log-search': state => pressed(state, '/ x'),
	report: state => pressed(state, 'd'),
	columns: state => pressed(state, 'c'),
	help: state => pressed(state, '?'),
	'help-search': state => pressed(state, '/ x'),
	filter: state => pressed(state, '/ j o b'),
	command: state => pressed(state, ': q u i t'),
	copy,
	'sign-in': signIn,
};

/** What can lie over what: each way that layers can be opened in, the lowest first. */
const combinations: readonly string[] = [
	'filter',
	'columns',
	'help',
	'report',
	'copy',
	'command',
	'sign-in',
	'detail',
	'log',
	'log log-search',
	'log log-search sign-in',
	'log sign-in',
	'log help',
	'log report',
	'log command',
	'log copy',
	'detail report',
	'detail help',
	'detail copy',
	'detail sign-in',
	'detail command',
	'detail report help',
	'detail report help help-search',
	'detail report help command',
	'detail report command',
	'detail help command',
	'detail report sign-in',
	'detail copy sign-in',
	'detail copy command',
	'help help-search',
	'help help-search sign-in',
	'help command',
	'help sign-in',
	'report help',
	'report command',
	'columns help',
	'columns help help-search',
	'columns help command',
	'columns sign-in',
	'filter sign-in',
	'command sign-in',
	'filter copy',
	'copy command',
	'copy sign-in',
	'detail command sign-in',
];

/** What opens by itself goes below the line that is being typed. */
const typed = new Set(['filter', 'log-search', 'help-search', 'command']);

for (const combination of combinations) {
	const kinds = combination.split(' ');
	test(`Esc closes the innermost thing of: ${combination}`, () => {
		const states = [start];
		for (const kind of kinds) {
			states.push(openers[kind]!(states.at(-1)!));
		}

		let state = states.at(-1)!;
		const expected = kinds.map(kind => kind === 'log' ? 'detail' : kind);
		const [last, former] = [expected.at(-1)!, expected.at(-2)!];
		const order = (last === 'sign-in' || last === 'copy') && typed.has(former) ? [...expected.slice(0, -2), last, former] : expected;
		for (let open = order.length; open > 0; open--) {
			assert.equal(kindsOf(state), ['list', ...order.slice(0, open)].join(' '));
			const {state: next, effects} = press(state, 'escape');
			assert.deepEqual(effects.filter(({type}) => type !== 'follow' && type !== 'pending-reads'), []);
			state = next;
		}

		assert.equal(kindsOf(state), 'list');
		assert.equal(listLayer(state).filters.text, '', 'the filter is as it was before it was typed');
	});
}

test('Esc in the list closes its filter at last, and then says that there is none', () => {
	const everything = pressed(start, '/ j o b enter enter ?');
	const seen: unknown[] = [];
	let state = everything;
	for (let count = 0; count < 4; count++) {
		seen.push([focusOf(state.layers), listLayer(state).filters.text]);
		state = pressed(state, 'escape');
	}

	assert.deepEqual(seen, [['help', 'job'], ['detail', 'job'], ['list', 'job'], ['list', '']]);
	assert.equal(state.notice?.text, 'there is no filter to clear');
});

test('q closes one view at a time, and quits from the list alone', () => {
	const state = pressed(start, 'enter d ?');
	const steps = ['q', 'q q', 'q q q', 'q q q q'].map(keys => press(state, keys));
	assert.deepEqual(steps.map(step => kindsOf(step.state)), ['list detail report', 'list detail', 'list', 'list']);
	assert.deepEqual(steps.map(({effects}) => effects.some(({type}) => type === 'quit')), [false, false, false, true]);
});

test('a key goes to the layer on top alone', () => {
	const detail = pressed(start, 'enter');
	for (const keys of ['?', 'd', ':', '? /']) {
		const over = pressed(detail, keys);
		assert.deepEqual(pressed(over, 'J K 2 t').layers[1], over.layers[1], keys);
		assert.equal(pressed(over, 'J K 2 t').layers[0], over.layers[0], keys);
	}
});
