import assert from 'node:assert/strict';
import {test} from 'node:test';
import {commands} from '../../../source/app/command-table.js';
import {commandHelp} from '../../../source/app/commands/commands.js';
import {focusOf} from '../../../source/app/focus.js';
import {openLayer} from '../../../source/app/shared/state/layers.js';
import {listLayer, listSort} from '../../../source/app/shared/state/selectors.js';
import type {State} from '../../../source/app/shared/state/state.js';
import {byId, hour, snapshot} from '../../helpers/sessions.js';
import {
	commanded,
	jobVerdict,
	kindsOf,
	press,
	pressed,
	pressedKeys,
	stateOf,
	typed,
	withVerdictsOf,
} from '../../helpers/state.js';

const verdicts = [jobVerdict(1), jobVerdict(2), jobVerdict(3, '')];
const listed = snapshot({sessions: verdicts.map(one => one.session!), jobs: byId(...verdicts.map(one => one.job!))});
const branch = snapshot({serverId: 'vb2', serverName: 'vb365 branch', sessions: [], jobs: new Map()});
const ofNow = withVerdictsOf(stateOf({snapshots: [listed, branch], list: 'now'}), verdicts);
const columns = {now: {off: ['server', 'type', 'objects', 'transferred'], on: ['start']}};
const start: State = {...ofNow, preferences: {...ofNow.preferences, columns}};

const line = (text: string, from = start) => typed(from, `:${text}`);
const done = (text: string, from = start) => commanded(from, text);
const lineOf = (state: State) => openLayer(state.layers, 'command')?.line;
const focus = ({layers}: State) => focusOf(layers);

const filteredBy = (state: State) => Object.values(listLayer(state).filters).join(' ').trim();

const outcomes: ReadonlyArray<readonly [command: string, what: (state: State) => unknown, value: unknown]> = [
	['view sessions', state => listLayer(state).list, 'sessions'],
	['view w', state => listLayer(state).list, 'window'],
	['since 6h', ({preferences}) => preferences.rangeMs, 6 * hour],
	['type copy', filteredBy, 'Copy all'],
	['type B', filteredBy, 'Backup all'],
	['status problems', filteredBy, 'all problems'],
	['filter status:failed mail', filteredBy, 'all all status:failed mail'],
	['server vb365-prod', filteredBy, 'all all server:"vb365-prod"'],
	['server vb365 b', filteredBy, 'all all server:"vb365 branch"'],
	['sort elapsed', listSort, {columnId: 'elapsed', direction: 'down'}],
	['columns', focus, 'columns'],
	['refresh 30', ({preferences}) => preferences.refreshMs, 30_000],
	['ack', ({marks}) => marks.acknowledged.length, 1],
	['ack all', ({marks}) => marks.acknowledged.length, 2],
	['ack a', ({marks}) => marks.acknowledged.length, 2],
	['bell on', ({preferences}) => preferences.rings, true],
	['bell of', ({preferences}) => preferences.rings, false],
	['pause', ({paused}) => paused !== undefined, true],
	['ignored', focus, 'report'],
	['help', focus, 'help'],
];

for (const [command, what, value] of outcomes) {
	test(`:${command} does what it says and closes the line`, () => {
		const state = done(command);
		const found = what(state);
		assert.deepEqual(found, value);
		assert.equal(lineOf(state), undefined);
	});
}

const refused: ReadonlyArray<readonly [command: string, said: string]> = [
	['view day', 'no view "day"; there is now, sessions, window'],
	['view', 'view wants one of now, sessions, window'],
	['since yesterday', 'since wants a time such as 90m, 6h, 3d or 2w, not "yesterday"'],
	['refresh 3', 'no refresh "3"; there is 2, 5, 10, 15, 30, 60, 120'],
	['view wondow', 'no view "wondow"; there is now, sessions, window'],
	['view winter', 'no view "winter"; did you mean window?'],
	['quti', 'no command "quti"; did you mean quit?'],
	['sinister', 'no command "sinister"; did you mean since?'],
	['unused', 'no command "unused"; did you mean undo or unignore?'],
	['refresh 1', 'no refresh "1"; there is 2, 5, 10, 15, 30, 60, 120'],
	['refresh 7', 'no refresh "7"; there is 2, 5, 10, 15, 30, 60, 120'],
	['server mars', 'no server "mars"; there is vb365 branch, vb365-prod'],
	['sort rate', 'no sort "rate"; there is status, job, start, elapsed, needs'],
	['sort st', '"st" can be status, start'],
	['filter dur>', 'dur> wants a time such as 2h'],
	['quit now', 'quit stands alone'],
	['s', '"s" can be since, status, server, sort, save'],
	['save', 'save wants FILE'],
	['unignore', 'unignore wants all'],
];

for (const [command, said] of refused) {
	test(`:${command} stays open and says: ${said}`, () => {
		const before = line(command);
		const {state, effects} = press(before, 'enter');
		const [list, layer] = before.layers;
		assert.deepEqual(state, {...before, layers: [list, {...layer, line: {...lineOf(before), answer: said}}]});
		assert.deepEqual(effects, []);
		assert.equal(lineOf(pressed(state, 'backspace'))!.answer, undefined);
	});
}

test('an unknown command is told what there is', () => {
	assert.equal(lineOf(done('fly'))!.answer, `no command "fly"; there is ${commands.map(({name}) => name).join(', ')}`);
});

test('what only Now has is refused in Sessions with the key that leads there', () => {
	for (const command of ['ack', 'ack all', 'ignore']) {
		assert.equal(lineOf(done(command, pressed(start, '2')))!.answer, 'problems are in Now: 1');
	}
});

test('a command that shows a list leaves detail, help and report', () => {
	for (const keys of ['enter', 'enter ?', '?', 'd', 'enter d']) {
		for (const command of ['view sessions', 'type copy', 'status active', 'filter x', 'server', 'sort job']) {
			assert.equal(kindsOf(done(command, pressed(start, keys))), 'list', `${keys} ${command}`);
		}

		assert.equal(kindsOf(done('columns', pressed(start, keys))), 'list columns', keys);
	}
});

test('a command that shows none leaves what is open', () => {
	assert.deepEqual(['refresh 30', 'pause', 'bell on', 'since 6h'].map(command => kindsOf(done(command, pressed(start, 'enter ?')))), Array.from({length: 4}, () => 'list detail help'));
	assert.equal(kindsOf(done('help', pressed(start, '?'))), 'list help');
	assert.equal(kindsOf(done('help', pressed(start, 'enter'))), 'list detail help');
});

test('a report takes the place of the one that is read, and help opens over it', () => {
	const report = done('changes', done('ignored'));
	assert.equal(kindsOf(report), 'list report');
	assert.equal(kindsOf(done('ignored', pressed(start, '?'))), 'list help report');
	assert.equal(kindsOf(done('help', done('ignored', pressed(start, '?')))), 'list help report help');
});

test('quit asks to quit, save to write what is on screen', () => {
	assert.deepEqual(pressedKeys(line('q'), ['enter']).effects, [{type: 'quit'}]);
	const saved = (from: State, file = '~/a list.txt') => pressedKeys(line(`save ${file}`, from), ['enter']).effects;
	const [list, ...none] = saved(start);
	assert.deepEqual([list?.type === 'save' && list.file, none], ['~/a list.txt', []]);
	assert.match(list?.type === 'save' ? list.text : '', /vb365-prod, vb365 branch {2}Now .*\n3 rows, 24 h, all types/v);
	const [summary] = saved(pressed(start, 'j enter'));
	assert.match(summary?.type === 'save' ? summary.text : '', /j2/v);
});

test('what is neither a list nor a session cannot be saved, which is said', () => {
	for (const keys of ['?', 'd', 'enter ?']) {
		const {state, effects} = pressedKeys(line('save x', pressed(start, keys)), ['enter']);
		assert.deepEqual([lineOf(state)?.answer, effects], ['only a list or a session can be saved: Esc goes back to it', []], keys);
	}
});

test('a server takes the place of another one in the filter, the other words stay', () => {
	const filtered = done('filter server:"old one" mail');
	assert.equal(listLayer(done('server vb365-prod', filtered)).filters.text, 'server:"vb365-prod" mail');
	assert.equal(listLayer(done('server', filtered)).filters.text, 'mail');
});

const tab = (state: State) => pressed(state, 'tab');
const textOf = (state: State) => lineOf(state)!.prompt.text;
const answerOf = (state: State) => lineOf(state)!.answer;

test('Tab completes the common part, then says the choices', () => {
	const once = tab(line('un'));
	assert.deepEqual([textOf(once), answerOf(once)], ['un', 'undo  unignore']);
	const ignore = tab(line('ig'));
	assert.deepEqual([textOf(ignore), answerOf(ignore)], ['ignore', undefined]);
	assert.equal(answerOf(tab(ignore)), 'ignore  ignored');
});

test('Tab completes a command with its space, then its argument', () => {
	const view = tab(line('v'));
	assert.equal(textOf(view), 'view ');
	assert.equal(answerOf(tab(view)), 'now  sessions  window');
	assert.equal(textOf(tab(pressed(view, 's'))), 'view sessions');
	assert.equal(textOf(tab(line('server vb365-'))), 'server vb365-prod');
	assert.equal(answerOf(tab(line('view x'))), 'there is now, sessions, window');
});

test('Up and Down go through the commands of this run and back to what was typed', () => {
	const before = done('pause', done('undo', done('undo')));
	const open = line('ba', before);
	const texts = ['up', 'up', 'up', 'down', 'down', 'down'].map((_key, index, keys) => textOf(pressed(open, keys.slice(0, index + 1).join(' '))));
	assert.deepEqual(texts, ['pause', 'undo', 'undo', 'pause', 'ba', 'ba']);
});

test('the line is edited as a filter is, and closed by Esc without doing anything', () => {
	assert.equal(textOf(pressed(line('view sess'), 'ctrl-w n')), 'view n');
	assert.deepEqual(press(line('quit'), 'escape'), {state: start, effects: []});
	assert.deepEqual(press(start, ': enter'), {state: start, effects: []});
});

test('the line opens in list, detail, log, help and what changed', () => {
	for (const keys of ['', 'enter', 'l', '?', 'd', 'enter ? ']) {
		assert.equal(focus(pressed(start, `${keys} :`)), 'command', keys);
	}

	assert.equal(focus(line('', done('ignored'))), 'command');
});

test('each command has words, and a name of its own', () => {
	assert.deepEqual(commandHelp(commands).filter(({label}) => label === ''), []);
	assert.equal(new Set(commands.map(({name}) => name)).size, commands.length);
});
