import assert from 'node:assert/strict';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {processes} from './support/processes.js';
import {assertGone, assertRestored} from './support/restored.js';
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

test('the demo: sessions run and their values change; it is called vbtop; SIGINT from outside leaves', {skip: noTerminal}, async (t: TestContext) => {
	const size = {columns: 120, rows: 40};
	const terminal = await watchDemo(t, size, '--refresh 2 --pace 300');
	assertFits(terminal, size);
	t.assert.match(terminal.lines()[1]!, /Running \d+/v);
	const before = running(terminal).join('\n');
	await terminal.see(() => running(terminal).length > 0 && running(terminal).join('\n') !== before, 'another value of a running session');
	assertFits(terminal, size);
	const {pid, simulator} = await terminal.program();
	t.assert.deepStrictEqual(processes().filter(one => [pid, simulator].includes(one.pid)).map(({command}) => command), ['vbtop', 'vbtop'], 'as ps and pkill name it');
	process.kill(pid, 'SIGINT');
	t.assert.doesNotMatch(await assertRestored(terminal, 130), /^\s+at /mv, 'no stack');
	await assertGone(pid, simulator!);
});

test('keys: Enter opens the session, Esc closes it, t [ and / narrow the list, ? helps', {skip: noTerminal}, async (t: TestContext) => {
	const size = {columns: 80, rows: 24};
	const terminal = await watchDemo(t, size);
	assertFits(terminal, size);
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

test('a window made smaller and larger is drawn anew, without leftovers; SIGHUP leaves', {skip: noTerminal}, async (t: TestContext) => {
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
	const {pid, simulator} = await terminal.program();
	process.kill(pid, 'SIGHUP');
	t.assert.doesNotMatch(await assertRestored(terminal, 129), /^\s+at /mv, 'no stack');
	await assertGone(pid, simulator!);
});

test('a window of 20x5 shows the counts, from the start and later, and heals when it grows', {skip: noTerminal}, async (t: TestContext) => {
	const terminal = await openTerminal(t, 'vbtop --demo', {columns: 20, rows: 5});
	await terminal.see(/LIVE/v);
	const heals = async (columns: number, rows: number) => {
		terminal.press('Down', 'Enter', 'Escape');
		terminal.resize(columns, rows);
		await terminal.see(/read-only {2}\[1 Now\][\s\S]*\n[ >][ !]\w+ [\s\S]*q quit/v);
	};

	await heals(80, 24);
	terminal.resize(20, 5);
	await terminal.see(text => text.split('\n').length === 6 && text.includes('LIVE'), 'counts at 20x5');
	await heals(120, 40);
	terminal.press('q');
	t.assert.match(await terminal.ended(), /^code 0$/mv);
});
