import {test, type TestContext} from 'node:test';
import type {State} from '../../source/app/shared/state/state.js';
import {ServerFault} from '../../source/model/errors.js';
import {hour, later, now, running, session, snapshot} from '../helpers/sessions.js';
import {atTime, pressed, trimmedLines, typed, updated, viewState} from '../helpers/view-state.js';

const failed = session({status: 'Failed'});
const older = session({id: 's2', createdAt: now.server - (5 * hour), endedAt: now.server - (4 * hour)});
const known = snapshot({sessions: [failed, older]});
const start = viewState({servers: [{snapshot: known}]});

const resized = (state: State, columns: number, rows: number) => updated(state, {type: 'resize', columns, rows});
const withSnapshot = (state: State, sessions: typeof known.sessions, changes: Partial<typeof known.changes>) => updated(state, {
	type: 'snapshot', serverId: 'vb1', now: later(1000), snapshot: {...known, sessions, changes: {...known.changes, ...changes}},
});

test('a terminal too small shows header and counts of whatever is open', (t: TestContext) => {
	const counts = [' needs 40x10', ' 1 Failed', ' 0 Running', ' 0 Queued', ' 0 Warning', ' 0 Success'];
	t.assert.deepStrictEqual(trimmedLines(resized(start, 39, 9)).slice(1), counts);
	for (const keys of [['enter'], ['?'], [':'], ['c']]) {
		t.assert.deepStrictEqual(trimmedLines(resized(pressed(start, ...keys), 39, 9)).slice(1), counts);
	}

	t.assert.strictEqual(trimmedLines(resized(start, 3, 2)).length, 2);
});

test('a text to copy is all that is on screen', (t: TestContext) => {
	const text = Array.from({length: 60}, (_, index) => `line ${index + 1}`).join('\n');
	const copy = updated(start, {type: 'copied', what: 'summary', text, way: 'screen'});
	const lines = trimmedLines(copy);
	t.assert.deepStrictEqual([lines.length, lines[0], lines[22], lines[23]], [24, 'line 1', 'line 23', ' Esc back  37 more lines, j scrolls  select the text to copy it']);
	t.assert.strictEqual(trimmedLines(pressed(copy, 'j'))[0], 'line 2');
	t.assert.strictEqual(trimmedLines(pressed(copy, 'pagedown'))[0], 'line 20', 'a page is as long as in all that is read');
	t.assert.deepStrictEqual(trimmedLines(pressed(copy, 'G')).slice(-2), ['line 60', ' Esc back  select the text to copy it']);
	t.assert.deepStrictEqual(trimmedLines(atTime(pressed(copy, 'escape'), later(5000))), trimmedLines(atTime(start, later(5000))));
});

test('a report stands below the header of what it was asked for over', (t: TestContext) => {
	const report = (state: State) => trimmedLines(pressed(state, 'd')).filter(line => line !== '');
	t.assert.deepStrictEqual(report(start), [
		' vb365-prod v8 read-only  1 Now [2 Sessions] 3 Window     LIVE 4s  02:14:37 UTC',
		` Sessions changed since 02:14:37 ${'-'.repeat(46)}`,
		' no session changed since 02:14:37',
		'-'.repeat(79),
		' Esc back  ? help',
	]);
	t.assert.match(report(pressed(start, 'enter'))[0]!, /> Contoso Mail .*LIVE/v);
});

test('the columns of the list are there to choose from, the cursor on one', (t: TestContext) => {
	const lines = trimmedLines(pressed(start, 'c', 'j', 'j'));
	t.assert.deepStrictEqual(lines.slice(1, 6), [
		` Columns of Sessions ${'-'.repeat(58)}`,
		'  [x] STATUS       status, as the server says it',
		'  [x] JOB          name of the job',
		'> [ ] ORGANIZATION organization that is backed up',
		'  [x] TYPE         Backup or Copy',
	]);
	t.assert.strictEqual(lines.at(-1), ' Space on, off  Esc back  ? help');
	t.assert.strictEqual(trimmedLines(pressed(start, 'c', 'j', 'j', ' '))[4], '> [x] ORGANIZATION organization that is backed up');
	t.assert.match(trimmedLines(pressed(start, 'c', 'j', 'j', ' ', 'escape')).join('\n'), /JOB +ORGANIZATION/v);
});

test('a command is typed in place of the keys, what is wrong with it stands above', (t: TestContext) => {
	t.assert.strictEqual(trimmedLines(typed(start, ':vie')).at(-1), ' :vie                                                            Tab completes');
	const lines = trimmedLines(pressed(typed(start, ':nonsense'), 'enter'));
	t.assert.match(lines.at(-2)!, /^ no command "nonsense"; there is view, since/v);
	t.assert.match(lines.at(-1)!, /^ :nonsense +Tab completes$/v);
	t.assert.match(trimmedLines(typed(pressed(start, 'enter', '?'), ':x')).at(-1)!, /^ :x +Tab completes$/v);
});

test('a session that has left the list says so in its detail, and nowhere else', (t: TestContext) => {
	const open = pressed(start, 'enter');
	const gone = withSnapshot(open, [older], {removed: ['vb1/s1']});
	t.assert.match(trimmedLines(gone)[0]!, /> Contoso Mail/v);
	t.assert.match(trimmedLines(gone).at(-2)!, /This session has left the list; it stands here as l/v);
	t.assert.match(trimmedLines(gone).join('\n'), /^ Status +Failed/mv);
	t.assert.doesNotMatch(trimmedLines(open).join('\n'), /left the list/v);
	t.assert.doesNotMatch(trimmedLines(pressed(gone, 'escape')).join('\n'), /left the list/v);
});

test('a pause keeps the list and counts what waits, while the clock and the age of the answer go on', (t: TestContext) => {
	const paused = pressed(start, 'p');
	const lines = trimmedLines(withSnapshot(paused, [session({id: 's9', createdAt: now.server}), failed, older], {added: ['vb1/s9']}));
	t.assert.match(lines[0]!, /PAUSED \+1 LIVE 5s {2}02:14:38 UTC$/v);
	t.assert.deepStrictEqual(lines.slice(1, 8), trimmedLines(start).slice(1, 8));
	t.assert.match(trimmedLines(pressed(paused, 'enter'))[0]!, /> Contoso Mail +PAUSED LIVE 4s/v);
});

test('the answer to a key stands for four seconds, before any other message', (t: TestContext) => {
	const answered = pressed(start, 'b');
	t.assert.strictEqual(trimmedLines(answered).at(-2), ' the bell rings for each new problem');
	t.assert.strictEqual(trimmedLines(atTime(answered, later(3999))).at(-2), ' the bell rings for each new problem');
	t.assert.strictEqual(trimmedLines(atTime(answered, later(4000))).at(-2), '');
});

const asking = {fault: new ServerFault('signInNeeded'), faultSince: now.monotonic - 1000};
const branch = {snapshot: snapshot({serverId: 'vb2', serverName: 'branch', sessions: [running({serverId: 'vb2', id: 'b1'})]})};
const asked = viewState({servers: [{snapshot: known}, {...branch, contact: asking}]});

test('a password is asked for in place of the keys, with what to do about the server that needs it', (t: TestContext) => {
	t.assert.deepStrictEqual(trimmedLines(asked).slice(-3), [
		' R asks for it.',
		' 02:14:36 branch: password needed',
		' Password of operator at branch:                                   Esc not now',
	]);
	t.assert.match(trimmedLines(typed(asked, 'hunter2')).at(-1)!, /^ Password of operator at branch: \*{7} +Esc not now$/v);
	t.assert.doesNotMatch(trimmedLines(typed(asked, 'hunter2')).join('\n'), /hunter/v);
	const tried = pressed(typed(asked, 'hunter2'), 'enter');
	t.assert.deepStrictEqual(trimmedLines(tried).slice(-2), [' Signing in ...', ' Esc not now']);
	const refused = updated(tried, {type: 'sign-in-refused', serverId: 'vb2', problem: 'sign-in refused'});
	t.assert.deepStrictEqual(trimmedLines(refused).slice(-2).map(line => line.slice(0, 40).trimEnd()), [' sign-in refused', ' Password of operator at branch:']);
});

test('a password that is needed while a line is typed waits below it', (t: TestContext) => {
	const filtering = typed(viewState({servers: [{snapshot: known}, branch]}), '/fai');
	const contact = {fault: asking.fault, lastGoodAt: undefined, nextTryAt: undefined, faultSince: now.monotonic};
	const needed = updated(filtering, {type: 'contact', serverId: 'vb2', now, contact});
	t.assert.match(trimmedLines(needed).at(-1)!, /^ \/fai +1 of 3$/v);
	t.assert.match(trimmedLines(pressed(needed, 'enter')).at(-1)!, /^ Password of operator at branch: +Esc not now$/v);
});
