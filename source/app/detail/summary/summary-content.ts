import {serverTime} from '../../../model/now.js';
import type {Observation} from '../../../model/snapshot.js';
import {isActive} from '../../../model/session.js';
import {detailsLines, factLine, idleJobFacts, sessionFacts, sessionIds, sessionInfrastructure, type DetailOptions, type Fact, type JobOptions} from '../../shared/session-facts.js';
import type {Drawing} from '../../../ui/drawing.js';
import {fitCell} from '../../../ui/text/fit-cell.js';
import type {Cell} from '../../../ui/text/spans.js';
import type {SentenceContext} from '../../shared/verdict-sentence.js';
import {chartLine} from './chart.js';
import {bannerLines, lastRunsLine, problemLines} from './lines.js';
import {possibleCauses, type InfrastructureNames} from './possible-causes.js';
import {statisticsTable} from './statistics.js';

/** A table of fitted cells that is shown beside lines, or below them. */
export type BlockTable = {readonly heading: readonly Cell[]; readonly rows: ReadonlyArray<readonly Cell[]>};

/** Lines of the body; with a table where they have one. */
export type Block = {readonly lines: readonly Cell[]; readonly table?: BlockTable; readonly isSideBySide?: boolean};

/** The body of the detail, from which a window is drawn. */
export type DetailContent = {
	/** One below the other, each with the line that it begins at. */
	readonly blocks: ReadonlyArray<Block & {readonly from: number}>;
	/** Lines of all of them, to scroll through. */
	readonly height: number;
	/** Lines scrolled away above, no more than there are to scroll. */
	readonly top: number;
};

/** The part of the body that is on screen: lines scrolled away above, and lines that fit. */
export type Window = {readonly top: number; readonly height: number};

/** What a summary is made of besides facts. */
export type SummaryGiven = {
	/** Of the session, oldest first. */
	readonly observations: readonly Observation[];
	readonly names: InfrastructureNames;
	readonly drawing: Drawing;
};

const labelWidth = 13;
/** Terminals of this width and more have facts and statistics side by side. */
const sideBySideFrom = 74;
const widestFacts = 56;
/** Columns that facts have at least beside a table of all columns. */
const leastFacts = 41;
const smallTable = 38;
const mostCauses = 8;
/** Where there is room for fewer, it is scrolled anyway. */
const leastCauses = 2;

/** Lines that a block takes. */
export function blockHeight({lines, table, isSideBySide}: Block): number {
	const ofTable = table ? table.rows.length + 1 : 0;
	return isSideBySide ? Math.max(lines.length, ofTable) : lines.length + ofTable;
}

/**
The summary of a session: what is said of it and why, its run beside its statistics, the rate, where to look, the latest
problems, the last runs; then where it belongs, and ids.
*/
export function detailContent(options: DetailOptions, given: SummaryGiven, width: number, window: Window): DetailContent {
	const context = contextOf(options);
	const banner = withGap(bannerLines(options, context, width));
	const run = runBlock(options, width);
	const middle = [...rateLines(options, given, width), ...possibleCauseLines(options, given, width)];
	const runs = lastRunsLine(options, context, width);
	// The last runs keep their lines on screen.
	const room = window.height - [{lines: banner}, run, {lines: middle}].reduce((sum, block) => sum + blockHeight(block), 0) - 2;
	const problems = problemLines(options, width, room < leastCauses ? mostCauses : Math.min(mostCauses, room));
	return contentOf([{lines: banner}, run, {lines: [...middle, ...problems, runs, ...infrastructureLines(options, width)]}], window);
}

/** The summary of a job that no session is shown of: what is said of it and why, its last runs, where it belongs. */
export function idleContent(options: JobOptions, width: number, window: Window): DetailContent {
	const context = contextOf(options);
	return contentOf([{lines: [
		...withGap(bannerLines(options, context, width)),
		heading('LAST AND NEXT RUN', width),
		...factLines(idleJobFacts(options), width),
		lastRunsLine(options, context, width),
		...infrastructureLines(options, width),
	]}], window);
}

function contentOf(blocks: readonly Block[], window: Window): DetailContent {
	let height = 0;
	const placed = [];
	for (const block of blocks) {
		placed.push({...block, from: height});
		height += blockHeight(block);
	}

	return {blocks: placed, height, top: Math.max(0, Math.min(window.top, height - window.height))};
}

function contextOf({now, zone, row: {serverId}}: JobOptions): SentenceContext {
	return {now: serverTime(now, serverId), zone};
}

function runBlock(options: DetailOptions, width: number): Block {
	const isSideBySide = width >= sideBySideFrom;
	const table = statisticsTable(options, isSideBySide ? Math.max(smallTable, width - leastFacts - 1) : width - 1);
	const factsWidth = isSideBySide ? Math.min(widestFacts, width - table.width - 1) : width;
	const lines = [heading('RUN', factsWidth), ...factLines(sessionFacts(options), factsWidth)];
	// The table stands where the lines end, also below the last fact.
	const below = isSideBySide ? Math.max(0, table.rows.length + 1 - lines.length) : 0;
	return {isSideBySide, table, lines: [...lines, ...Array.from({length: below}, () => fitCell([], factsWidth))]};
}

function rateLines({session, now, row}: DetailOptions, {observations, drawing}: SummaryGiven, width: number): readonly Cell[] {
	return isActive(session) && session.status !== 'Queued' ? [chartLine(observations, {now: serverTime(now, row.serverId), drawing, width})] : [];
}

function possibleCauseLines(options: DetailOptions, {names}: SummaryGiven, width: number): readonly Cell[] {
	return possibleCauses(options, names).map(focus => fitCell([{text: ' LOOK AT  ', tone: 'warning'}, {text: focus}], width));
}

// What the server says in its own words comes first.
function infrastructureLines(options: JobOptions, width: number): readonly Cell[] {
	return [
		heading('JOB AND SESSION', width),
		...detailsOf(options, width),
		...factLines([...sessionInfrastructure(options), ...sessionIds(options)], width),
	];
}

function detailsOf({row: {session}}: JobOptions, width: number): readonly Cell[] {
	if (!session) {
		return [];
	}

	const lines = detailsLines(session, width - labelWidth - 3, 4);
	return (lines.length === 0 ? ['-'] : lines).map((line, index) => factLine({label: index === 0 ? 'Details' : '', value: [{text: line}]}, labelWidth, width));
}

const factLines = (facts: readonly Fact[], width: number) => facts.map(fact => factLine(fact, labelWidth, width));

function heading(words: string, width: number): Cell {
	return fitCell([{text: ` ${words}`, tone: 'dim'}], width);
}

function withGap(lines: readonly Cell[]): readonly Cell[] {
	return lines.length === 0 ? lines : [...lines, []];
}
