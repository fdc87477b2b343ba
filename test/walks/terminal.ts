import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import type {WriteStream} from 'node:tty';
import {TerminalOutput} from '../../source/terminal/output.js';

test('an output whose reader is gone (EPIPE) is said to be lost once, and nothing is thrown', async (t: TestContext) => {
	// Ends at once, and with it the other side of the pipe.
	const reader = spawn(process.execPath, ['--version'], {stdio: ['pipe', 'ignore', 'ignore']});
	await once(reader, 'exit');
	const {promise: lost, resolve} = Promise.withResolvers<void>();
	let times = 0;
	const output = new TerminalOutput(reader.stdin as unknown as WriteStream, () => {
		times++;
		resolve();
	});
	output.write('a frame');
	await lost;
	const {bytesWritten} = reader.stdin as unknown as {readonly bytesWritten: number};
	output.write('another one');
	output.write('and one more');
	await new Promise(resume => {
		setImmediate(resume);
	});
	t.assert.strictEqual(times, 1);
	t.assert.strictEqual((reader.stdin as unknown as {readonly bytesWritten: number}).bytesWritten, bytesWritten, 'what is gone is written to no more');
});
