import {test, type TestContext} from 'node:test';
import type {State} from '../../../source/app/shared/state/state.js';
import {noEvidence} from '../../../source/model/evidence.js';
import {sessionKey} from '../../../source/model/session.js';
import {day, logItem, minute, now, running, session, snapshot} from '../../helpers/sessions.js';
import {given, stuckOptions} from '../../helpers/summary.js';
import {pressed, trimmedLines, typed, updated, viewState, withVerdicts} from '../../helpers/view-state.js';

const sizes = {small: [40, 10], usual: [80, 24], large: [120, 40]} as const;

const sized = (state: State, [columns, rows]: readonly [number, number]) => updated(state, {type: 'resize', columns, rows});

/** The lines below the header; as high as the terminal but for that. */
function linesOf(t: TestContext, state: State): readonly string[] {
	const lines = trimmedLines(state).slice(1);
	t.assert.strictEqual(lines.length, state.terminal.rows - 1);
	return lines;
}

const times = (amount: number, key: string) => Array.from({length: amount}, () => key);

// The summary.

const {session: stuck, verdict: stuckVerdict, jobs} = stuckOptions();
const summary = pressed(withVerdicts(viewState({
	servers: [{
		snapshot: snapshot({
			sessions: [stuck], jobs, observations: new Map([[sessionKey(stuck), given.observations]]),
			proxies: given.names.proxies, repositories: given.names.repositories,
		}),
	}],
}), [stuckVerdict!]), 'enter');
const event = {at: now.server - (39 * 1000), text: 'Failed', tone: 'bad'} as const;
const messageLine = (t: TestContext, state: State) => linesOf(t, state).at(-2)!.trim();

const below = (t: TestContext) => Number(/^\d+/v.exec(messageLine(t, summary))?.[0]);

test('the summary says how much is below, then the last event', (t: TestContext) => {
	const lines = linesOf(t, {...summary, event});
	t.assert.match(lines.at(-2)!, /^ \d+ more lines, j scrolls {2}02:13:58 Failed$/v);
	t.assert.match(lines.at(-1)!, /Esc back.*\? help/v);
});

test('what needs somebody stands first in the summary, the last runs are on screen', (t: TestContext) => {
	const lines = linesOf(t, summary);
	t.assert.match(lines[1]!, /^ STUCK {3}no object/v);
	t.assert.match(lines[19]!, /^ LAST RUNS/v);
});

test('how much is below is said of what is left, and in the singular', (t: TestContext) => {
	const scrolled = (lines: number) => messageLine(t, pressed(summary, ...times(below(t) + lines, 'j')));
	t.assert.deepStrictEqual([-2, -1, 0, 1].map(lines => scrolled(lines)), ['2 more lines, j scrolls', '1 more line, j scrolls', '', '']);
});

test('the summary scrolls to its end and no further', (t: TestContext) => {
	const end = linesOf(t, pressed(summary, 'G'));
	t.assert.match(end.at(-4)!, /Job id/v);
	t.assert.strictEqual(end.at(-2)!, '');
	t.assert.deepStrictEqual(linesOf(t, pressed(summary, 'G', 'j', 'pagedown')), end);
	t.assert.notDeepStrictEqual(linesOf(t, pressed(summary, 'G', 'j', 'k')), end, 'no key goes beyond the end unseen');
});

// The log.

const items = Array.from({length: 30}, (_, index) => logItem({
	id: `l${index}`, usn: index, type: index === 20 ? 'Error' : 'Success', text: `Step ${index + 1}`, createdAt: now.server + (index * 1000), endedAt: undefined,
}));
const logTab = pressed(viewState({servers: [{snapshot: snapshot({sessions: [running()]})}]}), 'l');
const log = updated(logTab, {type: 'log', serverId: 'vb1', sessionId: 's1', log: {items, isCut: true}, failure: undefined});

test('the log at 80x24: how many items there are, the newest lines, the cursor on the last one, keys', (t: TestContext) => {
	t.assert.deepStrictEqual(linesOf(t, log), [
		'  1 Summary   [2 Log]   3 Objects    4 History   ------------------------------',
		' 30 items  older not held  following  newest last',
		'  02:14:49 Success  Step 13',
		'  02:14:50 Success  Step 14',
		'  02:14:51 Success  Step 15',
		'  02:14:52 Success  Step 16',
		'  02:14:53 Success  Step 17',
		'  02:14:54 Success  Step 18',
		'  02:14:55 Success  Step 19',
		'  02:14:56 Success  Step 20',
		'  02:14:57 Error    Step 21',
		'  02:14:58 Success  Step 22',
		'  02:14:59 Success  Step 23',
		'  02:15:00 Success  Step 24',
		'  02:15:01 Success  Step 25',
		'  02:15:02 Success  Step 26',
		'  02:15:03 Success  Step 27',
		'  02:15:04 Success  Step 28',
		'  02:15:05 Success  Step 29',
		'> 02:15:06 Success  Step 30',
		'-'.repeat(79),
		'',
		' 1-4 tabs  Esc back  Enter whole  / search  e error  t level  p pause  ? help',
	]);
});

test('before the first answer the log says that it is being read', (t: TestContext) => {
	t.assert.strictEqual(linesOf(t, logTab)[2], ' The log is being read ...');
	const failed = updated(logTab, {type: 'log', serverId: 'vb1', sessionId: 's1', log: undefined, failure: 'timeout'});
	t.assert.deepStrictEqual(linesOf(t, failed).slice(2, 4), [' The log could not be read:', ' timeout']);
});

test('the search stands in place of the keys, with its hits', (t: TestContext) => {
	const lines = linesOf(t, typed(pressed(log, ...times(10, 'k')), '/step 2'));
	t.assert.match(lines.at(-1)!, /^ \/step 2 +2 of 11$/v);
	t.assert.ok(lines.some(line => line.startsWith('>*02:14:56 Success  Step 20')));
});

test('a frame of the log has the same height whatever it shows', (t: TestContext) => {
	for (const keys of [['enter'], ['w'], ['t', 't'], ['o']]) {
		t.assert.strictEqual(linesOf(t, pressed(log, ...keys)).length, 23);
	}
});

// The tables.

const denied = logItem({id: 'l1', type: 'Error', text: 'Failed to access mailbox ann@contoso.example. Access is denied. Check credentials and try again'});
const objects = updated(
	pressed(viewState({
		servers: [{evidence: {...noEvidence, logs: new Map([['s1', {problems: {items: [denied], isCut: false, readAt: now.server}}]])}}],
	}), 'enter', '3'),
	{
		type: 'objects', serverId: 'vb1', sessionId: 's1', failure: undefined,
		objects: {
			kind: 'listed', isCut: false, dropped: 0,
			entries: Array.from({length: 50}, (_, index) => ({id: `id-${index}`, type: 'User', status: index === 7 ? 'Failed' : 'Success'})),
		},
	},
);

test('objects at 80x24', (t: TestContext) => {
	const lines = linesOf(t, objects);
	t.assert.deepStrictEqual(lines.slice(0, 10), [
		'  1 Summary    2 Log   [3 Objects]   4 History   ------------------------------',
		' Failed 1  Success 49   User 50',
		'',
		' WHY, BY THE LOG: 1 cause, errors name 1 object, 1 failed',
		' Error      1x  Access is denied. Check credentials and try again',
		'                  ann@contoso.example',
		'',
		' STATUS   TYPE   ID',
		' Failed   User   id-7',
		' Success  User   id-0',
	]);
	t.assert.match(lines.at(-2)!, /^ 38 more lines, j scrolls/v);
});

test('objects at 120x40, at its end: the heading stays', (t: TestContext) => {
	const lines = linesOf(t, pressed(sized(objects, sizes.large), 'G'));
	t.assert.deepStrictEqual([lines[1], lines.at(-4)], [' STATUS   TYPE   ID', ' Success  User   id-49']);
});

const runs = Array.from({length: 40}, (_, index) => session({id: `r${index}`, createdAt: now.server - (index * day), endedAt: now.server - (index * day) + ((20 + (index % 7)) * minute)}));
const historyOf = (amount: number) => pressed(viewState({
	servers: [{
		snapshot: snapshot({sessions: runs.slice(0, 1)}),
		evidence: {...noEvidence, histories: new Map([['j1', {sessions: runs.slice(0, amount), readAt: now.server}]])},
	}],
}), 'enter', '4');
const history = historyOf(40);

test('history at 80x24', (t: TestContext) => {
	t.assert.deepStrictEqual(linesOf(t, history).slice(1, 8), [
		' DURATIONS  #****###****###****###****###****###****  newest at the right',
		' min 20m00  median 23m00  max 26m00  of 40 runs',
		' usual 23m00 (p90 26m00, 20 Incremental runs)',
		'',
		'       STARTED STATUS         KIND  TOOK OBJECTS   TRANSF       RATE RT USUAL',
		'>        02:14 Success        Incr 20m00     310   3.4 GB   1.9 MB/s  0  0.9x',
		'     Sun 02:14 Success        Incr 21m00     310   3.4 GB   1.9 MB/s  0  0.9x',
	]);
});

test('a history of few runs says that there is no baseline', (t: TestContext) => {
	t.assert.deepStrictEqual(linesOf(t, historyOf(3)).slice(1, 7), [
		' DURATIONS  ##*  newest at the right',
		' min 20m00  median 21m00  max 22m00  of 3 runs',
		' no baseline: fewer than five whole runs',
		'',
		'       STARTED STATUS         KIND  TOOK OBJECTS   TRANSF       RATE RT USUAL',
		'>        02:14 Success        Incr 20m00     310   3.4 GB   1.9 MB/s  0     -',
	]);
});

test('history at 120x40 has the items and the whole kind', (t: TestContext) => {
	const lines = linesOf(t, sized(history, sizes.large));
	t.assert.match(lines[5]!, /KIND +TOOK OBJECTS +ITEMS +TRANSF/v);
	t.assert.match(lines[6]!, /Success +Incremental +20m00/v);
});

test('at 40x10 both tables still show rows', (t: TestContext) => {
	t.assert.match(linesOf(t, sized(history, sizes.small)).join('\n'), /^> +02:14 Success/mv);
	t.assert.match(linesOf(t, pressed(sized(objects, sizes.small), 'G')).join('\n'), /^ Success {2}User {3}id-49$/mv);
});
