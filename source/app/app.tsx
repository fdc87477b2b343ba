import {Box} from 'ink';
import {useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef} from 'react';
import {SWRConfig} from 'swr';
import type {WatchedServer} from '../live/watched-server.js';
import {useStyle} from '../ui/appearance-context.js';
import {Line} from '../ui/line.js';
import {useAlerts} from './alerts.js';
import {exportEffects} from './hand-over.js';
import {useClock, useEffects, useMarks, useOpened, useRows, useWatch} from './hooks.js';
import {openedOf, useTriage, useWanted} from './triage.js';
import {Detail} from './detail/detail.js';
import {ColumnsView} from './list/columns-view.js';
import {CopyView} from './copy/copy-view.js';
import {HelpView} from './help/help-view.js';
import {ListView} from './list/list-view.js';
import {ReportView} from './report/report-view.js';
import {TooSmall} from './list/too-small.js';
import {useKeys} from './use-keys.js';
import {useSize} from './use-size.js';
import {columnsFor} from './shared/columns/columns.js';
import {commandFooter} from './commands/command-footer.js';
import {copyLines} from './copy/copy-text.js';
import type {CopyWay} from '../model/clipboard-text.js';
import {headerLine} from './shared/header.js';
import {filteredHelp, foldedHelp, helpLines} from './help/help.js';
import {layoutOf} from './shared/layout.js';
import {verdictOf} from './shared/rows/job-rows.js';
import {listLabels, viewNames} from './shared/rows/lists.js';
import {shownColumns} from './list/list-content.js';
import {listText} from './list/list-text.js';
import {shownIds} from './window/timeline.js';
import {messageLine} from './shared/message.js';
import {paste, press} from './press.js';
import {cursorIndex, initialScreen, focusOf, focusBelow, viewOf, type Action, type Screen, type ScreenInput} from './screen-state.js';
import {screen as reduce} from './screen.js';
import {warningOf} from './shared/servers.js';
import {signInLine} from './sign-in/sign-in-line.js';
import {useSignIn} from './sign-in/use-sign-in.js';
import {visibleRows} from './shared/rows/visible-rows.js';

export type AppProps = {
	/** At least one; the same ones during the whole run. */
	readonly servers: readonly WatchedServer[];
	/** What the list starts with. */
	readonly start: Parameters<typeof initialScreen>[0];
	/** Copies a text, and says in which way; without it, a text is shown to be selected. */
	readonly onCopy?: (text: string) => Promise<CopyWay>;
	/** Is told what was acknowledged and ignored, after each change. */
	readonly onMarks?: (noted: Pick<Screen, 'acknowledged' | 'ignored'>) => void;
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

function Monitor({servers: watched, start, zone, notice, onCopy = async () => 'screen', onMarks, onRedraw, onSuspend, onSave, onBell}: AppProps) {
	const {columns, rows: terminalRows} = useSize();
	const readNow = useClock(watched);
	const input = useRef<ScreenInput>({rows: [], now: readNow(), shownColumns: [], pageRows: 1, detailEnd: 0, helpEnd: 0});
	const [screen, send] = useReducer((state: Screen, typed: Input) => after(state, typed, input.current), start, initialScreen);
	const layout = useMemo(() => layoutOf(columns, terminalRows, screen.list, screen.hasPreview), [columns, terminalRows, screen.list, screen.hasPreview]);
	const {servers, snapshots, event, now, listNow, waiting, refresh, refreshes, reconnect} = useWatch(watched, readNow, screen);
	const triages = useTriage(watched, servers, listNow, screen.ignored);
	useMarks(screen, onMarks);
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
	const selected = opened ?? visible[cursorIndex(visible, screen.selectedKey)];
	const copyText = useMemo(() => screen.copy && copyLines(screen.copy.text, layout.width), [screen.copy, layout.width]);
	const log = useRef<ScreenInput['log']>(undefined);
	const onLog = useCallback((held: ScreenInput['log']) => {
		log.current = held;
		input.current = {...input.current, log: held};
	}, []);
	const place = focusOf(screen);
	const view = viewOf(screen);
	const {drawing} = useStyle();
	const under = focusBelow(screen);
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
		...exportEffects({
			screen, send, row: selected, jobs, servers, triages, now: listNow, zone, onCopy, onSave,
			listText: () => listText({
				rows: visible, columns: fitted, servers: watched.map(({name}) => name), list: listLabels[screen.list], filters: screen.filters,
				rangeMs: screen.rangeMs, now: listNow, zone,
			}),
		}),
	});

	const header = headerLine({
		servers, breadcrumbs: opened ? [`> ${opened.jobName}`] : [viewNames(screen.list), listLabels[screen.list]], waiting, now, zone, width: layout.width,
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
	const message = asks?.message ?? messageLine({servers, warning, event, isOrderFrozen: false, notice: screen.notice, now, zone, width: layout.width});
	return (
		<Box flexDirection='column'>
			<Line cell={header}/>
			{view === 'help' && <HelpView lines={help} screen={screen} layout={layout} focus={place} message={message} prompt={helpPrompt ?? asks?.prompt}/>}
			{view === 'detail' && opened && (
				<Detail
					row={opened} verdict={verdict} server={watched[home]!} snapshot={servers[home]!.snapshot}
					now={seenAt} zone={zone} isGone={isGone} watching={watching}
					screen={screen} layout={layout} focus={place} message={message} prompt={asks?.prompt} onEnd={onEnd} onLog={onLog}
				/>
			)}
			{screen.overlay?.kind === 'columns' && view !== 'help' && (
				<ColumnsView
					overlay={screen.overlay} list={screen.list} chosen={screen.columns} shown={shown}
					layout={layout} focus={place} message={message} prompt={asks?.prompt}
				/>
			)}
			{screen.overlay?.kind === 'lines' && view !== 'help' && (
				<ReportView report={screen.overlay} zone={zone} layout={layout} focus={place} message={message} prompt={asks?.prompt}/>
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
