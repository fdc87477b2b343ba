import {spawn, spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {stripVTControlCharacters} from 'node:util';
import {startSimulator} from '../../source/simulator/server/server.js';
import {spread, type Bench, type Figure} from './support/figures.js';

const program = fileURLToPath(new URL('../../dist/vbtop.js', import.meta.url));
const rounds = 9;
// What is started first says its process id, which the program then has.
const marker = /<started (?<pid>\d+)>/v;

const quote = (word: string) => `'${word.replaceAll('\'', String.raw`'\''`)}'`;

/** How a command gets a pseudo terminal of 120x40 here, and what does it; its first output is the marker. */
function inTerminal(command: string): {readonly by: string; readonly words: readonly string[]} | undefined {
	const line = `stty cols 120 rows 40; printf '<started %d>' $$; ${command}`;
	if (spawnSync('script', ['--version']).stdout?.toString().includes('util-linux')) {
		return {by: 'script of util-linux', words: ['script', '-qefc', line, '/dev/null']};
	}

	return spawnSync('python3', ['-c', 'import pty']).status === 0 ? {by: 'pty of Python', words: ['python3', '-c', 'import pty, sys; pty.spawn(["sh", "-c", sys.argv[1]])', line]} : undefined;
}

function end(pid: number): void {
	try {
		process.kill(pid, 'SIGTERM');
	} catch {
		// It has ended by itself.
	}
}

type Sight = (text: string) => boolean;

/** Milliseconds from the marker to each sight, one after the other; the command is ended then. */
async function appearances(words: readonly string[], sights: readonly Sight[], environment: Readonly<Record<string, string>>): Promise<number[]> {
	const {NODE_ENV: _left, ...inherited} = process.env;
	const child = spawn(words[0]!, words.slice(1), {env: {...inherited, TERM: 'xterm-256color', ...environment}, stdio: ['pipe', 'pipe', 'ignore']});
	const times: number[] = [];
	let text = '';
	let start = 0;
	let pid = NaN;
	const patience = setTimeout(() => {
		end(pid);
	}, 60_000);
	child.stdout.setEncoding('utf8');
	for await (const chunk of child.stdout) {
		const at = performance.now();
		text += String(chunk);
		pid = Number(marker.exec(text)?.groups?.['pid']);
		start ||= Number.isNaN(pid) ? 0 : at;
		while (times.length < sights.length && sights[times.length]!(text)) {
			times.push(at - start);
		}

		if (times.length === sights.length) {
			end(pid);
		}
	}

	clearTimeout(patience);
	if (times.length < sights.length) {
		throw new Error(`ended too early: ${stripVTControlCharacters(text).slice(-2000)}`);
	}

	return times;
}

const firstFrame: Sight = text => text.includes('\u{1B}[?2026l');
// A row of the list: the counts above it are drawn over in place, digit by digit.
const sessionsShown: Sight = text => /Running {2,}\p{Letter}/v.test(stripVTControlCharacters(text));

/** From the command to what is seen, of the built program as a user starts it. */
export const start: Bench = {
	name: 'start',
	title: 'start to first frame',
	async measure() {
		const node = quote(process.execPath);
		const bare = inTerminal(`${node} -e 0; printf '<ended>'`);
		if (!bare || !existsSync(program)) {
			return {by: bare ? 'not measured: dist/ is missing (npm run build)' : 'not measured: neither script (util-linux) nor python3 gives a terminal here', figures: []};
		}

		const simulator = await startSimulator({pace: 30, seed: 1});
		const server = {VBTOP_SERVER: simulator.url, VBTOP_USER: simulator.account.username, VBTOP_PASSWORD: simulator.account.password};
		const vbtop = inTerminal(`exec ${node} ${quote(program)}`)!;
		const demo = inTerminal(`exec ${node} ${quote(program)} --demo`)!;
		const samples: Record<'bare' | 'frame' | 'sessions' | 'demo', number[]> = {bare: [], frame: [], sessions: [], demo: []};
		// In turns, so that what else the machine does meets each alike; the first turn warms the file cache.
		for (let round = -1; round < rounds; round++) {
			const [ended] = await appearances(bare.words, [text => text.includes('<ended>')], {});
			const [frame, sessions] = await appearances(vbtop.words, [firstFrame, sessionsShown], server);
			const [, running] = await appearances(demo.words, [firstFrame, sessionsShown], {});
			if (!(round >= 0)) {
				continue;
			}

			samples.bare.push(ended!);
			samples.frame.push(frame!);
			samples.sessions.push(sessions!);
			samples.demo.push(running!);
		}

		await simulator.close();
		const against = {what: 'node -e 0', median: spread(samples.bare).median};
		const figures: readonly Figure[] = [
			{what: 'node -e 0', ...spread(samples.bare), unit: 'ms'},
			{what: 'vbtop: first frame', ...spread(samples.frame), unit: 'ms', against},
			{what: 'vbtop: first sessions', ...spread(samples.sessions), unit: 'ms', against},
			{what: 'vbtop --demo: first sessions', ...spread(samples.demo), unit: 'ms', against},
		];
		return {by: `dist/vbtop.js in a terminal of 120x40 by ${bare.by}, a simulated server on this machine, ${rounds} starts each in turns`, figures};
	},
};
