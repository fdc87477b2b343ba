import type {Drawing} from '../../ui/drawing.js';
import {cellWidth} from '../../ui/text/fit-cell.js';
import type {Cell, Span} from '../../ui/text/spans.js';
import {marks} from '../shared/timeline/bar.js';

/** What a piece of the bars means. */
type Meaning = {
	readonly piece: (bar: Drawing['bar']) => string;
	/** The word of the legend. */
	readonly word: string;
	/** The words of the help. */
	readonly label: string;
};

/** Every piece, the rarest problems first: that is the order in which the legend has room for them. */
const meanings: readonly Meaning[] = [
	{piece: () => marks.problem, word: 'problem', label: 'when it became a problem; nobody has acknowledged it'},
	{piece: () => marks.disconnected, word: 'disconnected', label: 'disconnected: the proxy was lost'},
	{piece: () => marks.notConfigured, word: 'unconfigured', label: 'not configured'},
	{piece: () => marks.failed, word: 'failed', label: 'failed'},
	{piece: () => marks.other, word: 'other', label: 'ended in a status that is not known'},
	{piece: () => marks.stopped, word: 'stopped', label: 'stopped'},
	{piece: () => marks.retry, word: 'retry', label: 'the next retry is due'},
	{piece: () => marks.warning, word: 'warning', label: 'ended with warnings'},
	{piece: () => marks.acknowledged, word: 'acknowledged', label: 'a problem that somebody has acknowledged'},
	{piece: () => marks.queued, word: 'queued', label: 'waits in the queue'},
	{piece: () => marks.closes, word: 'closes', label: 'the backup window closes'},
	{piece: ({closed}) => closed, word: 'closed', label: 'the backup window is closed'},
	{piece: () => marks.before, word: 'earlier', label: 'began before the hours on screen'},
	{piece: () => marks.after, word: 'more', label: 'begun this minute; at the right end: goes on beyond the hours on screen'},
	{piece: ({expected}) => expected, word: 'to come', label: 'runs on to its expected end'},
	{piece: () => marks.band, word: 'maybe', label: 'where the end may lie, when usual runs differ much'},
	{piece: ({done}) => done, word: 'ran', label: 'ran, or runs'},
	{piece: () => marks.success, word: 'ok', label: 'ended well'},
];

/** What is on screen in Window besides the pieces of the bars. */
const others: ReadonlyArray<readonly [piece: (bar: Drawing['bar']) => string, label: string]> = [
	[({now}) => now, 'this minute'],
	[() => '~', 'before a time: an estimate'],
];

/** Every mark of Window with its words, for the help. */
export function windowHelp({bar}: Drawing): ReadonlyArray<{readonly word: string; readonly label: string}> {
	return [...meanings.map(({piece, label}) => [piece, label] as const), ...others].map(([piece, label]) => ({word: piece(bar), label}));
}

/**
What the pieces that are on screen mean; as many of them as fit in `width` columns, with a space at either end.
@param pieces - those on screen
*/
export function legendCell(pieces: ReadonlySet<string>, {bar}: Drawing, width: number): Cell {
	let spans: readonly Span[] = [];
	for (const {piece, word} of meanings) {
		const longer: readonly Span[] = [...spans, {text: ` ${piece(bar)} `}, {text: `${word} `, tone: 'dim'}];
		if (pieces.has(piece(bar)) && cellWidth(longer) <= width) {
			spans = longer;
		}
	}

	return spans;
}
