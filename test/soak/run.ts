/*
The soak: `npm run soak` watches the busiest night for two minutes while random faults befall the
server; `npm run soak -- 30` does so for half an hour, `npm run soak -- 30 7` with another seed.
It ends with what the monitor holds against what the server has, and with what that took.
*/
import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {fraction} from '../../source/simulator/world/random.js';
import {faultNames, faultOf} from '../../source/simulator/faults/faults.js';
import {startServer} from './server-process.js';
import {differences, openWatch} from './watch.js';

const [minutes = 2, seed = Date.now() % 100_000] = process.argv.slice(2).map(Number);
const refreshMs = 2000;
// What it costs to ask: a poll takes up to five requests, the directory some more each minute, and a list
// that is read again because a clock was set, in pages as short as the server makes them, one for each.
const mostRequestsPerPoll = 8;
const mostRereadRequests = 200;
const mostHeapGrowth = 0.1;
// A certificate that changes is for the user to judge, and needs TLS.
const drawn = faultNames.filter(name => faultOf(name).needsTls === undefined);

if (!(minutes > 0 && Number.isSafeInteger(seed))) {
	process.stderr.write('npm run soak -- [MINUTES [SEED]]\n');
	process.exit(2); // eslint-disable-line unicorn/no-process-exit -- this is a program
}

const rejections: unknown[] = [];
process.on('unhandledRejection', reason => {
	rejections.push(reason);
});

let draws = 0;
const random = () => fraction('soak', seed, draws++);
const between = (least: number, most: number) => least + (random() * (most - least));

process.stdout.write(`soak of ${minutes} min, seed ${seed}, ${drawn.length} faults\n`);
const server = await startServer(seed);
const watch = openWatch(server, refreshMs);
await watch.untilLive();
// Each place is seen once, so that its code is there in both measurements.
const states = new Map<string, number>();
await watch.live(10_000, states, random);
await watch.rest();
const firstHeap = await heapUsed();
const heldFirst = watch.sessions().length;

const startedAt = performance.now();
const endAt = startedAt + (minutes * 60_000);
const befell = new Map<string, number>();
let rest = shuffled(drawn);
while (performance.now() < endAt) {
	const amount = random() < 0.3 ? 2 : 1;
	rest = rest.length < amount ? shuffled(drawn) : rest;
	const names = rest.splice(0, amount);
	await server.order({name: 'faults', faults: names});
	for (const name of names) {
		befell.set(name, (befell.get(name) ?? 0) + 1);
	}

	await watch.live(between(2000, 8000), states, random);
	await server.order({name: 'faults', faults: []});
	await watch.signInIfAsked();
	await watch.live(between(500, 4000), states, random);
}

await server.order({name: 'faults', faults: []});
await watch.untilLive();
const polls = (performance.now() - startedAt) / refreshMs;
const {requests, signIns, tokenRequests, now, truth} = await server.order({name: 'freeze'});
const different = await settled();
await watch.rest();
const lastHeap = await heapUsed();
const heldLast = watch.sessions().length;
const growth = (lastHeap / firstHeap) - 1;

const checks: ReadonlyArray<readonly [what: string, isGood: boolean]> = [
	[`${heldLast} sessions held, ${different.length} differ from the server's`, different.length === 0],
	[`heap ${megabytes(firstHeap)} with ${heldFirst} sessions after the first load, ${megabytes(lastHeap)} with ${heldLast} at the end: ${(growth * 100).toFixed(1)} %`, growth <= mostHeapGrowth],
	[`${requests} requests in the time of ${Math.round(polls)} polls, ${(requests / polls).toFixed(1)} a poll`, requests <= (mostRequestsPerPoll * polls) + mostRereadRequests],
	[`${tokenRequests} token requests, ${signIns} of them with a password`, signIns <= 2 + (polls * refreshMs / 15_000)],
	[`${rejections.length} unhandled rejections`, rejections.length === 0],
	[`the monitor is ${watch.hasExited() ? 'gone' : 'still there'}`, !watch.hasExited()],
];

process.stdout.write(`faults: ${[...befell].map(([name, times]) => `${name} ${times}`).join(', ')}\n`);
process.stdout.write(`states seen: ${[...states].map(([state, times]) => `${state} ${times}`).join(', ')}\n`);
for (const [what, isGood] of checks) {
	process.stdout.write(`${isGood ? 'ok    ' : 'FAILED'}  ${what}\n`);
}

for (const difference of different.slice(0, 10)) {
	process.stdout.write(`        ${difference}\n`);
}

for (const reason of rejections.slice(0, 3)) {
	process.stdout.write(`        ${reason instanceof Error ? reason.stack : String(reason)}\n`);
}

await watch.close();
server.end();
process.exitCode = checks.every(([, isGood]) => isGood) ? 0 : 1;

// What differs once the monitor has had time to read what the server has, which stands still: a list
// that was read in trouble is read again after half a minute, or after two where that was in trouble too.
async function settled(): Promise<readonly string[]> {
	let found: readonly string[] = [];
	for (let tries = 0; tries < 90; tries++) {
		await wait(refreshMs);
		found = differences(watch.sessions(), truth!, now!);
		if (found.length === 0) {
			break;
		}
	}

	return found;
}

// The least of some moments: while an answer is under way it is held as bytes, text and objects besides.
async function heapUsed(): Promise<number> {
	let least = Infinity;
	for (let moments = 0; moments < 20; moments++) {
		globalThis.gc!();
		least = Math.min(least, process.memoryUsage().heapUsed);
		await wait(200);
	}

	return least;
}

function megabytes(bytes: number): string {
	return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function shuffled(names: readonly string[]): string[] {
	return names.map(name => ({name, place: random()})).toSorted((a, b) => a.place - b.place).map(({name}) => name);
}
