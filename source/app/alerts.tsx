import {useEffect, useRef, type Dispatch} from 'react';
import type {Now} from '../model/now.js';
import type {Scope} from '../model/snapshot.js';
import type {Triage} from '../triage/triage.js';
import {hasNewProblem, knownProblems, type KnownProblems} from './list/bell.js';
import type {Row} from './shared/rows/rows.js';
import type {Action} from './screen-state.js';
import {isAnyLoading, type ServerState} from './shared/servers.js';

/** Evidence that cannot be read is not waited for longer than that. */
const settlesMs = 120_000;

export type AlertOptions = {
	readonly servers: readonly ServerState[];
	/** One for each server. */
	readonly triages: readonly Triage[];
	/** The rows of Now. */
	readonly jobs: readonly Row[];
	readonly now: Now;
	readonly rings: boolean;
	readonly send: Dispatch<Action>;
	readonly onBell: (() => void) | undefined;
};

/**
Rings once for each batch of new problems, and tells when all servers were listed once, and when their problems are known. What
a server had at the first look is no news, nor what is found out about it until its logs were read.
*/
export function useAlerts({servers, triages, jobs, now, rings, send, onBell}: AlertOptions): void {
	const settled = useSettled(servers, triages, now);
	const listed = servers.filter(({snapshot}) => !snapshot.isLoading);
	const isAllListed = !isAnyLoading(servers) && listed.length > 0;
	const isAllRead = isAllListed && listed.every(({snapshot}) => settled.has(snapshot.serverId));
	const last = useRef<{readonly known: KnownProblems; readonly settled: ReadonlySet<string>}>({known: new Set(), settled: new Set()});
	useEffect(() => {
		if (isAllListed) {
			send({type: 'all-read', what: 'sessions'});
		}
	}, [isAllListed, send]);
	useEffect(() => {
		if (isAllRead) {
			send({type: 'all-read', what: 'problems'});
		}
	}, [isAllRead, send]);
	useEffect(() => {
		const {known, settled: before} = last.current;
		last.current = {known: knownProblems(jobs), settled};
		if (rings && hasNewProblem(known, jobs, serverId => before.has(serverId))) {
			onBell?.();
		}
	}, [jobs, settled, rings, onBell]);
}

type Look = {readonly scope: Scope; readonly since: number; readonly isOver: boolean};

// Ids of the servers whose first look is over, and the first one at each other range: what a longer one brings was there before.
// The same set while none comes or goes.
function useSettled(servers: readonly ServerState[], triages: readonly Triage[], now: Now): ReadonlySet<string> {
	const looks = useRef(new Map<string, Look>());
	const settled = useRef<ReadonlySet<string>>(new Set());
	for (const [index, {snapshot: {serverId, scope, isLoading}}] of servers.entries()) {
		const before = looks.current.get(serverId);
		const look = before?.scope === scope ? before : undefined;
		if (isLoading || look?.isOver) {
			continue;
		}

		const since = look?.since ?? now.monotonic;
		looks.current.set(serverId, {scope, since, isOver: triages[index]!.pendingReads.length === 0 || now.monotonic - since > settlesMs});
	}

	const ids = servers.map(({snapshot}) => snapshot)
		.filter(({serverId, scope}) => isOver(looks.current.get(serverId), scope))
		.map(({serverId}) => serverId);
	const isSame = ids.length === settled.current.size && ids.every(serverId => settled.current.has(serverId));
	settled.current = isSame ? settled.current : new Set(ids);
	return settled.current;
}

function isOver(look: Look | undefined, scope: Scope): boolean {
	return look?.scope === scope && look.isOver;
}
