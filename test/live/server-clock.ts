import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createServerClock} from '../../source/live/server-clock.js';

const day = Date.UTC(2026, 10, 22);

/** A clock of ours at 1,000,000 ms, with a server that is ahead of it by `offset` and answers as long as it is told. */
function clockAndServer(offset = day, wall = day + 5_000_000) {
	const ours = {now: 1_000_000};
	const clock = createServerClock(() => ours.now, () => wall);
	const server = {
		offset,
		answer(takes: number, share = 0.5) {
			const sentAt = ours.now;
			const date = Math.floor((sentAt + (takes * share) + server.offset) / 1000) * 1000;
			ours.now += takes;
			clock.observe({sentAt, receivedAt: ours.now, date});
		},
		error: () => clock.now().server - (ours.now + server.offset),
	};
	return {ours, clock, server};
}

test('before the first answer it is the time of this machine, and goes on', () => {
	const {ours, clock} = clockAndServer();
	assert.deepEqual(clock.now(), {server: day + 5_000_000, monotonic: 1_000_000});
	ours.now += 1500;
	assert.deepEqual(clock.now(), {server: day + 5_001_500, monotonic: 1_001_500});
});

test('one answer says the time to half a second and half of what it took', () => {
	const {server} = clockAndServer();
	server.answer(40);
	assert.ok(Math.abs(server.error()) <= 520);
});

test('where the bounds of several answers meet, the time is known to a fraction of a second', () => {
	const {ours, server} = clockAndServer(day + 123);
	for (let answers = 0; answers < 8; answers++) {
		server.answer(20);
		ours.now += 5100;
	}

	assert.ok(Math.abs(server.error()) <= 140, `${server.error()} ms off`);
	// A slow answer says little, and spoils nothing.
	server.answer(20_000, 0.1);
	assert.ok(Math.abs(server.error()) <= 140, `${server.error()} ms off`);
});

test('a clock that was set counts at once, forward and back', () => {
	for (const jump of [3_600_000, -3_600_000, 2500, -2500]) {
		const {ours, server} = clockAndServer();
		for (let answers = 0; answers < 8; answers++) {
			server.answer(20);
			ours.now += 5100;
		}

		server.offset += jump;
		server.answer(20);
		assert.ok(Math.abs(server.error()) <= 520, `${server.error()} ms off after ${jump}`);
	}
});

const corrections: ReadonlyArray<readonly [back: number, seen: number]> = [
	[1, 0],
	[400, 0],
	[999, 0],
	[1000, -1000],
	[1001, -1001],
	[3_600_000, -3_600_000],
	[-1, 1],
	[-3_600_000, 3_600_000],
];

for (const [back, seen] of corrections) {
	test(`a correction by ${-back} ms is seen as ${seen} ms`, () => {
		// The one answer says the time to be half a second after the one in its header.
		const {clock, server} = clockAndServer(day, day + 1_000_500 + back);
		const before = clock.now();
		server.answer(0);
		const {server: at, monotonic} = clock.now();
		assert.deepEqual([at, monotonic], [before.server + seen, before.monotonic]);
	});
}

test('how far the clocks are apart is known with the first answer, and follows them', () => {
	const ours = {now: 0, wall: day};
	const clock = createServerClock(() => ours.now, () => ours.wall);
	assert.equal(clock.now().skewMs, undefined);
	const answer = (date: number) => {
		clock.observe({sentAt: ours.now, receivedAt: ours.now, date});
	};

	answer(day + 90_000);
	assert.equal(clock.now().skewMs, 90_500);
	// This machine's clock is set right; the server's is as it was.
	ours.now += 10_000;
	ours.wall += 100_000;
	answer(day + 100_000);
	assert.equal(clock.now().skewMs, 500);
	ours.now += 10_000;
	ours.wall += 10_000;
	answer(day - 190_000);
	assert.equal(clock.now().skewMs, -299_500);
});

test('a clock that stands still goes on once the time has come up to it', () => {
	const {ours, clock, server} = clockAndServer(day, day + 1_000_900);
	const before = clock.now();
	server.answer(0);
	const went = [0, 200, 199, 1, 1, 500].map(ms => {
		ours.now += ms;
		return clock.now().server - before.server;
	});
	assert.deepEqual(went, [0, 0, 0, 0, 1, 501]);
	assert.equal(clock.now().monotonic, before.monotonic + 901);
});

test('a clock that stands still can be set back by a server\'s', () => {
	const {clock, server} = clockAndServer(day, day + 1_000_900);
	const before = clock.now();
	server.answer(0);
	assert.equal(clock.now().server, before.server);
	server.offset -= 10_000;
	server.answer(0);
	assert.equal(clock.now().server, before.server - 10_400);
});

test('answers that say the time better never make it go back', () => {
	for (const offset of [0, 1, 123, 500, 877, 999]) {
		const {ours, clock, server} = clockAndServer(day + offset, day + 1_000_000 + offset);
		let before = clock.now();
		for (let answers = 0; answers < 40; answers++) {
			server.answer(20 * (answers % 7), (answers % 3) / 2);
			const now = clock.now();
			assert.ok(now.server >= before.server, `${now.server - before.server} ms`);
			before = now;
			ours.now += 97 * (answers % 5);
		}
	}
});

test('a clock that drifts is followed in small steps', () => {
	const {ours, clock, server} = clockAndServer();
	let before = clock.now();
	for (let answers = 0; answers < 200; answers++) {
		server.answer(2);
		const now = clock.now();
		if (answers > 20) {
			assert.ok(Math.abs(server.error()) <= 300, `${server.error()} ms off`);
			assert.ok(Math.abs((now.server - before.server) - (now.monotonic - before.monotonic)) <= 300);
		}

		before = now;
		ours.now += 5103;
		server.offset += 1;
	}
});
