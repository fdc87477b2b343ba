import type {Findings} from '../findings.js';
import {behindRule} from './behind.js';
import {disconnectedRule} from './disconnected.js';
import {failedRule} from './failed.js';
import {healedRule} from './healed.js';
import {lateRule} from './late.js';
import {missedRule} from './missed.js';
import {newWarningRule} from './new-warning.js';
import {notConfiguredRule} from './not-configured.js';
import {otherRule} from './other.js';
import {queuedRule} from './queued.js';
import {recoveredRule} from './recovered.js';
import {retryingRule} from './retrying.js';
import type {VerdictRule} from './rule.js';
import {runningRule} from './running.js';
import {stoppedRule} from './stopped.js';
import {stuckRule} from './stuck.js';
import {successRule} from './success.js';
import {throttledRule} from './throttled.js';
import {waitingRule} from './waiting.js';
import {warningRule} from './warning.js';
import {wontFitRule} from './wont-fit.js';

/** Every verdict that a job can get, the worst first: the order of need. A new one is a file of this folder and a line here. */
const rules = {
	failed: failedRule,
	missed: missedRule,
	stuck: stuckRule,
	disconnected: disconnectedRule,
	notConfigured: notConfiguredRule,
	throttled: throttledRule,
	late: lateRule,
	wontFit: wontFitRule,
	waiting: waitingRule,
	behind: behindRule,
	retrying: retryingRule,
	newWarning: newWarningRule,
	recovered: recoveredRule,
	running: runningRule,
	other: otherRule,
	queued: queuedRule,
	warning: warningRule,
	healed: healedRule,
	success: successRule,
	stopped: stoppedRule,
} as const;

export type VerdictKind = keyof typeof rules;

/** The kinds that somebody should look at. */
export type ProblemKind = {[Kind in VerdictKind]: (typeof rules)[Kind]['isProblem'] extends true ? Kind : never}[VerdictKind];

/** What the program knows of each kind of verdict. */
export const verdictRules: Readonly<Record<VerdictKind, VerdictRule>> = rules;

/** Every kind, in the order of need. */
export const verdictKinds = Object.keys(rules) as readonly VerdictKind[];

/** The verdict where no rule holds. */
export const fallbackKind: VerdictKind = 'other';

/** What is known of one job, and the worst that can be said of it. */
export type Verdict = Findings & {
	readonly kind: VerdictKind;
	/** How many things are still to be read for it. */
	readonly pending: number;
};

/** The worst verdict that holds for a job. */
export function worstKind(findings: Findings): VerdictKind {
	return verdictKinds.find(kind => verdictRules[kind].holds(findings)) ?? fallbackKind;
}

/** Whether somebody should look at it. */
export function isProblem(kind: VerdictKind): kind is ProblemKind {
	return verdictRules[kind].isProblem;
}
