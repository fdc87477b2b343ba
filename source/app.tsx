import {Box} from 'ink';
import {useLayoutEffect, useMemo, useReducer, useRef} from 'react';
import {SWRConfig} from 'swr';
import {useClock, useEffects, useOpened, useWatch} from './app-hooks.js';
import {useLog} from './live/use-log.js';
import type {WatchedServer} from './live/watched-server.js';
import {serverTime} from './model/now.js';
import {canChange} from './model/session.js';
import {DetailView} from './panes/detail-view.js';
import {HelpView} from './panes/help-view.js';
import {Line} from './panes/line.js';
import {ListView} from './panes/list-view.js';
import {TooSmall} from './panes/too-small.js';
import {useKeys} from './panes/use-keys.js';
import {useSize} from './panes/use-size.js';
import {detailContent} from './view/detail-content.js';
import {headerLine} from './view/header.js';
import {helpLines} from './view/help.js';
import {layoutOf} from './view/layout.js';
import {shownColumns} from './view/list-content.js';
import {messageLine} from './view/message.js';
import {paste, press} from './view/press.js';
import {initialScreen, placeOf, screen as reduce, viewOf, type Action, type Screen, type ScreenInput} from './view/screen.js';
import {warningOf} from './view/servers.js';
import {signInLine} from './view/sign-in-line.js';
import {chainOfSession} from './triage/chains.js';
import {useSignIn} from './use-sign-in.js';
import {visibleRows} from './view/visible-rows.js';

export type AppProps = {
	/** At least one; the same ones during the whole run. */
	readonly servers: readonly WatchedServer[];
	/** What the list starts with. */
	readonly start: {readonly jobType: string; readonly rangeMs: number; readonly refreshMs: number};
	/** IANA name of the zone in which times of day are shown. */
	readonly zone: string;
	/** Something to tell as long as nothing else is to be told. */
	readonly notice?: string;
	/** Draws the whole screen anew, whatever stands there. */
	readonly onRedraw: () => void;
	/** Gives the terminal to the shell until it is told to go on. */
	readonly onSuspend: () => void;
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

type Input = Action | {readonly key: string} | {readonly pasted: string};

function after(state: Screen, input: Input, given: ScreenInput): Screen {
	if ('key' in input) {
		return press(state, input.key, given);
	}

	return 'pasted' in input ? paste(state, input.pasted, given) : reduce(state, input, given);
}

function Monitor({servers: watched, start, zone, notice, onRedraw, onSuspend}: AppProps) {
	const {columns, rows: terminalRows} = useSize();
	const layout = useMemo(() => layoutOf(columns, terminalRows), [columns, terminalRows]);
	const readNow = useClock(watched);
	const input = useRef<ScreenInput>({rows: [], now: readNow(), shownColumns: [], pageRows: 1, detailEnd: 0, helpEnd: 0});
	const [screen, send] = useReducer((state: Screen, typed: Input) => after(state, typed, input.current), start, initialScreen);
	const {servers, rows, event, now, listNow, waiting, refresh, refreshes, reconnect} = useWatch(watched, readNow, screen);
	const signIn = useSignIn(watched.map((server, index) => ({...server, fault: servers[index]!.connection.fault, refresh: refreshes[index]!})), screen, send);
	const watching = useMemo(() => ({servers: watched.length}), [watched]);
	const shown = useMemo(() => shownColumns(columns, watching).map(({column}) => column.id), [columns, watching]);
	const visible = visibleRows(rows, screen, listNow);

	const {row: opened, isGone, seenAt} = useOpened(rows, screen.openKey, listNow);
	const home = Math.max(0, watched.findIndex(({id}) => id === opened?.serverId));
	const {id: serverId, logs} = watched[home]!;
	const {snapshot} = servers[home]!;
	const log = useLog(logs, serverId, opened?.session?.id, opened?.session !== undefined && canChange(opened.session) && !isGone);
	const chain = opened?.session && chainOfSession(opened.session, snapshot, serverTime(seenAt, serverId));
	const detail = opened?.session && detailContent(
		{row: opened, session: opened.session, chain, version: snapshot.version, lacks: snapshot.lacks, now: seenAt, zone, isGone, watching},
		{items: log.log?.items, isCut: log.log?.isCut ?? false, failure: log.log === undefined && log.error instanceof Error ? log.error.message : undefined},
		layout.width,
		{top: screen.detailTop, height: layout.detailRows},
	);
	const place = placeOf(screen);
	const view = viewOf(screen);
	const help = useMemo(() => helpLines(screen.openKey === undefined ? 'list' : 'detail', watching), [screen.openKey, watching]);

	useLayoutEffect(() => {
		input.current = {
			rows,
			now: listNow,
			shownColumns: shown,
			pageRows: view === 'list' ? layout.listRows : layout.detailRows,
			detailEnd: detail ? Math.max(0, detail.height - layout.detailRows) : 0,
			helpEnd: Math.max(0, help.length - layout.helpRows),
		};
	});
	useKeys(key => {
		// Keys whose effect cannot be seen would surprise once the terminal is large again; q is a letter where text is typed.
		if (!layout.isTooSmall || key === 'ctrl-c' || key === 'ctrl-z' || (key === 'q' && place === view)) {
			send({key});
		}
	}, pasted => {
		if (!layout.isTooSmall) {
			send({pasted});
		}
	});
	useEffects(screen, {
		refresh,
		reconnect() {
			if (!signIn.askAgain()) {
				reconnect();
			}
		},
		redraw: onRedraw,
		suspend: onSuspend,
		'sign-in'() {
			void signIn.signIn();
		},
		'keep-password'() {
			void signIn.keep();
		},
	});

	const header = headerLine({
		servers, place: opened ? `> ${opened.jobName}` : 'Sessions', waiting, now, zone, width: layout.width,
	});
	if (layout.isTooSmall) {
		return <TooSmall header={header} rows={rows} width={layout.width} height={terminalRows}/>;
	}

	const standing = warningOf(servers, now) ?? notice;
	const warning = isGone ? 'This session has left the list; it stands here as last seen' : standing;
	const asks = screen.signIn && !screen.prompt ? signInLine(screen.signIn) : undefined;
	const message = asks?.message ?? messageLine({servers, warning, event, isOrderHeld: false, notice: screen.notice, now, zone, width: layout.width});
	return (
		<Box flexDirection='column'>
			<Line cell={header}/>
			{view === 'help' && <HelpView lines={help} screen={screen} layout={layout} place={place} message={message} prompt={asks?.prompt}/>}
			{view === 'detail' && <DetailView content={detail} layout={layout} place={place} message={message} prompt={asks?.prompt}/>}
			{view === 'list' && (
				<ListView
					servers={servers} rows={rows} visible={visible} screen={screen} layout={layout}
					event={event} warning={standing} signIn={asks} now={listNow} zone={zone}
				/>
			)}
		</Box>
	);
}
