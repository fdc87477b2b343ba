import {fork} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import type {Order, Report} from './orders.js';

const program = fileURLToPath(new URL('server.ts', import.meta.url));

/** Starts the simulated server; it ends with this process. */
export async function startServer(seed: number) {
	const child = fork(program, [String(seed)], {execArgv: ['--import', 'tsx']});
	const [start] = await once(child, 'message') as [{url: string; account: {username: string; password: string}}];
	return {
		...start,
		async order(order: Order): Promise<Report> {
			const answered = once(child, 'message') as Promise<[Report]>;
			child.send(order);
			const [report] = await answered;
			return report;
		},
		end() {
			child.disconnect();
		},
	};
}
