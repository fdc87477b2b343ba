import {useMemo, useRef} from 'react';
import {useEvidence, useRequests} from '../live/use-evidence.js';
import {useSameArray} from '../live/use-feeds.js';
import type {WatchedServer} from '../live/watched-server.js';
import {readKey} from '../model/evidence.js';
import {valueOf} from '../model/field.js';
import {serverTime, type Now} from '../model/now.js';
import type {Snapshot} from '../model/snapshot.js';
import {heardUntil} from '../model/connection.js';
import type {Ignored} from '../triage/acknowledged.js';
import {triageOf, type Triage} from '../triage/triage.js';
import type {Verdict} from '../triage/verdicts/verdict.js';
import {readsForOpened, type Opened} from '../triage/pending-reads.js';
import type {Row} from './shared/rows/rows.js';
import type {ServerState} from './shared/servers.js';
import type {DetailTab} from './detail/tabs.js';

/** Verdicts that depend on the time alone are made anew this often: less than a minute of a silence is not worth a look. */
const stepMs = 10_000;

/**
What the sessions of each server mean. Of a server that does not answer nothing is claimed for the time since: what was due then
may well have run.
@param now - the time that the lists are told for
@param ignored - causes that are never new
*/
export function useTriage(
	watched: ReadonlyArray<Pick<WatchedServer, 'evidence'>>, servers: readonly ServerState[], now: Now, ignored: readonly Ignored[],
): readonly Triage[] {
	const snapshots = useSameArray(servers.map(({snapshot}) => snapshot));
	const readers = useSameArray(watched.map(({evidence}) => evidence));
	const evidences = useEvidence(readers);
	const before = useRef<readonly Triage[]>([]);
	const times = servers.map(({snapshot: {serverId}, connection}) => heardUntil(connection, now, serverId));
	const steps = times.map(time => Math.floor(time / stepMs)).join(' ');
	const triages = useMemo(
		() => snapshots.map((snapshot, index) => triageOf({
			...snapshot,
			evidence: evidences[index]!,
			ignored: new Set(ignored.filter(({serverId}) => serverId === snapshot.serverId).map(({key}) => key)),
			now: times[index]!,
		}, before.current[index])),
		// eslint-disable-next-line react-hooks/exhaustive-deps -- the time is taken in steps
		[snapshots, evidences, ignored, steps],
	);
	before.current = triages;
	return triages;
}

/** What is open, and of which server. */
export type OpenedOf = Opened & {readonly serverId: string};

/**
What is to be read for the row that is open; what went wrong in its log is told where its objects are.
@param verdict - that of its job
*/
export function openedOf({serverId, job, jobType, session}: Row, verdict: Verdict | undefined, tab: DetailTab): OpenedOf {
	return {
		serverId,
		jobId: job?.id ?? valueOf(session?.jobId),
		jobType: jobType === 'Copy' ? 'Copy' : 'Backup',
		verdict: verdict?.session?.id === session?.id ? verdict : undefined,
		troubled: tab === 'objects' ? session : undefined,
	};
}

/**
Has read what the verdicts lack, and before that what is open lacks.
@param now - the time that the lists are told for
*/
export function useWanted(
	watched: readonly WatchedServer[], snapshots: readonly Snapshot[], triages: readonly Triage[], opened: OpenedOf | undefined, now: Now,
): void {
	const readers = useSameArray(watched.map(({evidence}) => evidence));
	const evidences = useEvidence(readers);
	const home = snapshots.findIndex(({serverId}) => serverId === opened?.serverId);
	const first = opened && home !== -1
		? readsForOpened(opened, evidences[home]!, {rangeMs: snapshots[home]!.scope.rangeMs, now: serverTime(now, opened.serverId)})
		: [];
	const key = first.map(want => readKey(want)).join('\n');
	const rest = useSameArray(triages.map(({pendingReads}) => pendingReads));
	// eslint-disable-next-line react-hooks/exhaustive-deps -- the key says whether what is first is the same
	const requests = useMemo(() => rest.map((others, index) => index === home && first.length > 0 ? [...first, ...others] : others), [rest, home, key]);
	useRequests(readers, requests);
}
