import {clockFaults} from './clock.js';
import {connectionFaults} from './connection.js';
import type {Fault} from './fault.js';
import {garbageFaults} from './garbage.js';
import {pageFaults} from './pages.js';
import {refusalFaults} from './refusal.js';
import {rowFaults} from './rows.js';
import {signInFaults} from './sign-in.js';

export type {Fault} from './fault.js';

/** All faults by their names. */
export const faultTable = {
	...connectionFaults,
	...signInFaults,
	...refusalFaults,
	...garbageFaults,
	...rowFaults,
	...pageFaults,
	...clockFaults,
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faultTable;

export const faultNames = Object.keys(faultTable) as readonly FaultName[];

export function isFaultName(name: string): name is FaultName {
	return Object.hasOwn(faultTable, name);
}

export function faultOf(name: FaultName): Fault {
	return faultTable[name];
}
