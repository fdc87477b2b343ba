import assert from 'node:assert/strict';
import {test} from 'node:test';
import {commandHelp, commands} from '../../../source/app/commands/commands.js';
import {press} from '../../../source/app/press.js';
import type {Row} from '../../../source/app/shared/rows/rows.js';
import {initialScreen, focusOf, type Screen, type ScreenInput} from '../../../source/app/screen-state.js';
import {columns} from '../../../source/app/shared/columns/columns.js';
import {day, hour, now, row} from '../../helpers/sessions.js';
import {verdictWith as verdict} from '../../helpers/verdicts.js';

const start = initialScreen({list: 'now', jobType: 'all', rangeMs: day, refreshMs: 5000});
const problem = (id: string, names: Partial<Row> = {}): Row => {
	const its = row({id, status: 'Failed', jobId: id});
	return {...its, verdict: verdict({kind: 'failed', jobId: id, session: its.session}), isProblem: true, isAcknowledged: false, ...names};
};

const rows = [problem('p1'), problem('p2', {serverName: 'vb365 branch'}), row({id: 's1'})];
const input: ScreenInput = {
	rows, now, shownColumns: ['status', 'job', 'elapsed', 'start'], pageRows: 6, detailEnd: 0, helpEnd: 30, columnIds: columns.map(({id}) => id), sessions: rows, jobs: rows,
};

function pressed(keys: readonly string[], from: Screen = start): Screen {
	let state = from;
	for (const key of keys) {
		state = press(state, key, input);
	}

	return state;
}

const typed = (text: string, from: Screen = start) => pressed([':', ...text], from);
const done = (text: string, from: Screen = start) => pressed(['enter'], typed(text, from));

const narrowedTo = (state: Screen) => Object.values(state.filters).join(' ').trim();

const outcomes: ReadonlyArray<readonly [command: string, what: (state: Screen) => unknown, value: unknown]> = [
	['view sessions', ({list}) => list, 'sessions'],
	['view w', ({list}) => list, 'window'],
	['since 6h', ({rangeMs}) => rangeMs, 6 * hour],
	['type copy', narrowedTo, 'Copy all'],
	['type B', narrowedTo, 'Backup all'],
	['status problems', narrowedTo, 'all problems'],
	['filter status:failed mail', narrowedTo, 'all all status:failed mail'],
	['server vb365-prod', narrowedTo, 'all all server:"vb365-prod"'],
	['server vb365 b', narrowedTo, 'all all server:"vb365 branch"'],
	['sort elapsed', ({sort}) => sort, {columnId: 'elapsed', direction: 'down'}],
	['columns', focusOf, 'columns'],
	['refresh 30', ({refreshMs}) => refreshMs, 30_000],
	['ack', ({acknowledged}) => acknowledged.length, 1],
	['ack all', ({acknowledged}) => acknowledged.length, 2],
	['ack a', ({acknowledged}) => acknowledged.length, 2],
	['bell on', ({rings}) => rings, true],
	['bell of', ({rings}) => rings, false],
	['pause', ({isPaused}) => isPaused, true],
	['ignored', focusOf, 'lines'],
	['save ~/a list.txt', ({effect}) => effect, {name: 'save', count: 1, argument: '~/a list.txt'}],
	['help', focusOf, 'help'],
	['q', ({hasQuit}) => hasQuit, true],
];

for (const [command, what, value] of outcomes) {
	test(`:${command} does what it says and closes the line`, () => {
		const state = done(command);
		const found = what(state);
		assert.deepEqual(found, value);
		assert.equal(state.command, undefined);
	});
}

const refused: ReadonlyArray<readonly [command: string, said: string]> = [
	['view day', 'no view "day"; there is now, sessions, window'],
	['view', 'view wants one of now, sessions, window'],
	['since yesterday', 'since wants a time such as 90m, 6h, 3d or 2w, not "yesterday"'],
	['refresh 7', 'no refresh "7"; there is 2, 5, 10, 15, 30, 60, 120'],
	['server mars', 'no server "mars"; there is vb365 branch, vb365-prod'],
	['sort rate', 'no sort "rate"; there is status, job, start, elapsed'],
	['sort st', '"st" can be status, start'],
	['filter dur>', 'dur> wants a time such as 2h'],
	['quit now', 'quit stands alone'],
	['s', '"s" can be since, status, server, sort, save'],
	['save', 'save wants something like FILE'],
];

for (const [command, said] of refused) {
	test(`:${command} stays open and says: ${said}`, () => {
		const before = typed(command);
		const state = pressed(['enter'], before);
		assert.deepEqual(state, {...before, command: {...before.command, said}});
		assert.equal(pressed(['backspace'], state).command!.said, undefined);
	});
}

test('an unknown command is told what there is', () => {
	assert.equal(done('fly').command!.said, `no command "fly"; there is ${commands.map(({name}) => name).join(', ')}`);
});

test('what only Now has is refused in Sessions with the key that leads there', () => {
	const sessions = {...start, list: 'sessions'} as const;
	for (const command of ['ack', 'ack all', 'ignore']) {
		assert.equal(done(command, sessions).command!.said, 'problems are in Now: 1');
	}
});

test('a command that shows a list leaves detail and help', () => {
	const help = pressed(['enter', '?']);
	const detail = pressed(['enter']);
	assert.deepEqual([done('view sessions', help), done('type copy', detail)].map(state => focusOf(state)), ['list', 'list']);
});

test('a server takes the place of another one in the filter, the other words stay', () => {
	const filtered = done('filter server:"old one" mail');
	assert.equal(done('server vb365-prod', filtered).filters.text, 'server:"vb365-prod" mail');
	assert.equal(done('server', filtered).filters.text, 'mail');
});

test('Tab completes the common part, then tells the choices', () => {
	const once = pressed(['tab'], typed('un'));
	assert.deepEqual([once.command!.prompt.text, once.command!.said], ['un', 'undo  unignore']);
	const ignore = pressed(['tab'], typed('ig'));
	assert.deepEqual([ignore.command!.prompt.text, ignore.command!.said], ['ignore', undefined]);
	assert.equal(pressed(['tab'], ignore).command!.said, 'ignore  ignored');
});

test('Tab completes a command with its space, then its argument', () => {
	const view = pressed(['tab'], typed('v'));
	assert.equal(view.command!.prompt.text, 'view ');
	assert.equal(pressed(['tab'], view).command!.said, 'now  sessions  window');
	assert.equal(pressed(['s', 'tab'], view).command!.prompt.text, 'view sessions');
	assert.equal(pressed(['tab'], typed('server vb365-')).command!.prompt.text, 'server vb365-prod');
	assert.equal(pressed(['tab'], typed('view x')).command!.said, 'there is now, sessions, window');
});

test('Up and Down go through the commands of this run and back to what was typed', () => {
	const before = done('pause', done('undo', done('undo')));
	const line = typed('ba', before);
	const texts = ['up', 'up', 'up', 'down', 'down', 'down'].map((_key, index, keys) => pressed(keys.slice(0, index + 1), line).command!.prompt.text);
	assert.deepEqual(texts, ['pause', 'undo', 'undo', 'pause', 'ba', 'ba']);
});

test('the line is edited as a prompt is, and closed by Esc without doing anything', () => {
	assert.equal(pressed(['ctrl-w', 'n'], typed('view sess')).command!.prompt.text, 'view n');
	assert.deepEqual(pressed(['escape'], typed('quit')), start);
	assert.deepEqual(pressed([':', 'enter']), start);
});

test('the line opens in list, detail, log, help and what changed', () => {
	for (const keys of [[], ['enter'], ['l'], ['?']]) {
		assert.equal(focusOf(pressed([...keys, ':'])), 'command', keys.join(' '));
	}

	const told = done('ignored');
	assert.equal(focusOf(typed('', told)), 'command');
});

test('each command has words, and a name of its own', () => {
	assert.deepEqual(commandHelp.filter(({label}) => label === ''), []);
	assert.equal(new Set(commands.map(({name}) => name)).size, commands.length);
});
