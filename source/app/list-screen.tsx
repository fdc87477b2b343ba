import {Box} from 'ink';
import type {ReactNode} from 'react';
import {serverTime, type Now} from '../model/now.js';
import {rule, type Drawing} from '../ui/drawing.js';
import {Footer, type FooterPrompt} from '../ui/footer.js';
import {Line} from '../ui/line.js';
import {RowList} from '../ui/table/row-list.js';
import {useSteady} from '../ui/table/use-steady.js';
import {cellWidth} from '../ui/text/fit-cell.js';
import type {Cell} from '../ui/text/spans.js';
import {wrapText} from '../ui/text/text.js';
import {countsLine, shownRule, type ShownOptions} from './list/counts.js';
import {listContent} from './list/list-content.js';
import {Preview} from './list/preview.js';
import {verdictForPreview} from './list/preview-content.js';
import {problemsLine} from './list/problem-counts.js';
import {ranges, spanWord, step} from './shared/filters/steps.js';
import {emptyLines} from './shared/message.js';
import {rowWords, type ListName} from './shared/rows/lists.js';
import {isOpenProblem} from './shared/rows/mark.js';
import type {Row} from './shared/rows/rows.js';
import {isAnyLoading, worstFirst, type ServerState} from './shared/servers.js';
import type {ShortKey} from './shared/state/key-table.js';
import {
	cursorIndex,
	firstShown,
	layout as layoutOf,
	listLayer,
	listRows,
	listSort,
	serverStates,
	shownSnapshots,
	verdictOf,
	visibleRows,
	watching,
} from './shared/state/selectors.js';
import {listTime, type State} from './shared/state/state.js';
import {verdictSentence} from './shared/verdict-words.js';
import {signInLayer} from './sign-in/sign-in-keys.js';
import {legendCell} from './window/legend.js';
import {barWords, windowContent} from './window/timeline.js';
import {windowLine} from './window/window-line.js';
import {WindowView} from './window/window-view.js';

export type ListScreenProps = {
	readonly state: State;
	readonly message: Cell;
	/** What is typed instead of the keys. */
	readonly prompt: FooterPrompt | undefined;
	readonly keys: readonly ShortKey[];
};

/** A list below its header: counts, in Now its problems, in Window its windows, the rows, details of the selected one, last message, keys. */
export function ListScreen({state, message, prompt, keys}: ListScreenProps) {
	const layout = layoutOf(state);
	const {width, listRows: height, listColumns, previewWidth} = layout;
	const {zone, terminal: {drawing}} = state;
	const {list, selectedKey, top: wantedTop} = listLayer(state);
	const now = listTime(state);
	const visible = visibleRows(state);
	const cursor = cursorIndex(visible, selectedKey);
	const top = firstShown(wantedTop, cursor, visible.length, height);
	const selected = visible[cursor];
	const empty = visible.length > 0 ? [] : emptyList(state);
	const shown = {rows: visible.slice(top, top + height), cursor: cursor - top, sort: listSort(state), now, zone, terminalColumns: listColumns};
	const bars = list === 'window' ? windowContent({...shown, visible, drawing, isOfSeveral: state.servers.length > 1}) : undefined;
	const advice = adviceOf(state, selected);
	const bottom = list === 'window' && selected
		? {details: barWords(selected, now, zone, width), message}
		: bottomLines(selected ? detailsOf(selected, now, zone) : '', message, width);
	const room = {empty, height, width: listColumns - 1};
	return (
		<Box flexDirection='column'>
			{linesAbove(state).map((cell, index) => <Line key={index} cell={cell}/>)}
			<Line cell={ruleAbove(state, bars?.pieces)}/>
			<Box>
				<Box width={previewWidth > 0 ? listColumns : width}>
					{bars
						? <WindowView content={bars} {...room}/>
						: <Rows content={listContent({...shown, watching: watching(state), chosen: state.preferences.columns[list]})} {...room}/>}
				</Box>
				{previewWidth > 0 && selected && (
					<Preview
						row={selected} verdict={verdictForPreview(selected, verdictOf(state, selected))} now={now} zone={zone}
						width={previewWidth} height={height + 1}
					/>
				)}
			</Box>
			<Footer
				details={advice === undefined ? bottom.details : [{text: ` ${advice}`, tone: 'strong'}]}
				message={advice === undefined ? bottom.message : message}
				keys={keys} prompt={prompt} width={width}
			/>
		</Box>
	);
}

function Rows({content, ...room}: Parameters<typeof RowList>[0]): ReactNode {
	return <RowList content={useSteady(content)} {...room}/>;
}

// Why no row is there, and what to do about it.
function emptyList(state: State): readonly string[] {
	const {list, filters} = listLayer(state);
	// The same for all of them.
	const {rangeMs, jobType: requested} = shownSnapshots(state)[0]!.scope;
	return emptyLines({
		servers: serverStates(state), total: listRows(state).length, word: rowWords[list], filters,
		requested, range: spanWord(rangeMs), isLongest: step(ranges, rangeMs, 1) === rangeMs, now: listTime(state),
	});
}

// What to do about the fault of the server that asks for its password, else of the one of the row under the cursor.
function adviceOf(state: State, selected: Row | undefined): string | undefined {
	const servers = serverStates(state);
	const asking = servers.find(({snapshot}) => snapshot.serverId === signInLayer(state)?.serverId);
	return (asking ?? serverOf(servers, selected))?.connection.fault?.advice;
}

// While there is no message its line is free for the rest of the words.
function bottomLines(text: string, message: Cell, width: number): {readonly details: Cell; readonly message: Cell} {
	const [first = '', ...rest] = message.length === 0 ? wrapText(text, width - 1, 2) : [text];
	return {details: [{text: ` ${first}`}], message: rest.length === 0 ? message : [{text: ` ${rest.join('')}`}]};
}

// Where there is a line less, Now and Window give up their counts: what needs somebody, and what is in common, is said there alone.
function linesAbove(state: State): readonly Cell[] {
	const {width, hasProblems} = layoutOf(state);
	const rows = listRows(state);
	const counts = countsLine(rows, width);
	const problems = () => problemsLine({
		rows, triages: state.verdicts, snapshots: shownSnapshots(state), isLoading: isAnyLoading(serverStates(state)), width,
	});
	const lines: Readonly<Record<ListName, () => readonly Cell[]>> = {
		window() {
			const windows = windowLine(rows, listTime(state), state.zone, width);
			return hasProblems ? [counts, windows] : [windows];
		},
		now: () => hasProblems ? [counts, problems()] : [problems()],
		sessions: () => [counts],
	};
	return lines[listLayer(state).list]();
}

// In Window it says at its end what the bars are drawn of.
function ruleAbove(state: State, pieces: ReadonlySet<string> | undefined): Cell {
	const {list, filters} = listLayer(state);
	const {drawing}: {readonly drawing: Drawing} = state.terminal;
	const [rows, visible] = [listRows(state), visibleRows(state)];
	const options: ShownOptions = {
		total: rows.length, shown: visible.length, filters, rangeMs: shownSnapshots(state)[0]!.scope.rangeMs, isLoading: isAnyLoading(serverStates(state)),
		width: layoutOf(state).width, drawing, hiddenProblems: openProblems(rows) - openProblems(visible), word: rowWords[list],
	};
	const whole = shownRule(options);
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
