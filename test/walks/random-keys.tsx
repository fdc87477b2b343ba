import {Buffer} from 'node:buffer';
import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {test, type TestContext} from 'node:test';
import fc from 'fast-check';
import {startConnect} from '../helpers/connect.js';
import {simulator, startMonitor} from '../helpers/monitor.js';
import {sequences} from '../helpers/terminal.js';

/** What a terminal may send, in words of bytes. */
const inputs = fc.oneof(
	{weight: 5, arbitrary: fc.constantFrom(...Object.values(sequences))},
	{weight: 5, arbitrary: fc.constantFrom(...'jkgGJK /tT?pqrRsS<>[]+-=ynv1234')},
	// Function keys, keys with Shift, Alt and Ctrl, in the ways of several terminals.
	fc.constantFrom('\u{1B}OP', '\u{1B}[[A', '\u{1B}[11~', '\u{1B}[24~', '\u{1B}[1;5A', '\u{1B}[1;2B', '\u{1B}[3;5~', '\u{1B}j', '\u{1B}\u{1B}[A', '\u{1B}[27;5;9~', '\u{1B}[97;5u'),
	// Focus, the mouse as X10 and SGR report it, answers to questions that nobody asked.
	fc.constantFrom('\u{1B}[I', '\u{1B}[O', '\u{1B}[M !!', '\u{1B}[M\u{60}\u{7F}\u{21}', '\u{1B}[<0;10;5M', '\u{1B}[<65;200;60m', '\u{1B}[24;80R', '\u{1B}[?62;c', '\u{1B}]11;rgb:0/0/0\u{7}', '\u{1B}P1$r0m\u{1B}\\'),
	// Pastes, whole, open and closed without having begun.
	fc.string({unit: 'binary', maxLength: 40}).map(text => `\u{1B}[200~${text}\u{1B}[201~`),
	fc.constantFrom('\u{1B}[200~', '\u{1B}[201~', '\u{1B}[200~status:failed\nq\n'),
	fc.string({unit: 'grapheme', minLength: 1, maxLength: 12}),
	fc.integer({min: 0, max: 31}).map(code => String.fromCodePoint(code)),
).map(text => Buffer.from(text));

const bytes = fc.oneof(
	{weight: 8, arbitrary: inputs},
	// Bytes that are no UTF-8, and sequences cut anywhere.
	fc.uint8Array({minLength: 1, maxLength: 8}).map(part => Buffer.from(part)),
	fc.tuple(inputs, fc.nat()).map(([whole, at]) => whole.subarray(0, 1 + (at % whole.length))),
);

/** Three hundred inputs, in chunks as a line may cut them; each seed gives the same ones. */
function manyInputs(seed: number): readonly Buffer[] {
	const typed = Buffer.concat(fc.sample(bytes, {numRuns: 300, seed}));
	const lengths = fc.sample(fc.integer({min: 1, max: 24}), {numRuns: typed.length, seed});
	const chunks: Buffer[] = [];
	for (let at = 0; at < typed.length; at += lengths[chunks.length - 1]!) {
		chunks.push(typed.subarray(at, at + lengths[chunks.length]!));
	}

	return chunks;
}

/** A seed that is said, and that VBTOP_SEED repeats. */
function seedOf(t: TestContext): number {
	const given = process.env['VBTOP_SEED'];
	const seed = given === undefined ? Math.floor(Math.random() * (2 ** 31)) : Number(given);
	t.diagnostic(`VBTOP_SEED=${seed}`);
	return seed;
}

// What ends a paste and a sequence that were left open.
const closed = '\u{1B}[201~\u{1B}\\';

test('hundreds of random keys, pastes, mouse reports and fragments never crash the monitor', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'demo', pace: 100});
	const start = async () => {
		const started = startMonitor(t, server);
		await started.until(/ LIVE /v);
		return started;
	};

	let monitor = await start();
	for (const chunk of manyInputs(seedOf(t))) {
		monitor.type(chunk);
		await wait(1);
		// By a key of its own: Ctrl-C, or q in the list.
		if (!monitor.hasExited()) {
			continue;
		}

		await monitor.exited;
		monitor = await start();
	}

	monitor.type(Buffer.from(closed));
	await monitor.press('escape', 'escape', 'escape', 'escape');
	if (monitor.hasExited()) {
		await monitor.exited;
		monitor = await start();
	}

	await monitor.until(/read-only {2}.*Sessions/v);
	await monitor.press('?');
	await monitor.until(/Enter +Open the session/v);
});

test('hundreds of random keys, pastes, mouse reports and fragments never crash the Connect view', async (t: TestContext) => {
	const connect = startConnect(t, {isOffline: true});
	for (const chunk of manyInputs(seedOf(t))) {
		connect.type(chunk);
		await wait(1);
	}

	connect.type(Buffer.from(closed));
	await connect.press('ctrl-c');
	await connect.until(() => connect.done.at(-1)?.type === 'left');
	await connect.until(/Connect to a server/v);
	t.assert.strictEqual(connect.hasExited(), false);
});
