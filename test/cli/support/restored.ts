import assert from 'node:assert/strict';
import path from 'node:path';
import type {TestContext} from 'node:test';
import {areGone, processes} from './processes.js';
import {temporaryFolder, until} from './program.js';
import {earlierText, openTerminal, type Terminal, type TerminalOptions} from './terminal.js';

/** A folder for all that a program keeps, and the environment that leads there. */
export async function ownFolders(t: TestContext) {
	const folder = await temporaryFolder(t);
	return {folder, env: {XDG_CONFIG_HOME: path.join(folder, 'config'), XDG_STATE_HOME: path.join(folder, 'state')}};
}

/** Starts the demo and waits for its sessions. */
export async function watchDemo(t: TestContext, options: TerminalOptions = {}, line = 'vbtop --demo') {
	const terminal = await openTerminal(t, line, options);
	await terminal.see(/LIVE[\s\S]* Running /v);
	const {pid, simulator} = await terminal.program();
	assert.ok(simulator, 'the demo has a simulator of its own');
	assert.ok(terminal.isAlternate());
	return {terminal, pid, simulator};
}

/** What a program may have switched on in a terminal, and how it is when nothing has. */
const modes = [
	{name: 'alternate screen', number: 1049, resting: 'l'},
	{name: 'cursor', number: 25, resting: 'h'},
	{name: 'bracketed paste', number: 2004, resting: 'l'},
	{name: 'synchronized update', number: 2026, resting: 'l'},
] as const;

/** Fails unless the terminal is as the shell wants it: each mode, and what `stty -a` said. */
export async function assertShellTerminal(terminal: Terminal, said: string): Promise<void> {
	for (const [setting, why] of [['echo', 'what is typed is shown'], ['icanon', 'lines are edited by the terminal'], ['isig', 'Ctrl-C is a signal']] as const) {
		assert.match(said, new RegExp(String.raw`(?:^|\s)${setting}(?=\s|;|$)`, 'mv'), why);
	}

	assert.ok(!terminal.isAlternate(), 'the alternate screen is left');
	assert.ok(terminal.isCursorShown(), 'the cursor is shown');
	const written = await until(async () => {
		const bytes = await terminal.written();
		return modes.every(({number, resting}) => bytes.lastIndexOf(`\u{1B}[?${number}${resting}`) >= bytes.lastIndexOf(`\u{1B}[?${number}${resting === 'h' ? 'l' : 'h'}`)) && bytes;
	}, () => 'a mode is left on that was switched on');
	assert.doesNotMatch(written, /\[\?(?:9|100\d|101\d)h/v, 'the mouse is never asked for');
}

/** The shell has its terminal back as it was, and the program ended with this exit code; gives what is on screen. */
export async function assertRestored(terminal: Terminal, code: number): Promise<string> {
	const left = await terminal.ended();
	assert.match(left, new RegExp(`^${earlierText}$`, 'mv'), 'the text from before is back');
	assert.match(left, new RegExp(`^code ${code}$`, 'mv'));
	await assertShellTerminal(terminal, left);
	return left;
}

/** The whole screen is drawn, at this size, and keys are heard. */
export async function assertDrawn(terminal: Terminal, rows: number) {
	await terminal.see(text => text.startsWith(' demo') && text.split('\n').length === rows + 1 && text.split('\n')[rows - 1]!.includes('q quit'), `a screen of ${rows} lines`);
	await terminal.see(() => terminal.isAlternate() && !terminal.isCursorShown(), 'the alternate screen without a cursor');
	await terminal.see(/ LIVE /v);
	terminal.press('?');
	await terminal.see(/Enter +Open the session/v);
	terminal.press('Escape');
	await terminal.see(/q quit/v);
}

export async function assertGone(...pids: readonly number[]): Promise<void> {
	await until(() => areGone(...pids), () => `still there: ${JSON.stringify(processes().filter(({pid}) => pids.includes(pid)))}`);
}
