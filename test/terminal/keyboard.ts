import {Buffer} from 'node:buffer';
import {test, type TestContext} from 'node:test';
import type {Input} from '../../source/model/key.js';
import {createInputEmitter, openKeyboard, silentStdin} from '../../source/terminal/keyboard.js';
import {Keyboard} from '../helpers/terminal.js';

const key = (name: string): Input => ({type: 'key', key: name});

/** Lets what was pushed be read. */
const turn = async () => new Promise(resolve => {
	setImmediate(resolve);
});

function open(t: TestContext) {
	t.mock.timers.enable({apis: ['setTimeout']});
	const stdin = new Keyboard();
	const written: string[] = [];
	const calls: Array<readonly Input[]> = [];
	let lost = 0;
	let time = 0;
	const keyboard = openKeyboard({
		stdin,
		write(sequence) {
			written.push(sequence);
		},
		onInput(inputs) {
			calls.push(inputs);
		},
		onLost() {
			lost++;
		},
		now: () => time,
	});
	return {
		stdin, written, calls, keyboard,
		lost: () => lost,
		async push(bytes: string | Uint8Array) {
			stdin.push(bytes);
			await turn();
		},
		pass(ms: number) {
			time += ms;
			t.mock.timers.tick(ms);
		},
	};
}

test('an open keyboard is in raw mode and has pastes marked; an ended one has neither', (t: TestContext) => {
	const {stdin, written, keyboard} = open(t);
	t.assert.deepStrictEqual([stdin.isRaw, written], [true, ['\u{1B}[?2004h']]);
	keyboard.end();
	t.assert.deepStrictEqual([stdin.isRaw, written], [false, ['\u{1B}[?2004h', '\u{1B}[?2004l']]);
});

test('the inputs of one read come in one call', async (t: TestContext) => {
	const {calls, push} = open(t);
	await push('2\r\u{1B}[A\u{1B}[200~two\nlines\u{1B}[201~');
	await push('j');
	t.assert.deepStrictEqual(calls, [[key('2'), key('enter'), key('up'), {type: 'paste', text: 'two\nlines'}], [key('j')]]);
});

test('sequences and characters go on over reads; what gives no input makes no call', async (t: TestContext) => {
	const {calls, push} = open(t);
	const bytes = Buffer.from('\u{1B}[A東');
	for (const byte of bytes) {
		await push(Uint8Array.of(byte));
	}

	t.assert.deepStrictEqual(calls, [[key('up')], [key('東')]]);
});

test('a lone Esc comes after a wait, and only once', async (t: TestContext) => {
	const {calls, push, pass} = open(t);
	await push('\u{1B}');
	pass(19);
	t.assert.deepStrictEqual(calls, []);
	pass(1);
	pass(100);
	t.assert.deepStrictEqual(calls, [[key('escape')]]);
});

test('the rest of a sequence within the wait is no Esc', async (t: TestContext) => {
	const {calls, push, pass} = open(t);
	await push('\u{1B}');
	pass(10);
	await push('[A');
	pass(100);
	t.assert.deepStrictEqual(calls, [[key('up')]]);
});

test('a paused keyboard leaves the terminal to others, and begins anew when it goes on', async (t: TestContext) => {
	const {stdin, written, calls, keyboard, push, pass} = open(t);
	await push('\u{1B}');
	keyboard.pause();
	t.assert.deepStrictEqual([stdin.isRaw, stdin.isPaused(), written.at(-1)], [false, true, '\u{1B}[?2004l']);
	pass(100);
	keyboard.resume();
	t.assert.deepStrictEqual([stdin.isRaw, stdin.isPaused(), written.at(-1)], [true, false, '\u{1B}[?2004h']);
	await push('[');
	pass(100);
	t.assert.deepStrictEqual(calls, [[key('[')]]);
});

test('pausing and going on twice changes nothing more', (t: TestContext) => {
	const {written, keyboard} = open(t);
	keyboard.resume();
	keyboard.pause();
	keyboard.pause();
	keyboard.resume();
	t.assert.deepStrictEqual(written, ['\u{1B}[?2004h', '\u{1B}[?2004l', '\u{1B}[?2004h']);
});

test('an ended keyboard takes the terminal no more, and reads nothing', async (t: TestContext) => {
	const {stdin, written, calls, keyboard, push, pass} = open(t);
	await push('\u{1B}');
	keyboard.end();
	keyboard.resume();
	keyboard.end();
	await push('j');
	pass(100);
	t.assert.deepStrictEqual([stdin.isRaw, written.length, calls], [false, 2, []]);
});

test('one that ends while it is paused writes nothing: the terminal is somebody else\'s', (t: TestContext) => {
	const {written, keyboard} = open(t);
	keyboard.pause();
	keyboard.end();
	keyboard.resume();
	t.assert.deepStrictEqual(written, ['\u{1B}[?2004h', '\u{1B}[?2004l']);
});

test('a terminal that is gone is said: at its end, and when it cannot be read', async (t: TestContext) => {
	const ended = open(t);
	ended.stdin.push(null);
	await turn();
	t.assert.strictEqual(ended.lost(), 1);
	t.mock.timers.reset();
	const failed = open(t);
	failed.stdin.destroy(new Error('EIO'));
	await turn();
	t.assert.strictEqual(failed.lost(), 1);
});

test('what is typed while nobody listens waits for the next listener', (t: TestContext) => {
	const {emit, subscribe} = createInputEmitter();
	const heard: string[] = [];
	const listen = (name: string) => subscribe(inputs => {
		heard.push(`${name}: ${inputs.map(input => input.type === 'key' ? input.key : input.text).join(' ')}`);
	});
	emit([key('a')]);
	emit([key('b')]);
	const end = listen('first');
	emit([key('c')]);
	end();
	emit([key('d')]);
	listen('second');
	listen('third');
	emit([key('e')]);
	t.assert.deepStrictEqual(heard, ['first: a b', 'first: c', 'second: d', 'second: e', 'third: e']);
});

test('what a listener leaves goes to the next one, and nothing more to it', (t: TestContext) => {
	const {emit, subscribe} = createInputEmitter();
	const heard: string[] = [];
	const hear = (name: string, inputs: readonly Input[]) => {
		heard.push(`${name}: ${inputs.map(input => input.type === 'key' ? input.key : input.text).join(' ')}`);
	};

	subscribe(inputs => {
		hear('first', inputs.slice(0, 1));
		return inputs.slice(1);
	});
	emit([key('a'), key('b')]);
	emit([key('c')]);
	subscribe(inputs => {
		hear('second', inputs);
	});
	emit([key('d')]);
	t.assert.deepStrictEqual(heard, ['first: a', 'second: b c', 'second: d']);
});

test('the standard input for Ink is a terminal that says nothing', async (t: TestContext) => {
	const stdin = silentStdin();
	const events: string[] = [];
	for (const name of ['data', 'readable', 'end', 'close', 'error']) {
		stdin.on(name, () => {
			events.push(name);
		});
	}

	stdin.setRawMode(true).ref().unref().setRawMode(false);
	await turn();
	t.assert.deepStrictEqual([stdin.isTTY, stdin.read(), events], [true, null, []]);
});
