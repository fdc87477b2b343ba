import type {Scenario} from './scenario.js';
import {certificate} from './certificate.js';
import {clean} from './clean.js';
import {copyBehind} from './copy-behind.js';
import {demo} from './demo.js';
import {empty} from './empty.js';
import {firstFull} from './first-full.js';
import {healed} from './healed.js';
import {hostile} from './hostile.js';
import {missed} from './missed.js';
import {msp} from './msp.js';
import {newAmongNoise} from './new-among-noise.js';
import {proxyGone} from './proxy-gone.js';
import {storage} from './storage.js';
import {stuck} from './stuck.js';
import {throttled} from './throttled.js';
import {unkind} from './unkind.js';
import {usedUp} from './used-up.js';
import {usualNoise} from './usual-noise.js';
import {window} from './window.js';

export type {Scenario} from './scenario.js';

/** All scenarios by their names, which `--scenario` takes. */
export const scenarios = {
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
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;

export function isScenarioName(name: string): name is ScenarioName {
	return Object.hasOwn(scenarios, name);
}
