import type {Night} from './night.js';
import {certificate} from './certificate-night.js';
import {clean} from './clean-night.js';
import {copyBehind} from './copy-behind-night.js';
import {demo} from './demo-night.js';
import {empty} from './empty-night.js';
import {firstFull} from './first-full-night.js';
import {healed} from './healed-night.js';
import {hostile} from './hostile-night.js';
import {missed} from './missed-night.js';
import {msp} from './msp-night.js';
import {newAmongNoise} from './new-among-noise-night.js';
import {proxyGone} from './proxy-gone-night.js';
import {storage} from './storage-night.js';
import {stuck} from './stuck-night.js';
import {throttled} from './throttled-night.js';
import {unkind} from './unkind-night.js';
import {usedUp} from './used-up-night.js';
import {usualNoise} from './usual-noise-night.js';
import {window} from './window-night.js';

export type {Night} from './night.js';

/** What the simulator can play; a new night is an entry here. */
export const nights = {
	demo, clean, empty, hostile,
	'usual-noise': usualNoise,
	'new-among-noise': newAmongNoise,
	healed,
	'used-up': usedUp,
	throttled, stuck, certificate, storage,
	'proxy-gone': proxyGone,
	'first-full': firstFull,
	missed,
	'copy-behind': copyBehind,
	window, msp, unkind,
} as const satisfies Record<string, Night>;

export type NightName = keyof typeof nights;

export function isNightName(name: string): name is NightName {
	return Object.hasOwn(nights, name);
}
