import {Box, useApp, useWindowSize} from 'ink';
import {useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState} from 'react';
import {SWRConfig} from 'swr';
import type {ServerApi} from './api/server-api.js';
import type {Feed} from './live/feed.js';
import {useFeed} from './live/use-feed.js';
import {useLog} from './live/use-log.js';
import {useNow} from './live/use-now.js';
import type {Connection} from './model/connection.js';
import {jobTypes} from './model/job.js';
import type {Now} from './model/now.js';
import {canChange} from './model/session.js';
import type {Snapshot} from './model/snapshot.js';
import {DetailView} from './panes/detail-view.js';
import {HelpView} from './panes/help-view.js';
import {Line} from './panes/line.js';
import {ListView} from './panes/list-view.js';
import {TooSmall} from './panes/too-small.js';
import {useKeys} from './panes/use-keys.js';
import {detailContent} from './view/detail-content.js';
import {laterEvent, newestEvent, type SessionEvent} from './view/events.js';
import {headerLine} from './view/header.js';
import {helpLines} from './view/help.js';
import {layoutOf} from './view/layout.js';
import {shownColumns} from './view/list-content.js';
import {messageLine} from './view/message.js';
import {paste, press} from './view/press.js';
import {changedSince, rowsOf, type Row} from './view/rows.js';
import {initialScreen, placeOf, type Effect, type Screen, type ScreenInput} from './view/screen.js';
import {notWhole} from './view/servers.js';
import {visibleRows} from './view/visible-rows.js';

export type AppProps = {
	readonly serverName: string;
	readonly feed: Feed;
	readonly api: ServerApi;
	/** What the list starts with. */
	readonly start: {readonly jobType: string; readonly rangeMs: number; readonly refreshMs: number};
	/** IANA name of the zone in which times of day are shown. */
	readonly zone: string;
	/** Draws the whole screen anew, whatever stands there. */
	readonly onRedraw: () => void;
};

/** The monitor. SWR's cache is its own, so that two of them in one process do not share one. */
export function App(props: AppProps) {
	const cache = useRef(new Map());
	return (
		<SWRConfig value={{provider: () => cache.current}}>
			<Monitor {...props}/>
		</SWRConfig>
	);
}

type Input = {readonly key: string} | {readonly pasted: string};

function Monitor({feed, api, start, zone, onRedraw}: AppProps) {
	const {columns, rows: terminalRows} = useWindowSize();
	const layout = useMemo(() => layoutOf(columns, terminalRows), [columns, terminalRows]);
	const input = useRef<ScreenInput>({rows: [], now: feed.now(), shownColumns: [], pageRows: 1, detailEnd: 0, helpEnd: 0});
	const [screen, send] = useReducer(
		(state: Screen, typed: Input) => 'key' in typed ? press(state, typed.key, input.current) : paste(state, typed.pasted, input.current),
		start,
		initialScreen,
	);
	const {snapshot: newest, connectionAt, refresh} = useFeed(feed, screen.refreshMs);
	const shown = useMemo(() => shownColumns(columns).map(({column}) => column.id), [columns]);
	const now = useNow(feed.now, newest);
	const snapshot = usePausable(newest, screen.isPaused);
	const listNow = usePausable(now, screen.isPaused);
	const rows = rowsOf(snapshot);
	const visible = visibleRows(rows, screen, listNow);
	const event = useEvent(newest);
	const connection = whileLoading(connectionAt(now.monotonic), newest);

	const servers = [{snapshot, connection}];
	const {row: opened, isGone, seenAt} = useOpened(rows, screen.openKey, listNow);
	const log = useLog(api, feed.serverId, opened?.session?.id, opened?.session !== undefined && canChange(opened.session) && !isGone);
	const detail = opened?.session && detailContent(
		{row: opened, session: opened.session, version: snapshot.version, lacks: snapshot.lacks, now: seenAt, zone, isGone},
		{items: log.log?.items, isCut: log.log?.isCut ?? false, failure: log.log === undefined && log.error instanceof Error ? log.error.message : undefined},
		layout.width,
		{top: screen.detailTop, height: layout.detailRows},
	);
	const place = placeOf(screen);
	const help = useMemo(() => helpLines(screen.openKey === undefined ? 'list' : 'detail'), [screen.openKey]);

	useLayoutEffect(() => {
		input.current = {
			rows,
			now: listNow,
			shownColumns: shown,
			pageRows: place === 'list' || place === 'prompt' ? layout.listRows : layout.detailRows,
			detailEnd: detail ? Math.max(0, detail.height - layout.detailRows) : 0,
			helpEnd: Math.max(0, help.length - layout.helpRows),
		};
	});
	useKeys(key => {
		// Keys whose effect cannot be seen would surprise once the terminal is large again.
		if (!layout.isTooSmall || key === 'q' || key === 'ctrl-c') {
			send({key});
		}
	}, pasted => {
		send({pasted});
	});
	const reconnect = () => {
		feed.reload();
		void api.reconnect().then(refresh);
	};

	useEffects(screen, {refresh, reconnect, redraw: onRedraw});
	useScope(feed, screen, refresh);

	const header = headerLine({
		servers, place: opened ? `> ${opened.jobName}` : 'Sessions',
		waiting: screen.isPaused ? changedSince(snapshot, newest) : undefined, now, zone, width: layout.width,
	});
	if (layout.isTooSmall) {
		return <TooSmall header={header} rows={rows} width={layout.width} height={terminalRows}/>;
	}

	const warning = isGone ? 'This session has left the list; it stands here as last seen' : notWhole(servers);
	const message = messageLine({servers, warning, event, isOrderHeld: false, notice: screen.notice, now, zone});
	return (
		<Box flexDirection='column'>
			<Line cell={header}/>
			{place === 'help' && <HelpView lines={help} screen={screen} layout={layout} message={message}/>}
			{place === 'detail' && <DetailView content={detail} layout={layout} message={message}/>}
			{(place === 'list' || place === 'prompt') && (
				<ListView
					servers={servers} rows={rows} visible={visible} screen={screen} layout={layout} event={event} now={listNow} zone={zone}
				/>
			)}
		</Box>
	);
}

// A first load takes its time on a large server: pages come, though none of them is the last.
function whileLoading(connection: Connection, {isLoading, version}: Snapshot): Connection {
	return isLoading && version !== undefined && !connection.fault ? {...connection, state: 'LOADING'} : connection;
}

// The value as it was when painting was paused.
function usePausable<Value>(value: Value, isPaused: boolean): Value {
	const [kept, setKept] = useState(value);
	if (!isPaused && kept !== value) {
		setKept(value);
	}

	return isPaused ? kept : value;
}

// The last event of the sessions; those of a first load are none.
function useEvent(snapshot: Snapshot): SessionEvent | undefined {
	const [seen, setSeen] = useState<{snapshot: Snapshot; event: SessionEvent | undefined}>({snapshot, event: undefined});
	if (seen.snapshot === snapshot) {
		return seen.event;
	}

	const isNews = !snapshot.isLoading && !seen.snapshot.isLoading;
	const event = laterEvent(seen.event, isNews ? newestEvent(rowsOf(snapshot), snapshot.changes) : undefined);
	setSeen({snapshot, event});
	return event;
}

// The row whose detail is open, as it last was where the list no longer has it.
function useOpened(rows: readonly Row[], openKey: string | undefined, now: Now) {
	const last = useRef<{row: Row; seenAt: Now}>(undefined);
	const held = openKey === undefined ? undefined : rows.find(({key}) => key === openKey);
	const kept = last.current?.row.key === openKey ? last.current : undefined;
	last.current = held ? {row: held, seenAt: now} : kept;
	return {row: last.current?.row, seenAt: last.current?.seenAt ?? now, isGone: held === undefined && kept !== undefined};
}

function useEffects({effect, hasQuit}: Screen, does: Record<Effect, () => void>): void {
	const {exit} = useApp();
	const done = useRef(0);
	useEffect(() => {
		if (!effect || effect.count === done.current) {
			return;
		}

		done.current = effect.count;
		does[effect.name]();
	}, [effect, does]);
	useEffect(() => {
		if (hasQuit) {
			exit();
		}
	}, [hasQuit, exit]);
}

// The request is narrowed as the monitor was started; another job type widens it to all.
function useScope(feed: Feed, {rangeMs, narrowing: {jobType}}: Screen, refresh: () => void): void {
	useEffect(() => {
		const {scope} = feed.snapshot();
		const requested = scope.jobType === jobType ? jobTypes.find(type => type === jobType) : undefined;
		if (scope.rangeMs === rangeMs && scope.jobType === requested) {
			return;
		}

		feed.setScope({rangeMs, jobType: requested});
		refresh();
	}, [feed, rangeMs, jobType, refresh]);
}
