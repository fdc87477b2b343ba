import {Box} from 'ink';
import {useRef} from 'react';
import {serverTime, type Now} from '../model/now.js';
import type {Triage} from '../triage/triage.js';
import {countsLine, shownRule} from '../view/counts.js';
import type {SessionEvent} from '../view/events.js';
import {parseFilter} from '../view/filter-language.js';
import {activeFilters} from '../view/filters.js';
import {problemsLine} from '../view/problems.js';
import {bindings, shortKeys} from '../view/keys.js';
import type {Layout} from '../view/layout.js';
import {keepDrawn, listContent, type ListContent} from '../view/list-content.js';
import {emptyLines, messageLine} from '../view/message.js';
import {promptNote} from '../view/prompt-note.js';
import type {Row} from '../view/rows.js';
import {cursorIndex, firstShown, isOpenProblem, placeOf, type Screen} from '../view/screen.js';
import {isAnyLoading, worstFirst, type ServerState} from '../view/servers.js';
import type {FooterLine} from '../view/sign-in-line.js';
import {ranges, spanWord, step} from '../view/steps.js';
import {verdictSentence} from '../view/verdict-sentence.js';
import {isHeld} from '../view/visible-rows.js';
import {Footer} from './footer.js';
import {Line} from './line.js';
import {useLooks} from './looks-context.js';
import {SessionList} from './session-list.js';

export type ListViewProps = {
	readonly servers: readonly ServerState[];
	/** What the sessions of each mean. */
	readonly triages: readonly Triage[];
	/** Every row held, and those on screen in their order. */
	readonly rows: readonly Row[];
	readonly visible: readonly Row[];
	readonly screen: Screen;
	readonly layout: Layout;
	readonly event: SessionEvent | undefined;
	/** What is to be known of what is on screen. */
	readonly warning?: string;
	/** What is asked for over the list: a password, a command. */
	readonly signIn?: FooterLine;
	/** The moment that durations are told for. */
	readonly now: Now;
	readonly zone: string;
};

/** A list below its header: counts, in Now its problems, the rows, details of the selected one, last message, keys. */
export function ListView({servers, triages, rows, visible, screen, layout, event, warning, signIn, now, zone}: ListViewProps) {
	const {width, listRows, hasProblems} = layout;
	const {narrowing} = screen;
	const {drawing} = useLooks();
	// The same for all of them.
	const {rangeMs, jobType: requested} = servers[0]!.snapshot.scope;
	const cursor = cursorIndex(visible, screen.selectedKey);
	const top = firstShown(screen.top, cursor, visible.length, listRows);
	const selected = visible[cursor];
	const content = useSteady(listContent({
		rows: visible.slice(top, top + listRows), cursor: cursor - top, sort: screen.sort, now, zone, terminalColumns: width + 1,
		watching: {servers: servers.length, list: screen.list}, chosen: screen.columns[screen.list],
	}));
	const empty = visible.length > 0
		? []
		: emptyLines({
			servers, held: rows.length, filters: activeFilters(narrowing),
			requested, range: spanWord(rangeMs), isLongest: step(ranges, rangeMs, 1) === rangeMs, now,
		});
	const isLoading = isAnyLoading(servers);
	// The server that asks for its password, before the one of the row under the cursor.
	const asking = servers.find(({snapshot}) => snapshot.serverId === screen.signIn?.serverId);
	const fault = (asking ?? serverOf(servers, selected))?.connection.fault;
	const note = promptNote({shown: visible.length, held: rows.length, problem: parseFilter(narrowing.text).problem, width});
	const message = messageLine({servers, warning, event, isOrderHeld: isHeld(screen.held, now), notice: screen.notice, now, zone, width});
	return (
		<Box flexDirection='column'>
			<Line cell={countsLine(rows, width)}/>
			{hasProblems && <Line cell={problemsLine({rows, triages, snapshots: servers.map(({snapshot}) => snapshot), isLoading, width})}/>}
			<Line cell={shownRule({
				held: rows.length, shown: visible.length, narrowing, rangeMs, isLoading, width, drawing,
				word: screen.list === 'sessions' ? 'session' : 'job', hiddenProblems: openProblems(rows) - openProblems(visible),
			})}/>
			<SessionList content={content} empty={empty} height={listRows} width={width}/>
			<Footer
				details={[{text: ` ${fault?.advice ?? (selected ? detailsOf(selected, now, zone) : '')}`, tone: fault ? 'strong' : 'plain'}]}
				message={signIn?.message ?? message}
				keys={shortKeys(bindings, placeOf(screen))}
				prompt={screen.prompt ? {lead: ' /', prompt: screen.prompt, note} : signIn?.prompt}
				width={width}
			/>
		</Box>
	);
}

// The same content object while it shows the same, so that the table is not drawn anew at each tick.
function useSteady(content: ListContent): ListContent {
	const drawn = useRef(content);
	drawn.current = keepDrawn(drawn.current, content);
	return drawn.current;
}

function openProblems(rows: readonly Row[]): number {
	return rows.filter(row => isOpenProblem(row)).length;
}

// What is to be done is said where the server of the row under the cursor is in trouble: the rows of the others have their details.
function serverOf(servers: readonly ServerState[], selected: Row | undefined): ServerState | undefined {
	return selected ? servers.find(({snapshot}) => snapshot.serverId === selected.serverId) : worstFirst(servers)[0];
}

// Why somebody is needed goes before the server's sentence about the run.
function detailsOf({session, verdict, isProblem, serverId}: Row, now: Now, zone: string): string {
	if (verdict && isProblem) {
		return verdictSentence(verdict, {now: serverTime(now, serverId), zone});
	}

	const details = session?.details;
	return typeof details === 'symbol' ? '?' : (details === undefined || details === '' ? 'The server gives no details of this session.' : details);
}
