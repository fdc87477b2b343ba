import {spawnSync} from 'node:child_process';
import {mkdir, mkdtemp, readFile, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type {TestContext} from 'node:test';
import {noProcessList, processes} from './processes.js';
import {bareEnvironment, program, unbuilt, until} from './program.js';
import {openTmuxClient} from './tmux-client.js';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;

/** Why a test in a terminal cannot run, or false. */
export const noTerminal = unbuilt || (hasTmux ? noProcessList : 'tmux is missing (package tmux): nothing was tried in a real terminal');

export type TerminalOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string>>;
};

export type Terminal = Awaited<ReturnType<typeof openTerminal>>;

/** What the terminal shows before the program begins. */
export const earlierText = 'text of the shell before';

let opened = 0;

/**
Opens a real terminal in which a shell runs one line, with `vbtop` in its PATH as npm links it.
After the line it says `code N`, and how the terminal was left: `stty -a`. It closes with the test.
*/
export async function openTerminal(t: TestContext, line: string, {columns = 120, rows = 40, env = {}}: TerminalOptions = {}) {
	const folder = await mkdtemp(path.join(tmpdir(), 'vbtop-test-'));
	const bin = path.join(folder, 'bin');
	await mkdir(bin);
	await symlink(program, path.join(bin, 'vbtop'));
	const script = path.join(folder, 'shell.sh');
	const record = path.join(folder, 'written');
	await writeFile(script, `echo '${earlierText}'\n${line}\necho "code $?"\nstty -a\necho 'back in the shell'\nexec cat\n`);

	const environment: Record<string, string> = {
		...bareEnvironment(),
		// Sockets of its own: another user's tmux, or another test, is never met.
		TMUX_TMPDIR: folder,
		...env,
	};
	// The program finds this Node first, then its own link.
	environment['PATH'] = [path.dirname(process.execPath), bin, environment['PATH']].join(path.delimiter);
	const socket = `vbtop-test-${process.pid}-${opened++}`;
	const way = ['-u', '-L', socket, '-f', '/dev/null'];
	const tmux = (...words: readonly string[]): string => {
		const {status, stdout, stderr} = spawnSync('tmux', [...way, ...words], {env: environment, encoding: 'utf8'});
		if (status !== 0) {
			throw new Error(`tmux ${words.join(' ')}: ${stderr}`);
		}

		return stdout;
	};

	const close = () => {
		client.end();
		spawnSync('tmux', ['-L', socket, 'kill-server'], {env: environment});
	};

	t.after(async () => {
		// In this order: the folder holds the socket.
		close();
		await rm(folder, {recursive: true, force: true});
	});

	tmux(...[
		['start-server'],
		['set', '-g', 'status', 'off'],
		['set', '-g', 'default-terminal', env['TERM'] ?? 'screen-256color'],
		['new-session', '-d', '-x', String(columns), '-y', String(rows), `exec sh '${script}'`],
		['pipe-pane', `exec cat > '${record}'`],
	].flatMap(command => [...command, ';']));
	const client = openTmuxClient(way, environment);

	const ask = (format: string) => tmux('display-message', '-p', `#{${format}}`).trim();
	const text = () => tmux('capture-pane', '-p');
	const see = async (wanted: RegExp | ((text: string) => boolean), what = String(wanted)) => {
		const seen = await until(async () => {
			const shown = await client.ask('capture-pane -p');
			return (wanted instanceof RegExp ? wanted.test(shown) : wanted(shown)) && {shown};
		}, () => `not seen: ${what}\n${text()}`);
		return seen.shown;
	};

	return {
		text,
		lines: () => text().split('\n').slice(0, -1),
		/** Waits until the screen is as wanted; fails with the screen as it is. */
		see,
		/** Presses keys by tmux's names (`Enter`, `C-c`, `PageDown`) or as they are. */
		press(...keys: readonly string[]) {
			tmux('send-keys', ...keys);
		},
		resize(toColumns: number, toRows: number) {
			tmux('resize-window', '-x', String(toColumns), '-y', String(toRows));
		},
		/** Every byte that was written to it, as far as it is recorded by now. */
		written: async () => readFile(record, 'latin1'),
		isAlternate: () => ask('alternate_on') === '1',
		isCursorShown: () => ask('cursor_flag') === '1',
		/** The program that runs in it and, where it has one, its simulator. */
		async program() {
			const shell = Number(ask('pane_pid'));
			return until(() => {
				const all = processes();
				const monitor = all.find(({parent}) => parent === shell);
				const simulator = all.find(({parent}) => parent === monitor?.pid);
				return monitor && {pid: monitor.pid, simulator: simulator?.pid};
			}, () => `vbtop does not run\n${text()}`);
		},
		/** Waits until the shell has the terminal back; gives what it shows. */
		async ended() {
			return see(/^back in the shell$/mv, 'the shell after vbtop');
		},
		close,
	};
}
