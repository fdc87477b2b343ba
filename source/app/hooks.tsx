import {useApp} from 'ink';
import {useEffect, useMemo, useRef, useState} from 'react';
import {clockOf} from '../live/clocks.js';
import {useFeeds, useSameArray} from '../live/use-feeds.js';
import {useNow} from '../live/use-now.js';
import type {WatchedServer} from '../live/watched-server.js';
import type {Connection} from '../model/connection.js';
import {jobTypes} from '../model/job.js';
import type {Now} from '../model/now.js';
import type {Snapshot} from '../model/snapshot.js';
import {isAcknowledged, type Acknowledged} from '../triage/acknowledged.js';
import type {Triage} from '../triage/triage.js';
import {eventAfter, type SessionEvent} from './shared/rows/events.js';
import {nowRows} from './shared/rows/job-rows.js';
import {changedSince, mergedRows, type Row} from './shared/rows/rows.js';
import type {Effect, Screen} from './screen-state.js';
import type {ServerState} from './shared/servers.js';

/** What the servers say now, and what of it is on screen. */
export type Watch = {
	readonly servers: readonly ServerState[];
	/** Those of the servers; of the moment of the pause while painting is paused. */
	readonly snapshots: readonly Snapshot[];
	readonly event: SessionEvent | undefined;
	readonly now: Now;
	/** The time that the list is told for: that of the pause while painting is paused. */
	readonly listNow: Now;
	/** Sessions that changed since painting was paused; undefined while it is not. */
	readonly waiting: number | undefined;
	readonly refresh: () => void;
	/** Asks one server now, by its place. */
	readonly refreshes: ReadonlyArray<() => void>;
	readonly reconnect: () => void;
};

/** The time of the servers' clocks. */
export function useClock(watched: readonly WatchedServer[]): () => Now {
	return useMemo(() => clockOf(watched.map(({feed}) => feed)), [watched]);
}

/** Keeps every server asked, for what the screen is set to. */
export function useWatch(watched: readonly WatchedServer[], readNow: () => Now, screen: Screen): Watch {
	const states = useFeeds(watched.map(({feed}) => feed), screen.refreshMs);
	const newest = useSameArray(states.map(({snapshot}) => snapshot));
	const now = useNow(readNow, newest);
	const snapshots = usePausable(newest, screen.isPaused);
	const listNow = usePausable(now, screen.isPaused);
	const refreshes = useSameArray(states.map(({refresh}) => refresh));
	const event = useEvent(newest, now);
	useScope(watched, screen, refreshes);
	return {
		servers: states.map(({snapshot, connectionAt}, index) => ({
			snapshot: snapshots[index]!,
			connection: whileLoading(connectionAt(now.monotonic), snapshot),
			skewMs: watched[index]!.feed.now().skewMs,
		})),
		snapshots,
		event,
		now,
		listNow,
		waiting: screen.isPaused ? waitingBehind(snapshots, newest) : undefined,
		refreshes,
		refresh() {
			for (const refresh of refreshes) {
				refresh();
			}
		},
		reconnect() {
			for (const [index, {feed, api}] of watched.entries()) {
				feed.reload();
				void api.reconnect().then(refreshes[index]);
			}
		},
	};
}

// A first load takes its time on a large server: pages come, though none of them is the last.
function whileLoading(connection: Connection, {isLoading, version}: Snapshot): Connection {
	return isLoading && version !== undefined && !connection.fault ? {...connection, state: 'LOADING'} : connection;
}

function waitingBehind(paused: readonly Snapshot[], newest: readonly Snapshot[]): number {
	let amount = 0;
	for (const [index, snapshot] of paused.entries()) {
		amount += changedSince(snapshot, newest[index]!);
	}

	return amount;
}

// The value as it was when painting was paused.
function usePausable<Value>(value: Value, isPaused: boolean): Value {
	const [shown, setKept] = useState(value);
	if (!isPaused && shown !== value) {
		setKept(value);
	}

	return isPaused ? shown : value;
}

// The last event of the sessions.
function useEvent(snapshots: readonly Snapshot[], now: Now): SessionEvent | undefined {
	const [seen, setSeen] = useState<{snapshots: readonly Snapshot[]; event: SessionEvent | undefined}>({snapshots, event: undefined});
	if (seen.snapshots === snapshots) {
		return seen.event;
	}

	const event = eventAfter(seen.event, seen.snapshots, snapshots, now);
	setSeen({snapshots, event});
	return event;
}

// The requests are narrowed as the monitor was started; another job type widens them to all.
function useScope(watched: readonly WatchedServer[], {rangeMs, filters: {jobType}}: Screen, refreshes: ReadonlyArray<() => void>): void {
	useEffect(() => {
		for (const [index, {feed}] of watched.entries()) {
			const {scope} = feed.snapshot();
			const requested = scope.jobType === jobType ? jobTypes.find(type => type === jobType) : undefined;
			if (scope.rangeMs === rangeMs && scope.jobType === requested) {
				continue;
			}

			feed.setScope({rangeMs, jobType: requested});
			refreshes[index]!();
		}
	}, [watched, rangeMs, jobType, refreshes]);
}

/** The sessions, and the jobs in the order of need, as rows. */
export function useRows(snapshots: readonly Snapshot[], triages: readonly Triage[], acknowledged: readonly Acknowledged[]) {
	const jobs = useMemo(() => nowRows(triages, snapshots, verdict => isAcknowledged(verdict, acknowledged)), [triages, snapshots, acknowledged]);
	return {sessions: mergedRows(snapshots), jobs};
}

/** The row whose detail is open, as it last was where no list has it any longer. */
export function useOpened(sessions: readonly Row[], jobs: readonly Row[], openKey: string | undefined, now: Now) {
	const last = useRef<{row: Row; seenAt: Now}>(undefined);
	const among = (rows: readonly Row[]) => rows.find(({key}) => key === openKey);
	const held = openKey === undefined ? undefined : among(sessions) ?? among(jobs);
	const shown = last.current?.row.key === openKey ? last.current : undefined;
	last.current = held ? {row: held, seenAt: now} : shown;
	return {row: last.current?.row, seenAt: last.current?.seenAt ?? now, isGone: held === undefined && shown !== undefined};
}

/** Tells what was acknowledged and ignored whenever that has changed. */
export function useMarks({acknowledged, ignored}: Screen, onNoted: ((noted: Pick<Screen, 'acknowledged' | 'ignored'>) => void) | undefined): void {
	const told = useRef({acknowledged, ignored});
	useEffect(() => {
		if (told.current.acknowledged !== acknowledged || told.current.ignored !== ignored) {
			told.current = {acknowledged, ignored};
			onNoted?.(told.current);
		}
	}, [acknowledged, ignored, onNoted]);
}

/** Does what a key asked of the program rather than of the screen. */
export function useEffects({effect, hasQuit}: Screen, does: Record<Effect, (argument?: string) => void>): void {
	const {exit} = useApp();
	const done = useRef(0);
	useEffect(() => {
		if (!effect || effect.count === done.current) {
			return;
		}

		done.current = effect.count;
		does[effect.name](effect.argument);
	}, [effect, does]);
	useEffect(() => {
		if (hasQuit) {
			exit();
		}
	}, [hasQuit, exit]);
}
