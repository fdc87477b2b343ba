import {Box} from 'ink';
import {useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef} from 'react';
import {SWRConfig} from 'swr';
import {useAlerts} from './app-alerts.js';
import {handOver} from './app-hand-over.js';
import {useClock, useEffects, useNoted, useOpened, useRows, useWatch} from './app-hooks.js';
import {openedOf, useTriage, useWanted} from './app-triage.js';
import {DetailPlace} from './detail-place.js';
import type {WatchedServer} from './live/watched-server.js';
import {ColumnsView} from './panes/columns-view.js';
import {CopyView} from './panes/copy-view.js';
import {HelpView} from './panes/help-view.js';
import {useLooks} from './panes/looks-context.js';
import {Line} from './panes/line.js';
import {ListView} from './panes/list-view.js';
import {ToldView} from './panes/told-view.js';
import {TooSmall} from './panes/too-small.js';
import {useKeys} from './panes/use-keys.js';
import {useSize} from './panes/use-size.js';
import {columnsFor} from './view/columns.js';
import {commandFooter} from './view/command-footer.js';
import {copyLines, type CopyWay} from './view/copy-text.js';
import {headerLine} from './view/header.js';
import {filteredHelp, foldedHelp, helpLines} from './view/help.js';
import {layoutOf} from './view/layout.js';
import {verdictOf} from './view/now-rows.js';
import {listNames, viewNames} from './view/list-view.js';
import {shownColumns} from './view/list-content.js';
import {listText} from './view/list-text.js';
import {shownIds} from './view/timeline.js';
import {messageLine} from './view/message.js';
import {paste, press} from './view/press.js';
import {cursorIndex, initialScreen, placeOf, readingPlace, viewOf, type Action, type Screen, type ScreenInput} from './view/screen-state.js';
import {screen as reduce} from './view/screen.js';
import {warningOf} from './view/servers.js';
import {signInLine} from './view/sign-in-line.js';
import {useSignIn} from './use-sign-in.js';
import {visibleRows} from './view/visible-rows.js';

export type AppProps = {
	/** At least one; the same ones during the whole run. */
	readonly servers: readonly WatchedServer[];
	/** What the list starts with. */
	readonly start: Parameters<typeof initialScreen>[0];
	/** Copies a text, and says in which way; without it, a text is shown to be selected. */
	readonly onCopy?: (text: string) => Promise<CopyWay>;
	/** Is told what was acknowledged and ignored, after each change. */
	readonly onNoted?: (noted: Pick<Screen, 'acknowledged' | 'ignored'>) => void;
	/** IANA name of the zone in which times of day are shown. */
	readonly zone: string;
	/** Something to tell as long as nothing else is to be told. */
	readonly notice?: string;
	/** Draws the whole screen anew, whatever stands there. */
	readonly onRedraw: () => void;
	/** Gives the terminal to the shell until it is told to go on. */
	readonly onSuspend: () => void;
	/** Writes a text into a file, and gives what came of it in words. */
	readonly onSave?: (file: string, text: string) => Promise<string>;
	/** Rings the bell. */
	readonly onBell?: () => void;
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

function Monitor({servers: watched, start, zone, notice, onCopy = async () => 'screen', onNoted, onRedraw, onSuspend, onSave, onBell}: AppProps) {
	const {columns, rows: terminalRows} = useSize();
	const readNow = useClock(watched);
	const input = useRef<ScreenInput>({rows: [], now: readNow(), shownColumns: [], pageRows: 1, detailEnd: 0, helpEnd: 0});
	const [screen, send] = useReducer((state: Screen, typed: Input) => after(state, typed, input.current), start, initialScreen);
	const layout = useMemo(() => layoutOf(columns, terminalRows, screen.list, screen.hasPreview), [columns, terminalRows, screen.list, screen.hasPreview]);
	const {servers, snapshots, event, now, listNow, waiting, refresh, refreshes, reconnect} = useWatch(watched, readNow, screen);
	const triages = useTriage(watched, servers, listNow, screen.ignored);
	useNoted(screen, onNoted);
	const {sessions, jobs} = useRows(snapshots, triages, screen.acknowledged);
	const rows = screen.list === 'sessions' ? sessions : jobs;
	const signIn = useSignIn(watched.map((server, index) => ({...server, fault: servers[index]!.connection.fault, refresh: refreshes[index]!})), screen, send);
	const watching = useMemo(() => ({servers: watched.length, list: screen.list}), [watched, screen.list]);
	const chosen = screen.columns[screen.list];
	const fitted = useMemo(() => shownColumns(layout.listColumns, watching, chosen), [layout.listColumns, watching, chosen]);
	const shown = useMemo(() => shownIds(fitted, watching), [fitted, watching]);
	useAlerts({servers, triages, jobs, now, rings: screen.rings, send, onBell});
	const visible = visibleRows(rows, screen, listNow);

	const {row: opened, isGone, seenAt} = useOpened(sessions, jobs, screen.openKey, listNow);
	const verdict = opened && verdictOf(jobs, opened);
	useWanted(watched, snapshots, triages, opened && openedOf(opened, verdict, screen.tab), listNow);
	const home = Math.max(0, watched.findIndex(({id}) => id === opened?.serverId));
	const detailEnd = useRef(0);
	const onEnd = useCallback((lines: number) => {
		detailEnd.current = lines;
		input.current = {...input.current, detailEnd: lines};
	}, []);
	const atHand = opened ?? visible[cursorIndex(visible, screen.selectedKey)];
	const copyText = useMemo(() => screen.copy && copyLines(screen.copy.text, layout.width), [screen.copy, layout.width]);
	const log = useRef<ScreenInput['log']>(undefined);
	const onLog = useCallback((held: ScreenInput['log']) => {
		log.current = held;
		input.current = {...input.current, log: held};
	}, []);
	const place = placeOf(screen);
	const view = viewOf(screen);
	const {drawing} = useLooks();
	const under = readingPlace(screen);
	const wholeHelp = useMemo(() => helpLines(under, watching, drawing), [under, watching, drawing]);
	const help = useMemo(() => foldedHelp(filteredHelp(wholeHelp, screen.helpFilter.text), layout.width), [wholeHelp, screen.helpFilter.text, layout.width]);
	const helpPrompt = screen.helpFilter.prompt && {lead: ' /', prompt: screen.helpFilter.prompt, note: ''};

	useLayoutEffect(() => {
		input.current = {
			rows,
			now: listNow,
			shownColumns: shown,
			pageRows: view === 'list' ? layout.listRows : layout.detailRows,
			detailEnd: detailEnd.current,
			copyEnd: Math.max(0, (copyText?.length ?? 0) - terminalRows + 1),
			log: log.current,
			canPreview: layout.canPreview,
			helpEnd: Math.max(0, help.length - layout.helpRows),
			columnIds: columnsFor(watching).map(({id}) => id),
			sessions,
			jobs,
			zone,
		};
	});
	useEffect(() => {
		send({type: 'resized'});
	}, [columns, terminalRows]);
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
		...handOver({
			screen, send, row: atHand, jobs, servers, triages, now: listNow, zone, onCopy, onSave,
			listText: () => listText({
				rows: visible, columns: fitted, servers: watched.map(({name}) => name), list: listNames[screen.list], narrowing: screen.narrowing,
				rangeMs: screen.rangeMs, now: listNow, zone,
			}),
		}),
	});

	const header = headerLine({
		servers, places: opened ? [`> ${opened.jobName}`] : [viewNames(screen.list), listNames[screen.list]], waiting, now, zone, width: layout.width,
	});
	if (layout.isTooSmall) {
		return <TooSmall header={header} rows={jobs} width={layout.width} height={terminalRows}/>;
	}

	if (copyText) {
		return <CopyView lines={copyText} top={screen.copy!.top} width={layout.width} height={terminalRows}/>;
	}

	const standing = warningOf(servers, now) ?? notice;
	const warning = isGone ? 'This session has left the list; it stands here as last seen' : standing;
	const signInAsks = screen.signIn && !screen.prompt ? signInLine(screen.signIn) : undefined;
	const asks = screen.command ? commandFooter(screen.command) : signInAsks;
	const message = asks?.message ?? messageLine({servers, warning, event, isOrderHeld: false, notice: screen.notice, now, zone, width: layout.width});
	return (
		<Box flexDirection='column'>
			<Line cell={header}/>
			{view === 'help' && <HelpView lines={help} screen={screen} layout={layout} place={place} message={message} prompt={helpPrompt ?? asks?.prompt}/>}
			{view === 'detail' && opened && (
				<DetailPlace
					row={opened} verdict={verdict} server={watched[home]!} snapshot={servers[home]!.snapshot}
					now={seenAt} zone={zone} isGone={isGone} watching={watching}
					screen={screen} layout={layout} place={place} message={message} prompt={asks?.prompt} onEnd={onEnd} onLog={onLog}
				/>
			)}
			{screen.over?.kind === 'columns' && view !== 'help' && (
				<ColumnsView
					over={screen.over} list={screen.list} chosen={screen.columns} shown={shown}
					layout={layout} place={place} message={message} prompt={asks?.prompt}
				/>
			)}
			{screen.over?.kind === 'lines' && view !== 'help' && (
				<ToldView told={screen.over} zone={zone} layout={layout} place={place} message={message} prompt={asks?.prompt}/>
			)}
			{view === 'list' && (
				<ListView
					servers={servers} triages={triages} rows={rows} visible={visible} verdictOf={row => verdictOf(jobs, row)} screen={screen} layout={layout}
					event={event} warning={standing} signIn={asks} now={listNow} zone={zone}
				/>
			)}
		</Box>
	);
}
