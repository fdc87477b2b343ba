import {test, type TestContext} from 'node:test';
import {useNow} from '../../source/live/use-now.js';
import type {Now} from '../../source/model/now.js';
import {settle, startHook} from './support/hook.js';

test('the time is told anew with each second of the server, once and early, and no more when it is gone', async (t: TestContext) => {
	t.mock.timers.enable({apis: ['setTimeout']}); // eslint-disable-line node-test/require-mock-timers-advance -- `pass` does
	const start = Date.UTC(2026, 10, 22, 22, 0, 0, 300);
	const time = {passed: 0};
	let reads = 0;
	const read = () => {
		reads++;
		return {server: start + time.passed, monotonic: time.passed};
	};

	const {results, last, unmount} = startHook(t, () => useNow(read, undefined), {});
	const secondsOf = () => Math.floor(last().server / 1000) % 60;
	const pass = async (ms: number) => {
		time.passed += ms;
		t.mock.timers.tick(ms);
		await settle();
	};

	await settle();
	t.assert.deepStrictEqual(last(), {server: start, monotonic: 0});
	await pass(700);
	for (let seconds = 1; seconds <= 20; seconds++) {
		const renders = results.length;
		// A little after the second has begun.
		await pass(50);
		t.assert.strictEqual(secondsOf(), seconds);
		t.assert.strictEqual(results.length, renders + 1);
		await pass(900);
		t.assert.strictEqual(results.length, renders + 1);
		await pass(50);
	}

	unmount();
	const before = reads;
	await pass(60_000);
	t.assert.strictEqual(reads, before);
});

test('where the clock or what is drawn with it changes, the time is read anew at once', async (t: TestContext) => {
	const time = {now: 1000};
	type Props = {readonly ahead: () => number; readonly answer: unknown};
	const reads = new Map<() => number, () => Now>();
	const readOf = (ahead: () => number) => reads.get(ahead) ?? reads.set(ahead, () => ({server: time.now + ahead(), monotonic: time.now})).get(ahead)!;
	const {last, rerender} = startHook(t, ({ahead, answer}: Props) => useNow(readOf(ahead), answer), {ahead: () => 0, answer: 1});
	const hour = () => 3_600_000;
	t.assert.strictEqual(last().server, 1000);
	rerender({ahead: hour, answer: 1});
	await settle();
	t.assert.strictEqual(last().server, 3_601_000);
	time.now = 1200;
	rerender({ahead: hour, answer: 1});
	await settle();
	t.assert.strictEqual(last().server, 3_601_000);
	rerender({ahead: hour, answer: 2});
	await settle();
	t.assert.strictEqual(last().server, 3_601_200);
});
