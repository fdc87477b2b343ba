import {setTimeout as wait} from 'node:timers/promises';
import {faultCode, shownPath} from '../model/file-fault.js';
import {StorageError, unsaved} from './storage-error.js';

// Milliseconds. The lock of a process that was killed is broken after the first; a process waits longer than that for a lock.
const staleAfter = 5000;
const maxWait = 1.5 * staleAfter;

/**
Runs an action while no other process can run one for the same file: the lock is a folder
`FILE.lock` beside it. Throws `StorageError` where that cannot be made, or is not released in time.
@param action - takes far less than 5 s, after which other processes break the lock.
*/
export async function withLock(file: string, action: () => void): Promise<void> {
	const release = await acquire(file);
	try {
		action();
	} finally {
		// A lock that cannot be removed becomes stale.
		await release().catch(ignore);
	}
}

function ignore(): void {} // eslint-disable-line @typescript-eslint/no-empty-function -- it ignores errors

async function acquire(file: string): Promise<() => Promise<void>> {
	// Its default holds all, see scripts/build.js.
	const {default: {lock}} = await import('proper-lockfile');
	const giveUpAt = performance.now() + maxWait;
	for (;;) {
		try {
			// The retries of proper-lockfile would also repeat after an error of a read-only disk.
			// eslint-disable-next-line no-await-in-loop -- attempts run one after the other
			return await lock(file, {realpath: false, stale: staleAfter, onCompromised: ignore});
		} catch (error) {
			if (faultCode(error) !== 'ELOCKED') {
				throw unsaved(file, error);
			}

			if (performance.now() > giveUpAt) {
				throw new StorageError(`${shownPath(file)} cannot be saved: another vbtop holds it.`, `Try again; if no other runs, remove the folder ${shownPath(file)}.lock`, error);
			}
		}

		await wait(10 + (Math.random() * 40)); // eslint-disable-line no-await-in-loop -- a pause between attempts
	}
}
