import {readdir} from 'node:fs/promises';
import {createServer, type AddressInfo} from 'node:net';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {until} from './support/program.js';
import {assertDrawn, assertGone, assertRestored, ownFolders, watchDemo} from './support/restored.js';
import {noTerminal, openTerminal} from './support/terminal.js';

test('Ctrl-Z goes on at once where no shell could; a CI variable changes nothing; SIGQUIT leaves', {skip: noTerminal}, async (t: TestContext) => {
	const {terminal, pid, simulator} = await watchDemo(t, {columns: 80, rows: 24, env: {CI: 'true'}});
	terminal.press('C-z');
	await assertDrawn(terminal, 24);
	process.kill(pid, 'SIGQUIT');
	t.assert.doesNotMatch(await assertRestored(terminal, 131), /^\s+at /mv, 'no stack');
	await assertGone(pid, simulator);
});

test('a signal during the start leaves nothing behind either', {skip: noTerminal}, async (t: TestContext) => {
	const terminal = await openTerminal(t, 'vbtop --demo');
	const {pid, simulator} = await until(async () => {
		const started = await terminal.program();
		return started.simulator !== undefined && {pid: started.pid, simulator: started.simulator};
	}, () => 'no simulator was started');
	process.kill(pid, 'SIGTERM');
	await assertRestored(terminal, 143);
	await assertGone(pid, simulator);
});

test('a terminal that is closed ends the program and its simulator', {skip: noTerminal}, async (t: TestContext) => {
	const {terminal, pid, simulator} = await watchDemo(t);
	terminal.close();
	await assertGone(pid, simulator);
});

test('a terminal that is gone without a word ends the program and its simulator', {skip: noTerminal}, async (t: TestContext) => {
	// In a session of its own no SIGHUP comes: reading and writing fail, and that is all.
	const {folder, env} = await ownFolders(t);
	const terminal = await openTerminal(t, 'setsid vbtop --demo', {env});
	await terminal.see(/LIVE[\s\S]* Running /v);
	const {pid, simulator} = await terminal.program();
	terminal.close();
	await assertGone(pid, simulator!);
	t.assert.deepStrictEqual((await readdir(folder, {recursive: true})).filter(name => name.includes('crash-')), [], 'a lost terminal is no crash');
});

test('a simulator that dies leaves the monitor on screen, and q still leaves with exit code 0', {skip: noTerminal}, async (t: TestContext) => {
	const terminal = await openTerminal(t, 'vbtop --demo --refresh 2');
	await terminal.see(/LIVE[\s\S]* Running /v);
	const {pid, simulator} = await terminal.program();
	process.kill(simulator!, 'SIGKILL');
	await terminal.see(/OFFLINE[\s\S]* Running /v);
	terminal.press('q');
	await assertRestored(terminal, 0);
	await assertGone(pid);
});

test('a server that never answers does not keep the user: Ctrl-C leaves with exit code 0', {skip: noTerminal}, async (t: TestContext) => {
	const server = createServer(() => {
		// Takes the connection, and that is all.
	});
	const {promise: listening, resolve} = Promise.withResolvers<void>();
	server.listen(0, '127.0.0.1', resolve);
	await listening;
	t.after(() => {
		server.close();
	});
	const env = {VBTOP_SERVER: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, VBTOP_USER: 'nobody', VBTOP_PASSWORD: 'Marked-4711'};
	const terminal = await openTerminal(t, 'vbtop', {env});
	await terminal.see(/CONNECTING/v);
	const {pid} = await terminal.program();
	terminal.press('C-c');
	await assertRestored(terminal, 0);
	await assertGone(pid);
});
