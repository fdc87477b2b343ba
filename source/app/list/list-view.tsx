import {Box} from 'ink';
import {serverTime, type Now} from '../../model/now.js';
import type {Triage} from '../../triage/triage.js';
import type {Verdict} from '../../triage/verdicts/verdict.js';
import {rule} from '../../ui/drawing.js';
import type {SessionEvent} from '../shared/rows/events.js';
import {cellWidth} from '../../ui/text/fit-cell.js';
import {parseFilter} from '../shared/filters/filter-language.js';
import {bindings, shortKeys} from '../keymap.js';
import type {Layout} from '../shared/layout.js';
import {rowWords} from '../shared/rows/lists.js';
import {emptyLines, messageLine} from '../shared/message.js';
import {promptNote} from '../shared/filters/filter-note.js';
import type {Row} from '../shared/rows/rows.js';
import {cursorIndex, firstShown, focusOf, type Screen} from '../screen-state.js';
import {isAnyLoading, worstFirst, type ServerState} from '../shared/servers.js';
import type {FooterLine} from '../sign-in/sign-in-line.js';
import {ranges, spanWord, step} from '../shared/filters/steps.js';
import {wrapText} from '../../ui/text/text.js';
import {verdictSentence} from '../shared/verdict-words.js';
import type {Cell} from '../../ui/text/spans.js';
import {windowLine} from '../window/window-line.js';
import {legendCell} from '../window/legend.js';
import {barWords, windowContent} from '../window/timeline.js';
import {isFrozen} from '../shared/rows/visible-rows.js';
import {Footer} from '../../ui/footer.js';
import {Line} from '../../ui/line.js';
import {useStyle} from '../../ui/appearance-context.js';
import {RowList, type RowListProps} from '../../ui/table/row-list.js';
import {useSteady} from '../../ui/table/use-steady.js';
import {WindowView} from '../window/window-view.js';
import {Preview} from './preview.js';
import {isOpenProblem} from './acknowledge.js';
import {verdictForPreview} from './preview-content.js';
import {listContent, type ListOptions} from './list-content.js';
import {problemsLine} from './problem-counts.js';
import {countsLine, shownRule, type ShownOptions} from './counts.js';

export type ListViewProps = {
	readonly servers: readonly ServerState[];
	/** What the sessions of each mean. */
	readonly triages: readonly Triage[];
	/** Every row held, and those on screen in their order. */
	readonly rows: readonly Row[];
	readonly visible: readonly Row[];
	/** What is known of the job of a row; nothing, unless said. */
	readonly verdictOf?: (row: Row) => Verdict | undefined;
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

/** A list below its header: counts, in Now its problems, in Window its windows, the rows, details of the selected one, last message, keys. */
export function ListView({servers, triages, rows, visible, verdictOf, screen, layout, event, warning, signIn, now, zone}: ListViewProps) {
	const {width, listRows, listColumns, previewWidth} = layout;
	const isWindow = screen.list === 'window';
	const {filters} = screen;
	const {drawing} = useStyle();
	// The same for all of them.
	const {rangeMs, jobType: requested} = servers[0]!.snapshot.scope;
	const cursor = cursorIndex(visible, screen.selectedKey);
	const top = firstShown(screen.top, cursor, visible.length, listRows);
	const selected = visible[cursor];
	const empty = visible.length > 0
		? []
		: emptyLines({
			servers, total: rows.length, word: rowWords[screen.list], filters,
			requested, range: spanWord(rangeMs), isLongest: step(ranges, rangeMs, 1) === rangeMs, now,
		});
	const isLoading = isAnyLoading(servers);
	// The server that asks for its password, before the one of the row under the cursor.
	const asking = servers.find(({snapshot}) => snapshot.serverId === screen.signIn?.serverId);
	const fault = (asking ?? serverOf(servers, selected))?.connection.fault;
	const note = promptNote({shown: visible.length, total: rows.length, ...parseFilter(filters.text), width});
	const message = messageLine({servers, warning, event, isOrderFrozen: isFrozen(screen.frozen, now), notice: screen.notice, now, zone, width});
	const shown = {
		rows: visible.slice(top, top + listRows), cursor: cursor - top, sort: screen.sort, now, zone, terminalColumns: listColumns,
		empty, height: listRows, width: listColumns - 1,
	};
	const bars = isWindow ? windowContent({...shown, visible, drawing, isOfSeveral: servers.length > 1}) : undefined;
	const above = linesAbove({rows, triages, servers, list: screen.list, layout, isLoading, now, zone});
	const said = signIn?.message ?? message;
	const bottom = isWindow && selected
		? {details: barWords(selected, now, zone, width), message: said}
		: bottomLines(selected ? detailsOf(selected, now, zone) : '', said, width);
	return (
		<Box flexDirection='column'>
			{above.map((cell, index) => <Line key={index} cell={cell}/>)}
			<Line
				cell={ruleAbove({
					total: rows.length, shown: visible.length, filters, rangeMs, isLoading, width, drawing,
					hiddenProblems: openProblems(rows) - openProblems(visible),
				}, screen.list, bars?.pieces)}
			/>
			<Box>
				<Box width={previewWidth > 0 ? listColumns : width}>
					{bars
						? <WindowView content={bars} empty={empty} height={shown.height} width={shown.width}/>
						: <ListRows {...shown} watching={{servers: servers.length, list: screen.list}} chosen={screen.columns[screen.list]}/>}
				</Box>
				{previewWidth > 0 && selected && (
					<Preview
						row={selected} verdict={verdictForPreview(selected, verdictOf?.(selected))} now={now} zone={zone}
						width={previewWidth} height={listRows + 1}
					/>
				)}
			</Box>
			<Footer
				details={fault ? [{text: ` ${fault.advice}`, tone: 'strong'}] : bottom.details}
				message={fault ? said : bottom.message}
				keys={shortKeys(bindings, focusOf(screen))}
				prompt={screen.prompt ? {lead: ' /', prompt: screen.prompt, note} : signIn?.prompt}
				width={width}
			/>
		</Box>
	);
}

// While there is no message its line is free for the rest of the words.
function bottomLines(text: string, message: Cell, width: number): {readonly details: Cell; readonly message: Cell} {
	const [first = '', ...rest] = message.length === 0 ? wrapText(text, width - 1, 2) : [text];
	return {details: [{text: ` ${first}`}], message: rest.length === 0 ? message : [{text: ` ${rest.join('')}`}]};
}

function ListRows({empty, height, width, ...options}: ListOptions & Omit<RowListProps, 'content'>) {
	return <RowList content={useSteady(listContent(options))} empty={empty} height={height} width={width}/>;
}

type AboveOptions = Pick<ListViewProps, 'rows' | 'triages' | 'servers' | 'layout' | 'now' | 'zone'> & {readonly list: Screen['list']; readonly isLoading: boolean};

// Where there is a line less, Now and Window give up their counts: what needs somebody, and what is in common, is said there alone.
function linesAbove({rows, triages, servers, list, layout: {width, hasProblems}, isLoading, now, zone}: AboveOptions): readonly Cell[] {
	const counts = countsLine(rows, width);
	const problems = () => problemsLine({rows, triages, snapshots: servers.map(({snapshot}) => snapshot), isLoading, width});
	if (list === 'window') {
		const windows = windowLine(rows, now, zone, width);
		return hasProblems ? [counts, windows] : [windows];
	}

	if (list === 'now') {
		return hasProblems ? [counts, problems()] : [problems()];
	}

	return [counts];
}

// In Window it says at its end what the bars are drawn of.
function ruleAbove(options: Omit<ShownOptions, 'word'>, list: Screen['list'], pieces: ReadonlySet<string> | undefined): Cell {
	const {drawing} = options;
	const whole = shownRule({...options, word: rowWords[list]});
	const free = whole.at(-1)!.text.length;
	if (!pieces || whole.at(-1)!.text !== rule(free, drawing)) {
		return whole;
	}

	const legend = legendCell(pieces, drawing, free - 1);
	return [...whole.slice(0, -1), {text: rule(free - cellWidth(legend), drawing), tone: 'dim'}, ...legend];
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
