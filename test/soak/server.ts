/*
The simulated server of the soak, in a process of its own: what the monitor holds in memory is measured without it.
*/
import process from 'node:process';
import type {FaultName} from '../../source/simulator/faults/faults.js';
import {startSimulator} from '../../source/simulator/server/server.js';
import {rangeMs, type Order, type Report, type Told} from './orders.js';

const [seed = '1'] = process.argv.slice(2);
let frozenAt: number | undefined;
const clock = () => frozenAt ?? Date.now();
const server = await startSimulator({scenario: 'msp', seed: Number(seed), pace: 10, clock});

const counted = {requests: 0, signIns: 0, tokenRequests: 0};
// The server's log holds the last ten thousand only.
const count = () => {
	for (const {method, form} of server.requests.splice(0)) {
		counted.requests++;
		counted.tokenRequests += method === 'POST' ? 1 : 0;
		counted.signIns += form?.['grant_type'] === 'password' ? 1 : 0;
	}
};

const answers: {readonly [Name in Order['name']]: (order: Extract<Order, {name: Name}>) => Promise<Report>} = {
	async faults({faults}) {
		await server.setFaults(...faults as readonly FaultName[]);
		count();
		return {...counted};
	},
	async freeze() {
		frozenAt = Date.now();
		count();
		return {...counted, now: frozenAt, truth: truthAt(frozenAt)};
	},
};

// No run takes longer than two ranges: what began before them has left the list.
function truthAt(now: number): readonly Told[] {
	const {world} = server;
	const truth: Told[] = [];
	for (const run of world.newestRunsAt(now)) {
		if (world.startOf(run) < now - (3 * rangeMs)) {
			break;
		}

		const {id, status, createdAt, endedAt, progress} = world.sessionOf(run, now);
		truth.push({id, status, createdAt, endedAt, progress});
	}

	return truth;
}

process.on('message', (order: Order) => {
	void answer(order);
});

async function answer(order: Order): Promise<void> {
	const report = await (order.name === 'freeze' ? answers.freeze(order) : answers.faults(order));
	process.send!(report);
}

process.once('disconnect', () => {
	void server.close();
});
process.send!({url: server.url, account: server.account});
