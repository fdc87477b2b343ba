import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {until} from './support/program.js';
import {assertDrawn, assertGone, assertShellTerminal, watchDemo} from './support/restored.js';
import {noTerminal, openTerminal, type Terminal} from './support/terminal.js';

/**
A shell with job control. It says how it got the terminal, does something and waits for Enter before `fg`, as often as there
are things to do.
*/
const withJobs = (line: string, ...meanwhile: readonly string[]) => ['set -m', line, ...(meanwhile.length === 0 ? [':'] : meanwhile).map((doing, index) => `echo "stop ${index + 1}: $?"
stty -a
${doing}
echo 'Enter goes on'
read answer
fg >/dev/null`)].join('\n');

const areStopped = (...pids: readonly number[]) => pids.every(pid => spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], {encoding: 'utf8'}).stdout.startsWith('T'));

async function seeStopped(terminal: Terminal, time = 1) {
	return terminal.see(new RegExp(String.raw`^stop ${time}: 148$[\s\S]*^Enter goes on$`, 'mv'), 'the shell, told that its job has stopped');
}

test('Ctrl-Z and SIGTSTP give the terminal to the shell; fg draws anew, at the size that it has by then, and lets the simulator go on', {skip: noTerminal}, async (t: TestContext) => {
	const used = String.raw`stty sane; printf '\033[?1049l\033[?25h\033[?2004l'; echo 'text of another program'`;
	const {terminal, pid, simulator} = await watchDemo(t, {columns: 100, rows: 40}, withJobs('vbtop --demo --refresh 2', ':', ':', ':', used));

	// The simulator stops too.
	terminal.press('C-z');
	await assertShellTerminal(terminal, await seeStopped(terminal, 1));
	t.assert.ok(areStopped(pid, simulator));
	terminal.resize(70, 30);
	terminal.press('Enter');
	await assertDrawn(terminal, 30);
	t.assert.ok(!areStopped(pid));
	t.assert.ok(!areStopped(simulator));

	// While a filter is typed.
	terminal.press('/', 'C-z');
	await assertShellTerminal(terminal, await seeStopped(terminal, 2));
	t.assert.ok(areStopped(pid));
	terminal.press('Enter');
	await terminal.see(/^ \/ .*\d of \d/mv);
	terminal.press('Escape');
	await assertDrawn(terminal, 30);

	process.kill(pid, 'SIGTSTP');
	await assertShellTerminal(terminal, await seeStopped(terminal, 3));
	t.assert.ok(areStopped(pid));
	terminal.resize(100, 40);
	terminal.press('Enter');
	await assertDrawn(terminal, 40);

	// Stopped unseen and continued, it takes a terminal that others have used meanwhile.
	process.kill(pid, 'SIGSTOP');
	await terminal.see(/another program\nEnter goes on/v);
	terminal.press('Enter');
	await assertDrawn(terminal, 40);
	t.assert.doesNotMatch(terminal.text(), /another program/v);
	await until(async () => {
		const bytes = await terminal.written();
		return bytes.lastIndexOf('\u{1B}[?2004h') > bytes.lastIndexOf('\u{1B}[?2004l');
	}, () => 'bracketed paste is not on again');

	terminal.press('q');
	await assertShellTerminal(terminal, await terminal.ended());
	t.assert.match(terminal.text(), /^code 0$/mv);
	await assertGone(pid, simulator);
});

test('a stopped one that is told to end ends, and writes nothing on the shell\'s screen', {skip: noTerminal}, async (t: TestContext) => {
	const {terminal, pid, simulator} = await watchDemo(t, {}, withJobs('vbtop --demo', 'kill %1; kill -CONT %1'));
	const before = (await terminal.written()).length;
	terminal.press('C-z');
	await seeStopped(terminal);
	await assertGone(pid, simulator);
	const written = await terminal.written();
	// The cursor is shown once more by what hides it; that moves nothing.
	t.assert.ok(!written.slice(written.indexOf('stop 1: 148', before)).replaceAll('\u{1B}[?25h', '').includes('\u{1B}'), JSON.stringify(written.slice(-500)));
});

test('a terminal that is closed ends a stopped one too', {skip: noTerminal}, async (t: TestContext) => {
	const {terminal, pid, simulator} = await watchDemo(t, {}, withJobs('vbtop --demo'));
	terminal.press('C-z');
	await seeStopped(terminal);
	terminal.close();
	await assertGone(pid, simulator);
});

test('Ctrl-Z in the Connect view keeps what was typed', {skip: noTerminal}, async (t: TestContext) => {
	const terminal = await openTerminal(t, withJobs('vbtop login'));
	await terminal.see(/Connect to a server/v);
	terminal.press('vb365.example', 'C-z');
	await assertShellTerminal(terminal, await seeStopped(terminal));
	terminal.press('Enter');
	await terminal.see(/Connect to a server[\s\S]*vb365\.example/v);
	terminal.press('C-c');
	await assertShellTerminal(terminal, await terminal.ended());
});
