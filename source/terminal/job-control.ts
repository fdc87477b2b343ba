import process from 'node:process';
import {setImmediate as turn} from 'node:timers/promises';

/** What the shell does with a job: it stops it, lets it go on, and has the terminal in between. */
export type JobControl = {
	/** Stops the whole job, as Ctrl-Z does where it is no key. */
	readonly suspend: () => void;
	/** Leaves stops to the system again. */
	readonly end: () => void;
};

const ownGroup = 0;

/**
Stops this process when it is told to, by a key or from outside, with the terminal given to
the shell; takes the terminal anew when it may go on, also after a stop that could not be
seen coming (SIGSTOP), since others may have used it meanwhile.
@param lend - gives the terminal away, calls back, and takes it again
*/
export function followJobControl(lend: (whileAway: () => Promise<void>) => Promise<void>): JobControl {
	let isAway = false;
	const goAway = async (stop: () => void) => {
		if (isAway) {
			return;
		}

		isAway = true;
		try {
			await lend(async () => {
				stop();
				await takeSignals();
			});
		} finally {
			isAway = false;
		}
	};

	const onStop = () => {
		void goAway(() => {
			stopHere(process.pid);
		});
	};

	const onContinue = () => {
		void goAway(() => undefined);
	};

	const listen = () => {
		process.on('SIGTSTP', onStop).on('SIGCONT', onContinue);
	};

	const end = () => {
		process.off('SIGTSTP', onStop).off('SIGCONT', onContinue);
	};

	// Without a listener the system stops this process before `kill` returns. It does not where
	// no shell could let it go on again (an orphaned process group): then it just goes on.
	const stopHere = (target: number) => {
		end();
		process.kill(target, 'SIGTSTP');
		listen();
	};

	listen();
	return {
		suspend() {
			// Windows has no jobs.
			if (process.platform !== 'win32') {
				void goAway(() => {
					// The group: a simulator, and the script or the npm that the shell waits for.
					stopHere(ownGroup);
				});
			}
		},
		end,
	};
}

/**
What came while this process was stopped is heard before it takes the terminal again: that
it is to end, in the first place. Of a new size nobody tells a process in the background.
*/
async function takeSignals(): Promise<void> {
	if (process.platform !== 'win32') {
		process.kill(process.pid, 'SIGWINCH');
	}

	// The first one may still belong to the turn of the event loop that has asked for signals already.
	await turn();
	await turn();
}
