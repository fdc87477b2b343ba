import {useMemo, useRef} from 'react';
import {useEvidence, useWants} from './live/use-evidence.js';
import {useSameArray} from './live/use-feeds.js';
import type {WatchedServer} from './live/watched-server.js';
import {serverTime, type Now} from './model/now.js';
import type {Snapshot} from './model/snapshot.js';
import type {Ignored} from './triage/acknowledged.js';
import {triageOf, type Triage} from './triage/triage.js';

/** Verdicts that depend on the time alone are made anew this often: less than a minute of a silence is not worth a look. */
const stepMs = 10_000;

/**
What the sessions of each server mean, and has read what the verdicts lack.
@param now - the time that the lists are told for
@param ignored - causes that are never new
*/
export function useTriage(
	watched: readonly WatchedServer[], snapshots: readonly Snapshot[], now: Now, ignored: readonly Ignored[],
): readonly Triage[] {
	const readers = useSameArray(watched.map(({evidence}) => evidence));
	const evidences = useEvidence(readers);
	const before = useRef<readonly Triage[]>([]);
	const steps = Math.floor(now.server / stepMs);
	const triages = useMemo(
		() => snapshots.map((snapshot, index) => triageOf({
			...snapshot,
			evidence: evidences[index]!,
			ignored: new Set(ignored.filter(({serverId}) => serverId === snapshot.serverId).map(({key}) => key)),
			now: serverTime(now, snapshot.serverId),
		}, before.current[index])),
		[snapshots, evidences, ignored, steps],
	);
	before.current = triages;
	const wants = useSameArray(triages.map(triage => triage.wants));
	useWants(readers, wants);
	return triages;
}
