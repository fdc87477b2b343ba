import type {Night} from './night.js';
import {clean} from './clean-night.js';
import {demo} from './demo-night.js';
import {empty} from './empty-night.js';
import {hostile} from './hostile-night.js';

export type {Night} from './night.js';

/** What the simulator can play; a new night is an entry here. */
export const nights = {demo, clean, empty, hostile} as const satisfies Record<string, Night>;

export type NightName = keyof typeof nights;

export function isNightName(name: string): name is NightName {
	return Object.hasOwn(nights, name);
}
