import type {Delay, Middleware} from '../server/exchange.js';
import {second} from '../world/time.js';
import {baseScenario} from './base.js';

/** One request of so many is answered late. */
const lateEvery = 40;
const lateBy = 20 * second;

/** The jobs are all right, but the server and the proxy before it are not. */
export const unkind = baseScenario({
	about: 'Nothing is wrong with any job, but the server answers with every kind of refusal, in turn.',
	faults: ['expiredTokens', 'busy', 'deadRefresh', 'throttled', 'htmlError', 'halfJson', 'latency'],
	rhythm: {calm: 20, trouble: 20, inTurn: true},
	middleware: delay => [someAnswersLate(delay)],
	truth: [],
});

function someAnswersLate(delay: Delay): Middleware {
	let count = 0;
	return async (_exchange, next) => {
		count++;
		if (count % lateEvery === 0) {
			await delay(lateBy);
		}

		await next();
	};
}
