import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {until} from './support/program.js';
import {assertGone, assertRestored, assertShellTerminal, watchDemo} from './support/restored.js';
import {noTerminal, openTerminal, type Terminal} from './support/terminal.js';

/** A shell with job control that says how it got the terminal, does something, and waits for Enter before `fg`. */
const withJobs = (line: string, meanwhile = ':') => `set -m
${line}
echo "stopped $?"
stty -a
${meanwhile}
echo 'Enter goes on'
read answer
fg >/dev/null`;

const areStopped = (...pids: readonly number[]) => pids.every(pid => spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], {encoding: 'utf8'}).stdout.startsWith('T'));

async function seeStopped(terminal: Terminal, code: number) {
	return terminal.see(new RegExp(String.raw`^stopped ${code}$[\s\S]*^Enter goes on$`, 'mv'), 'the shell, told that its job has stopped');
}

/** The whole screen is drawn, at this size, and keys are heard. */
async function assertDrawn(terminal: Terminal, rows: number) {
	await terminal.see(text => text.startsWith(' demo') && text.split('\n').length === rows + 1 && text.split('\n')[rows - 1]!.includes('q quit'), `a screen of ${rows} lines`);
	await terminal.see(() => terminal.isAlternate() && !terminal.isCursorShown(), 'the alternate screen without a cursor');
	await terminal.see(/ LIVE /v);
	terminal.press('?');
	await terminal.see(/Enter +Open the session/v);
	terminal.press('Escape');
	await terminal.see(/q quit/v);
}

for (const [what, stop] of [
	['Ctrl-Z', (terminal: Terminal) => {
		terminal.press('C-z');
	}],
	['Ctrl-Z while a filter is typed', (terminal: Terminal) => {
		terminal.press('/', 'C-z');
	}],
	['SIGTSTP from outside', (_terminal: Terminal, pid: number) => {
		process.kill(pid, 'SIGTSTP');
	}],
] as const) {
	test(`${what} gives the terminal to the shell; fg draws anew, at the size that it has by then`, {skip: noTerminal}, async (t: TestContext) => {
		const {terminal, pid, simulator} = await watchDemo(t, {columns: 100, rows: 40}, withJobs('vbtop --demo'));
		stop(terminal, pid);
		const said = await seeStopped(terminal, 148);
		await assertShellTerminal(terminal, said);
		t.assert.ok(areStopped(pid));
		terminal.resize(70, 30);
		terminal.press('Enter');
		if (what.includes('filter')) {
			await terminal.see(/^ \/ .*\d of \d/mv);
			terminal.press('Escape');
		}

		await assertDrawn(terminal, 30);
		terminal.press('q');
		await assertShellTerminal(terminal, await terminal.ended());
		t.assert.match(terminal.text(), /^code 0$/mv);
		await assertGone(pid, simulator);
	});
}

test('Ctrl-Z stops the simulator too, and fg lets both go on', {skip: noTerminal}, async (t: TestContext) => {
	const {terminal, pid, simulator} = await watchDemo(t, {rows: 40}, withJobs('vbtop --demo --refresh 2'));
	terminal.press('C-z');
	await seeStopped(terminal, 148);
	t.assert.ok(areStopped(pid, simulator));
	terminal.press('Enter');
	await assertDrawn(terminal, 40);
	t.assert.ok(!areStopped(pid));
	t.assert.ok(!areStopped(simulator));
});

test('stopped unseen and continued, it takes a terminal that others have used meanwhile', {skip: noTerminal}, async (t: TestContext) => {
	const used = String.raw`stty sane; printf '\033[?1049l\033[?25h\033[?2004l'; echo 'text of another program'`;
	const {terminal, pid} = await watchDemo(t, {rows: 40}, withJobs('vbtop --demo', used));
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
});

test('Ctrl-Z goes on at once where no shell could', {skip: noTerminal}, async (t: TestContext) => {
	const {terminal, pid, simulator} = await watchDemo(t, {rows: 40});
	terminal.press('C-z');
	await assertDrawn(terminal, 40);
	terminal.press('q');
	await assertRestored(terminal, 0);
	await assertGone(pid, simulator);
});

test('a stopped one that is told to end ends, and writes nothing on the shell\'s screen', {skip: noTerminal}, async (t: TestContext) => {
	const {terminal, pid, simulator} = await watchDemo(t, {}, withJobs('vbtop --demo', 'kill %1; kill -CONT %1'));
	const before = (await terminal.written()).length;
	terminal.press('C-z');
	await seeStopped(terminal, 148);
	await assertGone(pid, simulator);
	const written = await terminal.written();
	// The cursor is shown once more by what hides it; that moves nothing.
	t.assert.ok(!written.slice(written.indexOf('stopped 148', before)).replaceAll('\u{1B}[?25h', '').includes('\u{1B}'), JSON.stringify(written.slice(-500)));
});

test('a terminal that is closed ends a stopped one too', {skip: noTerminal}, async (t: TestContext) => {
	const {terminal, pid, simulator} = await watchDemo(t, {}, withJobs('vbtop --demo'));
	terminal.press('C-z');
	await seeStopped(terminal, 148);
	terminal.close();
	await assertGone(pid, simulator);
});

test('Ctrl-Z in the Connect view keeps what was typed', {skip: noTerminal}, async (t: TestContext) => {
	const terminal = await openTerminal(t, withJobs('vbtop login'));
	await terminal.see(/Connect to a server/v);
	terminal.press('vb365.example', 'C-z');
	await assertShellTerminal(terminal, await seeStopped(terminal, 148));
	terminal.press('Enter');
	await terminal.see(/Connect to a server[\s\S]*vb365\.example/v);
	terminal.press('C-c');
	await assertShellTerminal(terminal, await terminal.ended());
});
