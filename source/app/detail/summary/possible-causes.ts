import {valueOf} from '../../../model/field.js';
import {isActive} from '../../../model/session.js';
import type {Snapshot} from '../../../model/snapshot.js';
import {isThrottling} from '../../../triage/causes/causes.js';
import {verdictRules, type Verdict} from '../../../triage/verdicts/verdict.js';
import {verdictOfSession, usualFor, type DetailOptions} from '../../shared/session-facts.js';
import {counted} from '../../../ui/format.js';
import {elapsedMs, type Row} from '../../shared/rows/rows.js';
import {shareOfUsualRate} from './statistics.js';

/** Where a session's data goes to and through. */
export type InfrastructureNames = Pick<Snapshot, 'repositories' | 'proxies'>;

/** Slow is a rate of less than half of what is usual. */
const slowShare = 0.5;

/**
Where to look when a session is slow, or when what it needs is in trouble: hints, no claims; none for a run that is as fast
as usual.
*/
export function possibleCauses(options: DetailOptions, names: InfrastructureNames): readonly string[] {
	const {session} = options;
	const isInTrouble = isActive(session) || troubles.has(valueOf(session.status) ?? '');
	return [...hintsFor(options, names), ...(isInTrouble ? troublesOf(options, names) : [])];
}

function hintsFor(options: DetailOptions, names: InfrastructureNames): readonly string[] {
	const sessionVerdict = verdictOfSession(options);
	if (sessionVerdict && verdictRules[sessionVerdict.kind].isSilence) {
		return [stuckHint(options.row, names)];
	}

	return isSlow(options) ? slowHints(options) : [];
}

const troubles: ReadonlySet<string> = new Set(['Failed', 'Disconnected']);

function isSlow(options: DetailOptions): boolean {
	const {session, now} = options;
	const sessionVerdict = verdictOfSession(options);
	if (!isActive(session)) {
		return (elapsedMs(session, now) ?? 0) > (usualFor(options)?.durationMs.p90 ?? Infinity);
	}

	const isLate = sessionVerdict?.late !== undefined || sessionVerdict?.pastWindowMs !== undefined;
	return isLate || sessionVerdict?.isThrottled === true || (shareOfUsualRate(options) ?? 1) < slowShare;
}

type Hint = (options: DetailOptions) => string;

/** What each bottleneck hints at; others hint at nothing. */
const bottlenecks: ReadonlyMap<string, Hint> = new Map<string, Hint>([
	['Source', () => 'Microsoft 365: throttling or its network (bottleneck Source)'],
	['Target', ({row}) => `the repository ${valueOf(row.repository) ?? ''} and its storage (bottleneck Target)`],
]);

function slowHints(options: DetailOptions): readonly string[] {
	const hint = bottlenecks.get(valueOf(options.session.statistics.bottleneck) ?? '')?.(options);
	const throttled = throttlingLines(verdictOfSession(options));
	const lines = throttled === 0 ? [] : [`Microsoft 365: ${counted(throttled, 'line')} about throttling in its log`];
	return [...lines, ...(hint === undefined || (throttled > 0 && hint.startsWith('Microsoft')) ? [] : [hint])];
}

// The bottleneck is that of the time when something moved.
function stuckHint(row: Row, names: InfrastructureNames): string {
	const inConsole = 'the session in the console';
	const proxy = proxyOf(row, names);
	if (isOffline(proxy)) {
		return inConsole;
	}

	const name = valueOf(proxy?.name) ?? valueOf(row.proxy);
	const isPool = !proxy && valueOf(row.session?.proxyId) === undefined && valueOf(row.session?.proxyPoolId) !== undefined;
	const named = isPool ? `the proxies of the pool ${name}` : `the proxy ${name}`;
	return `the service of ${name === undefined ? 'its proxy' : named}, and ${inConsole}`;
}

function repositoryOf({session, job}: Row, {repositories}: InfrastructureNames) {
	return repositories.get(valueOf(session?.repositoryId) ?? valueOf(job?.repositoryId) ?? '');
}

// A repository of v7 says which proxy it is on.
function proxyOf(row: Row, names: InfrastructureNames) {
	return names.proxies.get(valueOf(row.session?.proxyId) ?? valueOf(repositoryOf(row, names)?.proxyId) ?? '');
}

const isOffline = (proxy: ReturnType<typeof proxyOf>) => valueOf(proxy?.status) === 'Offline';

/** How many of the log items that were read say that Microsoft throttles. */
function throttlingLines(sessionVerdict: Verdict | undefined): number {
	const items = sessionVerdict?.log?.newest?.items ?? sessionVerdict?.log?.problems?.items ?? [];
	return items.filter(({type, text}) => (type === 'Warning' || type === 'Error') && isThrottling(valueOf(text) ?? '')).length;
}

/** What is wrong with the proxy and the repository of a session or a job, as the server says it. */
export function troublesOf({row}: Pick<DetailOptions, 'row'>, names: InfrastructureNames): readonly string[] {
	const reason = valueOf(repositoryOf(row, names)?.outOfOrderReason);
	const proxy = proxyOf(row, names);
	return [
		...(isOffline(proxy) ? [`the proxy ${valueOf(proxy?.name) ?? valueOf(row.proxy) ?? ''}: it is Offline`] : []),
		...(reason === undefined || reason === '' ? [] : [`the repository ${valueOf(row.repository) ?? ''}: ${reason}`]),
	];
}
