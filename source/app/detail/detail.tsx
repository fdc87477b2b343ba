import {useLayoutEffect, useState, type ReactNode} from 'react';
import {useLog} from '../../live/use-log.js';
import type {WatchedServer} from '../../live/watched-server.js';
import type {LogItem} from '../../model/log-item.js';
import {serverTime, type Now} from '../../model/now.js';
import {canChange, sessionKey} from '../../model/session.js';
import type {Snapshot} from '../../model/snapshot.js';
import type {FooterPrompt} from '../../ui/footer.js';
import {useStyle} from '../../ui/appearance-context.js';
import {isAcknowledged} from '../../triage/acknowledged.js';
import {chainOfSession} from '../../triage/chains.js';
import type {Verdict} from '../../triage/verdicts/verdict.js';
import type {Watching} from '../shared/columns/columns.js';
import type {Layout} from '../shared/layout.js';
import type {Row} from '../shared/rows/rows.js';
import type {Focus, Screen} from '../screen-state.js';
import type {Cell} from '../../ui/text/spans.js';
import type {LogInput} from './log/log-view.js';
import {createLogReader} from './log/log-rows.js';
import {logContent} from './log/log-content.js';
import {detailContent, idleContent} from './summary/summary-content.js';
import {LogTab as LogPane} from './log/log-tab.js';
import {DetailView} from './summary/summary-view.js';
import {ObjectsTab} from './objects/objects-tab.js';
import {HistoryTab} from './history/history-tab.js';
import {tabTitle, type DetailTab} from './tabs.js';

/** What each tab of a detail is given. */
export type TabProps = {
	/** The session, or the job without one, that is open. */
	readonly row: Row;
	/** What is known of its job; undefined where that is not in range. */
	readonly verdict: Verdict | undefined;
	readonly server: WatchedServer;
	readonly snapshot: Snapshot;
	/** The moment that is told of: that of the pause, or when it was last seen. */
	readonly now: Now;
	readonly zone: string;
	/** Whether the session has left the list and stands as it was last seen. */
	readonly isGone: boolean;
	readonly watching: Watching;
	readonly screen: Screen;
	readonly layout: Layout;
	readonly focus: Focus;
	readonly message: Cell;
	readonly prompt?: FooterPrompt;
	/** Is told how far the tab can be scrolled, in lines. */
	readonly onEnd: (lines: number) => void;
	/** Is told of the log that keys move in; undefined when it is left. */
	readonly onLog: (log: LogInput | undefined) => void;
};

const tabs: Readonly<Record<DetailTab, (props: TabProps) => ReactNode>> = {summary: SummaryTab, log: LogTab, objects: ObjectsTab, history: HistoryTab};

/** One session, or a job without one, at the tab that is chosen. */
export function Detail(props: TabProps) {
	const Tab = tabs[props.screen.tab];
	return <Tab key={props.screen.tab} {...props}/>;
}

function SummaryTab({row, verdict, server, snapshot, now, zone, isGone, watching, screen, layout, focus, message, prompt, onEnd}: TabProps) {
	const {drawing} = useStyle();
	const {session} = row;
	const {version, lacks, jobs} = snapshot;
	const isSeen = verdict !== undefined && isAcknowledged(verdict, screen.acknowledged);
	const about = {row, verdict, isAcknowledged: isSeen, jobs, version, lacks, now, zone, isGone, watching};
	const shown = {top: screen.detailTop, height: layout.detailRows};
	const content = session
		? detailContent(
			{...about, session, chain: chainOfSession(session, snapshot, serverTime(now, server.id))},
			{observations: snapshot.observations.get(sessionKey(session)) ?? [], places: snapshot, drawing},
			layout.width,
			shown,
		)
		: idleContent(about, layout.width, shown);
	const end = Math.max(0, content.height - layout.detailRows);
	useLayoutEffect(() => {
		onEnd(end);
	}, [onEnd, end]);
	return <DetailView content={content} title={tabTitle(screen.tab, layout.width)} layout={layout} focus={focus} message={message} prompt={prompt}/>;
}

function LogTab({row: {session}, server, now, zone, isGone, screen, layout, focus, message, prompt, onLog}: TabProps) {
	const isActive = session !== undefined && canChange(session) && !isGone;
	const {log, error} = useLog(server.logs, server.id, session?.id, isActive);
	const [rowsOf] = useState(createLogReader);
	const input = {items: log?.items ?? noItems, isActive, rowsOf, width: layout.width, height: Math.max(1, layout.detailRows - 1)};
	const failure = error instanceof Error ? error.message : undefined;
	const content = logContent({view: screen.log, log, failure, hasSession: session !== undefined, input, zone, now: serverTime(now, server.id)});
	useLayoutEffect(() => {
		onLog({...input, messageEnd: content.messageEnd});
	});
	useLayoutEffect(() => () => {
		onLog(undefined);
	}, [onLog]);
	const title = tabTitle(screen.tab, layout.width);
	return <LogPane content={content} title={title} view={screen.log} layout={layout} focus={focus} message={message} prompt={prompt}/>;
}

const noItems: readonly LogItem[] = [];
