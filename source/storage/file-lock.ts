import {setTimeout as wait} from 'node:timers/promises';
import {StorageError, unsaved} from './storage-error.js';
import {faultCode, shownPath} from '../model/file-fault.js';

// A lock whose process was killed is broken after this many ms; who waits for a lock waits longer than that.
const staleAfter = 5000;
const longestWait = 1.5 * staleAfter;

/**
Does something while no other process does it with the same file: they wait for a folder
`FILE.lock` beside it. Throws `KeepingError` where that cannot be made, or is held too long.
@param action - takes far less than 5 s, after which others hold the lock for dead.
*/
export async function withLock(file: string, action: () => void): Promise<void> {
	const release = await taken(file);
	try {
		action();
	} finally {
		// One that cannot be removed grows stale.
		await release().catch(ignore);
	}
}

function ignore(): void {} // eslint-disable-line @typescript-eslint/no-empty-function -- it is what it does

async function taken(file: string): Promise<() => Promise<void>> {
	const {lock} = await import('proper-lockfile');
	const giveUpAt = performance.now() + longestWait;
	for (;;) {
		try {
			// Its own retries would also repeat what a read-only disk refuses.
			// eslint-disable-next-line no-await-in-loop -- each try waits for the one before
			return await lock(file, {realpath: false, stale: staleAfter, onCompromised: ignore});
		} catch (error) {
			if (faultCode(error) !== 'ELOCKED') {
				throw unsaved(file, error);
			}

			if (performance.now() > giveUpAt) {
				throw new StorageError(`${shownPath(file)} cannot be saved: another vbtop holds it.`, `Try again; if no other runs, remove the folder ${shownPath(file)}.lock`, error);
			}
		}

		await wait(10 + (Math.random() * 40)); // eslint-disable-line no-await-in-loop -- it is what waits
	}
}
