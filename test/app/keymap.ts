import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bindingFor, bindings, keyWord, shortKeys} from '../../source/app/keymap.js';
import type {Focus} from '../../source/app/screen-state.js';

const places: readonly Focus[] = ['list', 'detail', 'log', 'log-search', 'help', 'help-search', 'copy', 'lines', 'columns', 'prompt', 'command', 'password', 'signing-in', 'keep-password'];

for (const place of places) {
	test(`no key has two meanings in the ${place}`, () => {
		const keys = bindings.filter(binding => binding.focuses.includes(place)).flatMap(binding => binding.keys);
		assert.deepEqual(keys.filter((key, index) => keys.indexOf(key) !== index), []);
	});

	test(`what is bound in the ${place} is found there`, () => {
		const lost = bindings.filter(({focuses}) => focuses.includes(place)).filter(binding => binding.keys.some(key => bindingFor(place, key) !== binding));
		assert.deepEqual(lost, []);
	});

	test(`the ${place} has a way out, Ctrl-C quits from it and Ctrl-Z suspends it`, () => {
		assert.deepEqual(bindingFor(place, 'ctrl-c')?.does, {type: 'quit'});
		assert.deepEqual(bindingFor(place, 'ctrl-z')?.does, {type: 'effect', effect: 'suspend'});
		assert.ok(bindingFor(place, 'escape'));
	});
}

test('no character that can be typed is bound in the prompt', () => {
	const typed = bindings.filter(binding => binding.focuses.includes('prompt')).flatMap(binding => binding.keys).filter(key => key.length === 1);
	assert.deepEqual(typed, []);
});

test('each meaning has keys, words and an id of its own', () => {
	assert.deepEqual(bindings.filter(({keys, focuses: where, label}) => keys.length === 0 || where.length === 0 || label.trim() === ''), []);
	assert.equal(new Set(bindings.map(({id}) => id)).size, bindings.length);
});

test('an unbound key has no meaning', () => {
	assert.equal(bindingFor('list', 'Z'), undefined);
	assert.equal(bindingFor('prompt', 'j'), undefined);
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

const shorts: ReadonlyArray<readonly [place: Focus, line: string]> = [
	['list', 'Enter open, / filter, t type, T status, n problem, l log, Y copy, [ ] range, s sort, p pause, ? help, q quit'],
	['detail', '1-4 tabs, Esc back, J next, K previous, Y copy, p pause, ? help'],
	['log', '1-4 tabs, Esc back, Enter whole, / search, e error, t level, f follow, w wrap, J next, K previous, Y copy, p pause, ? help'],
	['help', '/ search, Esc back, ? help'],
	['prompt', 'Enter keep, Esc cancel, Ctrl-U clear'],
];

for (const [place, line] of shorts) {
	test(`the bottom line of the ${place}: ${line}`, () => {
		assert.equal(shortKeys(bindings, place).map(({key, words: said}) => `${key} ${said}`).join(', '), line);
	});
}
