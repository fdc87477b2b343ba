import type {ServerWatch} from './server-watch.js';

/** A loop that keeps one server polled. */
export type PollLoop = {
	/** Another interval counts from now on. */
	readonly setRefresh: (refreshMs: number) => void;
	/** Polls no more; a poll under way is not awaited. */
	readonly end: () => void;
};

/**
Polls a server at once, again so long after each good answer, after a fault when its pause is over, and whenever the watch
is woken. For commands without a screen; what comes of it is sent by the watch.
@param refreshMs - milliseconds between the end of one poll and the next
*/
export function pollLoop(watch: ServerWatch, {refreshMs: firstRefreshMs}: {readonly refreshMs: number}): PollLoop {
	let refreshMs = firstRefreshMs;
	let timer: NodeJS.Timeout | undefined;
	// What is waited for: the interval, a pause after a fault, or an answer.
	let waiting: 'interval' | 'pause' | 'answer' = 'answer';
	let polls = 0;
	let hasEnded = false;

	const wait = (what: 'interval' | 'pause', delayMs: number | undefined) => {
		waiting = what;
		clearTimeout(timer);
		if (delayMs !== undefined && !hasEnded) {
			timer = setTimeout(() => {
				void poll();
			}, delayMs);
		}
	};

	const poll = async () => {
		clearTimeout(timer);
		waiting = 'answer';
		polls++;
		const ordinal = polls;
		let isGood = true;
		try {
			await watch.poll();
		} catch {
			// The watch has sent it as a `contact` message.
			isGood = false;
		}

		// Where this one's message woke another poll, that one goes on.
		if (ordinal !== polls) {
			return;
		}

		if (isGood) {
			wait('interval', refreshMs);
		} else {
			wait('pause', watch.retryDelay());
		}
	};

	const unsubscribe = watch.onWake(() => {
		void poll();
	});
	void poll();
	return {
		setRefresh(nextMs) {
			refreshMs = nextMs;
			if (waiting === 'interval') {
				wait('interval', refreshMs);
			}
		},
		end() {
			hasEnded = true;
			unsubscribe();
			clearTimeout(timer);
		},
	};
}
