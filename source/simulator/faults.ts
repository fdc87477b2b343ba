import {clockFaults} from './clock-faults.js';
import {connectionFaults} from './connection-faults.js';
import type {Fault} from './fault.js';
import {garbageFaults} from './garbage-faults.js';
import {pageFaults} from './page-faults.js';
import {refusalFaults} from './refusal-faults.js';
import {rowFaults} from './row-faults.js';
import {signInFaults} from './sign-in-faults.js';

export type {Fault} from './fault.js';

/** What can befall the simulator; a new fault is an entry in one of these. */
export const faults = {
	...connectionFaults,
	...signInFaults,
	...refusalFaults,
	...garbageFaults,
	...rowFaults,
	...pageFaults,
	...clockFaults,
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as readonly FaultName[];

export function isFaultName(name: string): name is FaultName {
	return Object.hasOwn(faults, name);
}

export function faultOf(name: FaultName): Fault {
	return faults[name];
}
