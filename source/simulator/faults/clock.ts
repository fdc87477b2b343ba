import type {Middleware} from '../server/exchange.js';
import {hour, minute} from '../world/time.js';
import type {Fault} from './fault.js';

/** Faults of the server's clock. */
export const clockFaults = {
	clockAhead: clockOff('the clock, and all times with it, is 10 minutes ahead', 10 * minute),
	clockBehind: clockOff('the clock, and all times with it, is 10 minutes behind', -10 * minute),
	clockJump: {
		about: 'the clock jumps an hour ahead, and back in the end', scope: 'all',
		begin(host) {
			host.clock.jump(hour);
		},
		end(host) {
			host.clock.jump(-hour);
		},
	},
	oddDate: {about: 'answers are dated in the year 9999, or not at all', scope: 'all', middleware: oddDate},
} as const satisfies Record<string, Fault>;

function clockOff(about: string, by: number): Fault {
	return {
		about, scope: 'all',
		begin(host) {
			host.clock.shift(by);
		},
		end(host) {
			host.clock.shift(-by);
		},
	};
}

function oddDate(): Middleware {
	let count = 0;
	return async ({response}, next) => {
		if (count % 2 === 0) {
			response.setHeader('Date', 'Fri, 31 Dec 9999 23:59:59 GMT');
		} else {
			response.removeHeader('Date');
		}

		count++;
		await next();
	};
}
