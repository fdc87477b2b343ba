import {setImmediate as turn} from 'node:timers/promises';

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
	for (let turns = 0; turns < 20; turns++) {
		await turn();
	}
}
