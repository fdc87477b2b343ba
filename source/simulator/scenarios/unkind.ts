import {setTimeout as wait} from 'node:timers/promises';
import type {Middleware} from '../server/exchange.js';
import {second} from '../world/time.js';
import {usualScenario} from './usual.js';

const lateEvery = 40;
const lateBy = 20 * second;

/** All is well but the server itself, and what stands before it. */
export const unkind = usualScenario({
	about: 'Nothing is wrong with any job, but the server answers with every kind of refusal, in turn.',
	faults: ['expiredTokens', 'busy', 'deadRefresh', 'throttled', 'htmlError', 'halfJson', 'latency'],
	rhythm: {calm: 20, trouble: 20, inTurn: true},
	middleware: () => [lateNowAndThen()],
	truth: [],
});

function lateNowAndThen(): Middleware {
	let count = 0;
	return async (_exchange, next) => {
		count++;
		if (count % lateEvery === 0) {
			await wait(lateBy, undefined, {ref: false});
		}

		await next();
	};
}
