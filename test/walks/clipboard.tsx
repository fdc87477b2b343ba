import {Buffer} from 'node:buffer';
import {spawnSync} from 'node:child_process';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import type {WriteStream} from 'node:tty';
import {render, Text} from 'ink';
import {createClipboard} from '../../source/terminal/clipboard.js';
import type {CopyWay} from '../../source/model/clipboard-text.js';
import {TerminalOutput} from '../../source/terminal/output.js';
import {Screen} from '../helpers/terminal.js';

const summary = 'Job:    Contoso Exchange – Grüße 漢字 👩‍👩‍👧\nStatus: Failed\n\n  12 x access denied';
const xterm = {PATH: process.env['PATH'], TERM: 'xterm-256color'};
const noTmux = spawnSync('tmux', ['-V']).status === 0 ? false : 'tmux is missing (package tmux): nothing was copied into a real one';

async function ownFolder(t: TestContext): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'vbtop-test-'));
	t.after(async () => rm(folder, {recursive: true, force: true}));
	return folder;
}

async function copyTo(env: NodeJS.ProcessEnv, text = summary): Promise<{readonly way: CopyWay; readonly written: readonly string[]}> {
	const written: string[] = [];
	const clipboard = createClipboard({
		env,
		write(sequence) {
			written.push(sequence);
		},
	});
	return {way: await clipboard.copy(text), written};
}

/** Starts tmux servers in a folder of their own. They end with the test, before the folder with their sockets is removed. */
async function tmuxServers(t: TestContext) {
	const folder = await mkdtemp(path.join(tmpdir(), 'vbtop-test-'));
	const ends: Array<() => void> = [];
	t.after(async () => {
		for (const end of ends) {
			end();
		}

		await rm(folder, {recursive: true, force: true});
	});
	const env = {...xterm, LANG: 'C.UTF-8', TMUX_TMPDIR: folder};
	return (name: string, commands: ReadonlyArray<readonly string[]>) => {
		const tmux = (...words: readonly string[]) => spawnSync('tmux', ['-u', '-L', name, '-f', '/dev/null', ...words], {env, encoding: 'utf8'}).stdout;
		ends.push(() => {
			tmux('kill-server');
		});
		tmux(...[['start-server'], ...commands].flatMap(command => [...command, ';']));
		return {tmux, inside: () => tmux('display-message', '-p', '#{socket_path},#{pid},0').trim()};
	};
}

test('inside tmux a text gets into its buffer and from there to its terminal, and nothing is written', {skip: noTmux}, async (t: TestContext) => {
	const start = await tmuxServers(t);
	const inner = start('inner', [['new-session', '-d', 'exec cat']]);
	// The terminal is a tmux that takes OSC 52 into its own buffer.
	const terminal = start('terminal', [
		['set', '-g', 'default-terminal', 'xterm-256color'],
		['set', '-s', 'set-clipboard', 'on'],
		['new-session', '-d', 'env -u TMUX tmux -L inner attach'],
	]);
	await t.waitFor(() => {
		t.assert.match(inner.tmux('list-clients'), /xterm-256color/v);
	}, {timeout: 20_000});
	t.assert.deepStrictEqual(await copyTo({...xterm, TMUX: inner.inside()}), {way: 'tmux', written: []});
	t.assert.strictEqual(inner.tmux('show-buffer'), summary);
	await t.waitFor(() => {
		t.assert.strictEqual(terminal.tmux('show-buffer'), summary);
	}, {timeout: 20_000});
});

test('a text of any length gets into tmux', {skip: noTmux}, async (t: TestContext) => {
	const start = await tmuxServers(t);
	const {tmux, inside} = start('inner', [['new-session', '-d', 'exec cat']]);
	const long = 'Zeile mit Umlauten: Grüße\n'.repeat(5000).trimEnd();
	t.assert.deepStrictEqual(await copyTo({...xterm, TMUX: inside()}, long), {way: 'tmux', written: []});
	t.assert.strictEqual(tmux('show-buffer'), long);
});

test('a tmux whose server is gone has copied nothing', {skip: noTmux}, async (t: TestContext) => {
	const start = await tmuxServers(t);
	const {tmux, inside} = start('inner', [['new-session', '-d', 'exec cat']]);
	const gone = inside();
	tmux('kill-server');
	t.assert.deepStrictEqual(await copyTo({...xterm, TMUX: gone}), {way: 'screen', written: []});
});

/** An environment whose tmux is a script. */
async function withTmux(t: TestContext, script: string) {
	const folder = await ownFolder(t);
	await writeFile(path.join(folder, 'tmux'), `#!/bin/sh\n${script}\n`, {mode: 0o755});
	return {folder, env: {...xterm, PATH: `${folder}${path.delimiter}${xterm.PATH}`, FOLDER: folder, TMUX: '/tmp/tmux/default,1,0'}};
}

test('tmux gets the text by standard input, never on its command line', async (t: TestContext) => {
	const {folder, env} = await withTmux(t, 'echo "$*" > "$FOLDER/words"; cat > "$FOLDER/text"');
	t.assert.deepStrictEqual(await copyTo(env, `${summary}  \u{1B}[201~\n`), {way: 'tmux', written: []});
	t.assert.strictEqual(await readFile(path.join(folder, 'words'), 'utf8'), 'load-buffer -w -\n');
	t.assert.strictEqual(await readFile(path.join(folder, 'text'), 'utf8'), `${summary}  \u{FFFD}[201~`);
});

for (const [what, script] of [
	['does not know -w (before 3.2)', 'case "$*" in *-w*) echo "usage: load-buffer [-b buffer-name] path" >&2; exit 1;; esac; exec cat'],
	['hangs', 'echo $$ > "$FOLDER/pid"; exec sleep 600'],
	['is killed', 'kill -9 $$'],
	['ends well without reading all of the text', 'exec <&-; sleep 0.2; exit 0'],
] as const) {
	test(`a tmux that ${what} has copied nothing, and nothing is written`, async (t: TestContext) => {
		const {folder, env} = await withTmux(t, script);
		// More than what a pipe holds.
		t.assert.deepStrictEqual(await copyTo(env, 'long '.repeat(500_000)), {way: 'screen', written: []});
		if (what === 'hangs') {
			const pid = Number(await readFile(path.join(folder, 'pid'), 'utf8'));
			t.assert.throws(() => process.kill(pid, 0), {code: 'ESRCH'});
		}
	});
}

test('a tmux that is not to be found has copied nothing', async (t: TestContext) => {
	t.assert.deepStrictEqual(await copyTo({...xterm, PATH: await ownFolder(t), TMUX: '/tmp/tmux/default,1,0'}), {way: 'screen', written: []});
});

const base64 = (text: string) => Buffer.from(text).toString('base64');

test('outside of tmux the terminal gets the text in one sequence (OSC 52), made harmless before', async (t: TestContext) => {
	const {way, written} = await copyTo(xterm, `${summary}\u{202E}\n`);
	t.assert.strictEqual(way, 'osc52');
	t.assert.deepStrictEqual(written, [`\u{1B}]52;c;${base64(`${summary}\u{FFFD}`)}\u{7}`]);
});

test('through GNU screen the same sequence goes in strings of at most 256 bytes', async (t: TestContext) => {
	for (const length of [1, 170, 180, 5000]) {
		const text = 'x'.repeat(length);
		const {way, written} = await copyTo({...xterm, TERM: 'screen.xterm-256color', STY: '4711.pts-0.host'}, text);
		t.assert.strictEqual(way, 'osc52');
		const [sequence = '', ...others] = written;
		t.assert.strictEqual(others.length, 0);
		const strings = sequence.split('\u{1B}\\').slice(0, -1);
		t.assert.ok(strings.every(string => string.startsWith('\u{1B}P') && string.length + 2 <= 256));
		t.assert.strictEqual(strings.map(string => string.slice(2)).join(''), `\u{1B}]52;c;${base64(text)}\u{7}`);
	}
});

const terminals: ReadonlyArray<readonly [what: string, env: NodeJS.ProcessEnv, way: CopyWay]> = [
	['an unknown terminal', {TERM: 'xterm'}, 'osc52'],
	['iTerm2', {TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app'}, 'osc52'],
	['kitty', {TERM: 'xterm-kitty'}, 'osc52'],
	['Konsole 24.12', {TERM: 'xterm-256color', KONSOLE_VERSION: '241200'}, 'osc52'],
	['Konsole 23.08', {TERM: 'xterm-256color', KONSOLE_VERSION: '230805'}, 'screen'],
	['Apple Terminal', {TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal'}, 'screen'],
	['Apple Terminal under GNU screen', {TERM: 'screen', STY: '1.a', TERM_PROGRAM: 'Apple_Terminal'}, 'screen'],
	['GNOME Terminal', {TERM: 'xterm-256color', VTE_VERSION: '8400'}, 'screen'],
	['the console of Linux', {TERM: 'linux'}, 'screen'],
	['a serial line', {TERM: 'vt220'}, 'screen'],
	['rxvt', {TERM: 'rxvt-unicode-256color'}, 'screen'],
	['tmux on the near side of ssh', {TERM: 'tmux-256color'}, 'screen'],
	['GNU screen or tmux on the near side of ssh', {TERM: 'screen-256color'}, 'screen'],
];

for (const [what, env, way] of terminals) {
	test(`${what}: ${way === 'screen' ? 'the text is to be selected on the screen' : 'the sequence is sent'}`, async (t: TestContext) => {
		const copied = await copyTo(env);
		t.assert.strictEqual(copied.way, way);
		t.assert.strictEqual(copied.written.length, way === 'osc52' ? 1 : 0);
	});
}

test('a text longer than terminals take is to be selected on the screen', async (t: TestContext) => {
	t.assert.strictEqual((await copyTo(xterm, 'x'.repeat(55_500))).way, 'osc52');
	t.assert.deepStrictEqual(await copyTo(xterm, 'x'.repeat(55_501)), {way: 'screen', written: []});
});

test('a terminal that cannot be written to has got nothing', async (t: TestContext) => {
	const clipboard = createClipboard({
		env: xterm,
		write() {
			throw new Error('gone');
		},
	});
	t.assert.strictEqual(await clipboard.copy(summary), 'screen');
});

/** Waits until all that was written to a screen is drawn. */
async function drawn(screen: Screen) {
	const {promise, resolve} = Promise.withResolvers<unknown>();
	screen.write('', resolve);
	return promise;
}

test('a text on its way to the terminal leaves the frames as they are', async (t: TestContext) => {
	const screen = new Screen(40, 6);
	const output = new TerminalOutput(screen as unknown as WriteStream, () => undefined);
	const frame = (number: number) => <Text>{`first\nframe ${number}\nlast`}</Text>;
	const stdout = output as unknown as NodeJS.WriteStream;
	const instance = render(frame(1), {stdout, interactive: true, incrementalRendering: true, alternateScreen: true, patchConsole: false});
	t.after(() => {
		instance.unmount();
	});
	const clipboard = createClipboard({
		env: xterm,
		write(sequence) {
			output.write(sequence);
		},
	});
	const states = [];
	for (const number of [2, 3]) {
		await instance.waitUntilRenderFlush();
		await drawn(screen);
		states.push(screen.state());
		t.assert.strictEqual(await clipboard.copy(summary), 'osc52');
		await drawn(screen);
		states.push(screen.state());
		instance.rerender(frame(number));
	}

	await instance.waitUntilRenderFlush();
	await drawn(screen);
	t.assert.deepStrictEqual(screen.lines(), ['first', 'frame 3', 'last', '', '', '']);
	t.assert.deepStrictEqual(states.slice(1), states.slice(0, -1));
	t.assert.deepStrictEqual(screen.effects, [`OSC 52 c;${base64(summary)}`, `OSC 52 c;${base64(summary)}`]);
});
