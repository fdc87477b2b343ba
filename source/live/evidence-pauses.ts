import {faultPolicies, type ServerFault} from '../model/errors.js';

/** What was read is read again no sooner. */
const againMs = 60_000;
/** Pauses of a want that failed: 1, 2, 4, 8, 10 minutes. */
const firstRetryMs = 60_000;
const longestRetryMs = 600_000;
/** How long all waits when the server cannot be asked. */
const holdMs = 30_000;
/** The connections were left for new ones. */
const cancelledMs = 1000;

/** When each want may be read; all times are monotonic ms. */
export type Pauses = {
	readonly dueAt: (key: string) => number;
	/** The fault that holds all wants back now. */
	readonly heldBy: (at: number) => ServerFault | undefined;
	/** Whether the server could not be asked the last time: then one question is enough to see whether it can. */
	readonly isInDoubt: () => boolean;
	/** A request ended in a fault. */
	readonly met: (fault: ServerFault, at: number) => void;
	readonly wasRead: (keys: readonly string[], at: number) => void;
	readonly hasFailed: (key: string, fault: ServerFault, at: number) => void;
	/** Forgets what no longer matters of wants that are not wanted. */
	readonly forget: (isPending: (key: string) => boolean, at: number) => void;
	/** Keys of wants that could not be read; the same set while it holds the same. */
	readonly failed: () => ReadonlySet<string>;
};

/** No pauses yet. A want that failed waits for itself; a server that cannot be asked holds all of them back. */
export function createPauses(): Pauses {
	const due = new Map<string, number>();
	const failures = new Map<string, number>();
	let failed: ReadonlySet<string> = new Set();
	let hold: {readonly until: number; readonly fault: ServerFault} | undefined;
	let isInDoubt = false;

	return {
		dueAt: key => Math.max(hold?.until ?? -Infinity, due.get(key) ?? -Infinity),
		heldBy: at => hold && at < hold.until ? hold.fault : undefined,
		isInDoubt: () => isInDoubt,
		met(fault, at) {
			if (isOfServer(fault)) {
				isInDoubt = true;
				hold = {until: Math.max(hold?.until ?? -Infinity, at + Math.max(holdMs, fault.retryAfterMs ?? 0)), fault};
			}
		},
		wasRead(keys, at) {
			isInDoubt = false;
			for (const key of keys) {
				due.set(key, at + againMs);
				failures.delete(key);
			}
		},
		hasFailed(key, fault, at) {
			if (fault.kind === 'cancelled') {
				due.set(key, at + cancelledMs);
				return;
			}

			// A timeout may be this want's own: a log that is too long to come in time.
			const count = (failures.get(key) ?? 0) + (isOfServer(fault) && fault.kind !== 'timeout' ? 0 : 1);
			failures.set(key, count);
			if (count > 0) {
				due.set(key, at + Math.min(longestRetryMs, firstRetryMs * (2 ** Math.min(10, count - 1))));
			}
		},
		forget(isPending, at) {
			for (const key of new Set([...due.keys(), ...failures.keys()])) {
				if (isPending(key) || (due.get(key) ?? -Infinity) > at) {
					continue;
				}

				due.delete(key);
				failures.delete(key);
			}
		},
		failed() {
			const isSame = failed.size === failures.size && [...failed].every(key => failures.has(key));
			failed = isSame ? failed : new Set(failures.keys());
			return failed;
		},
	};
}

// Not to be reached, asking for a pause or for a sign-in: no other want would fare better.
function isOfServer({kind, policy}: ServerFault): boolean {
	return (kind !== 'cancelled' && !faultPolicies[kind].reached) || policy === 'wait' || policy === 'ask';
}
