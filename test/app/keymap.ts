import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bindingFor, bindings} from '../../source/app/keymap.js';
import type {Focus} from '../../source/app/shared/state/focus.js';
import {keyWord, shortKeys} from '../../source/app/shared/state/key-table.js';
import {stepOf} from '../../source/app/shared/state/messages.js';
import {helpTables} from '../../source/app/tables.js';
import {stateOf} from '../helpers/state.js';

const everywhere: Readonly<Record<Focus, true>> = {
	list: true, detail: true, log: true, 'log-search': true, help: true, 'help-search': true, copy: true, report: true, columns: true, filter: true,
	command: true, password: true, 'signing-in': true, 'keep-password': true,
};
const focuses = Object.keys(everywhere) as Focus[];
const state = stateOf();
const asked = (focus: Focus, key: string) => stepOf(bindingFor(focus, key)!.run(state, helpTables)).effects;

for (const focus of focuses) {
	test(`no key has two meanings in the ${focus}`, () => {
		const keys = bindings.filter(binding => binding.focuses.includes(focus)).flatMap(binding => binding.keys);
		assert.deepEqual(keys.filter((key, index) => keys.indexOf(key) !== index), []);
	});

	test(`what is bound in the ${focus} is found there`, () => {
		const lost = bindings.filter(binding => binding.focuses.includes(focus) && binding.keys.some(key => bindingFor(focus, key) !== binding));
		assert.deepEqual(lost, []);
	});

	test(`the ${focus} has a way out, Ctrl-C quits from it and Ctrl-Z suspends it`, () => {
		assert.deepEqual(asked(focus, 'ctrl-c'), [{type: 'quit'}]);
		assert.deepEqual(asked(focus, 'ctrl-z'), [{type: 'suspend'}]);
		assert.ok(bindingFor(focus, 'escape'));
	});
}

for (const focus of ['filter', 'command', 'log-search', 'help-search', 'password'] as const) {
	test(`no character that can be typed is bound in the ${focus}`, () => {
		const typed = bindings.filter(binding => binding.focuses.includes(focus)).flatMap(binding => binding.keys).filter(key => key.length === 1);
		assert.deepEqual(typed, []);
	});
}

test('each meaning has keys, words and an id of its own', () => {
	assert.deepEqual(bindings.filter(({keys, focuses: its, label}) => keys.length === 0 || its.length === 0 || label.trim() === ''), []);
	assert.equal(new Set(bindings.map(({id}) => id)).size, bindings.length);
});

test('an unbound key has no meaning', () => {
	assert.equal(bindingFor('list', 'Z'), undefined);
	assert.equal(bindingFor('filter', 'j'), undefined);
	assert.equal(bindingFor('list', 'J'), undefined);
});

const words: ReadonlyArray<readonly [key: string, word: string]> = [
	['enter', 'Enter'],
	['escape', 'Esc'],
	['pagedown', 'PgDn'],
	['delete', 'Del'],
	[' ', 'Space'],
	['ctrl-d', 'Ctrl-D'],
	['j', 'j'],
	['G', 'G'],
	['?', '?'],
];

test('keys are written as on the keyboard', () => {
	assert.deepEqual(words.map(([key]) => keyWord(key)), words.map(([, word]) => word));
});

const shorts: ReadonlyArray<readonly [focus: Focus, line: string]> = [
	['list', 'Enter open, / filter, t type, T status, n problem, l log, Y copy, [ ] range, s sort, p pause, ? help, q quit'],
	['detail', '1-4 tabs, Esc back, J next, K previous, Y copy, p pause, ? help'],
	['log', '1-4 tabs, Esc back, Enter whole, / search, e error, t level, f follow, w wrap, J next, K previous, Y copy, p pause, ? help'],
	['help', '/ search, Esc back, ? help'],
	['filter', 'Enter keep, Esc cancel, Ctrl-U clear'],
];

for (const [focus, line] of shorts) {
	test(`the bottom line of the ${focus}: ${line}`, () => {
		assert.equal(shortKeys(bindings, focus).map(({key, words: said}) => `${key} ${said}`).join(', '), line);
	});
}
