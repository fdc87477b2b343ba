import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {start, until} from './support/program.js';
import {noTerminal, openTerminal, type Terminal, type TerminalOptions} from './support/terminal.js';

async function watchDemo(t: TestContext, options: TerminalOptions = {}, flags = '') {
	const terminal = await openTerminal(t, `vbtop --demo ${flags}`, options);
	await terminal.see(/LIVE[\s\S]*\n[ >] Running /v);
	return terminal;
}

/** Lines of running sessions, as they stand. */
function running(terminal: Terminal): readonly string[] {
	return terminal.lines().filter(line => /^[ >] Running /v.test(line));
}

/** What can be said of every screen of this size. */
function assertFits(terminal: Terminal, {columns, rows}: {columns: number; rows: number}) {
	const lines = terminal.lines();
	assert.equal(lines.length, rows);
	assert.match(lines[0]!, /^ demo/v);
	assert.ok(lines.every(line => line.length < columns), 'the last column stays empty');
	assert.equal(lines.filter(line => line.includes('read-only') || /^ demo .*LIVE/v.test(line)).length, 1, 'one header');
	assert.match(lines.at(-1)!, /q quit|\? help/v);
}

for (const [columns, rows] of [[80, 24], [120, 40]] as const) {
	test(`the demo at ${columns}x${rows}: sessions run and their values change`, {skip: noTerminal}, async (t: TestContext) => {
		const terminal = await watchDemo(t, {columns, rows}, '--refresh 2 --pace 300');
		assertFits(terminal, {columns, rows});
		t.assert.match(terminal.lines()[1]!, /Running \d+/v);
		const before = running(terminal).join('\n');
		await terminal.see(() => running(terminal).length > 0 && running(terminal).join('\n') !== before, 'another value of a running session');
		assertFits(terminal, {columns, rows});
		terminal.press('q');
		t.assert.match(await terminal.ended(), /^code 0$/mv);
	});
}

test('keys: Enter opens the session, Esc closes it, t [ and / narrow the list, ? helps', {skip: noTerminal}, async (t: TestContext) => {
	const terminal = await watchDemo(t, {columns: 80, rows: 24});
	terminal.press('Enter');
	await terminal.see(/^ demo.* > /mv, 'the job of the open session in the header');
	terminal.press('G');
	await terminal.see(/Session id/v);
	terminal.press('Escape');
	await terminal.see(/read-only {2}\[1 Now\]/v);
	terminal.press('t');
	await terminal.see(text => /jobs?, 24 h,.*Backup/v.test(text) && !/ Copy {2,}\d/v.test(text), 'Backup sessions only');
	terminal.press('t', 't');
	await terminal.see(/24 h, all types/v);
	terminal.press('[');
	await terminal.see(/jobs?, 6 h/v);
	terminal.press(']');
	await terminal.see(/jobs?, 24 h/v);
	terminal.press('/', 'Litware', 'Enter');
	await terminal.see(text => /^[ >][ !]\w+ .*Litware/mv.test(text) && !/^[ >][ !]\w+ .*Contoso/mv.test(text), 'sessions with Litware only');
	terminal.press('?');
	await terminal.see(/Enter +Open the session/v);
	terminal.press('q');
	await terminal.see(/read-only {2}\[1 Now\]/v);
	terminal.press('q');
	t.assert.match(await terminal.ended(), /^code 0$/mv);
});

test('a window made smaller and larger is drawn anew, without leftovers', {skip: noTerminal}, async (t: TestContext) => {
	const terminal = await watchDemo(t, {columns: 120, rows: 40}, '--refresh 120 --pace 0.01');
	// What Now says grows with what is read: Sessions is steady.
	terminal.press('2');
	await terminal.see(/\[2 Sessions\]/v);
	const first = terminal.lines();
	terminal.resize(70, 20);
	await terminal.see(text => text.split('\n').length === 21 && /q quit|\? help/v.test(text.split('\n', 20)[19]!) && text.startsWith(' demo'), 'the screen at 70x20');
	assertFits(terminal, {columns: 70, rows: 20});
	terminal.resize(120, 40);
	// The clock, the age of the data and the time that passed are all that may differ.
	const steady = (lines: readonly string[]) => lines.slice(1).map(line => line.replaceAll(/\d+[hm]\d+|\d+:\d+/gv, 'T').trimEnd());
	await terminal.see(() => JSON.stringify(steady(terminal.lines())) === JSON.stringify(steady(first)), `as before:\n${first.join('\n')}`);
	assertFits(terminal, {columns: 120, rows: 40});
});

test('a window of 20x5 shows the counts and heals when it grows', {skip: noTerminal}, async (t: TestContext) => {
	const terminal = await watchDemo(t);
	terminal.resize(20, 5);
	await terminal.see(text => text.split('\n').length === 6 && text.includes('LIVE'), 'counts at 20x5');
	terminal.press('Down', 'Enter', 'Escape');
	terminal.resize(80, 24);
	await terminal.see(/read-only {2}\[1 Now\][\s\S]*\n[ >][ !]\w+ [\s\S]*q quit/v);
	terminal.press('q');
	t.assert.match(await terminal.ended(), /^code 0$/mv);
});

test('started at 20x5', {skip: noTerminal}, async (t: TestContext) => {
	const terminal = await openTerminal(t, 'vbtop --demo', {columns: 20, rows: 5});
	await terminal.see(/LIVE/v);
	terminal.press('q');
	await terminal.see(() => !terminal.isAlternate(), 'the normal screen');
});

test('a refused password is never on the screen', {skip: noTerminal}, async (t: TestContext) => {
	const simulator = start(t, ['simulate', '--port', '0']);
	const url = await until(() => /http:\/\/\S+\d/v.exec(simulator.stdout())?.[0], () => 'the simulator says no address');
	const password = 'Marked-4711-Secret';
	const terminal = await openTerminal(t, 'vbtop', {env: {VBTOP_SERVER: url, VBTOP_USER: String.raw`DEMO\operator`, VBTOP_PASSWORD: password}});
	await terminal.see(/SIGN IN[\s\S]*Password of DEMO\\operator at 127\.0\.0\.1:/v);
	t.assert.doesNotMatch(terminal.text(), /Marked/v);
	terminal.press('Escape');
	await terminal.see(/q quit/v);
	terminal.press('q');
	const left = await terminal.ended();
	t.assert.match(left, /^code 0$/mv);
	t.assert.doesNotMatch(left, /Marked/v);
});

for (const [what, line, env] of [
	['an input that is no terminal', 'vbtop --demo </dev/null', {}],
	['an output that is no terminal', '{ vbtop --demo; echo "its code $?" >&2; } | cat', {}],
	['TERM=dumb', 'TERM=dumb vbtop --demo', {}],
	['TERM=dumb with a server', 'TERM=dumb vbtop', {VBTOP_SERVER: 'localhost', VBTOP_USER: 'nobody', VBTOP_PASSWORD: 'Marked-4711'}],
] as const) {
	test(`${what}: refused in words`, {skip: noTerminal}, async (t: TestContext) => {
		const terminal = await openTerminal(t, line, {env});
		const left = await terminal.ended();
		t.assert.match(left, /code 2$/mv);
		t.assert.match(left, /^vbtop: vbtop needs a terminal/mv);
		t.assert.doesNotMatch(left, /^\s+at |Marked/mv);
	});
}
