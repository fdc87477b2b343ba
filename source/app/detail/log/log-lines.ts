import {unreadable, valueOf, type Field} from '../../../model/field.js';
import type {LogItem} from '../../../model/log-item.js';
import {fitCell} from '../../../ui/text/fit-cell.js';
import {count, duration, longDuration} from '../../../ui/format.js';
import type {Cell, Span, Tone} from '../../../ui/text/spans.js';
import {statusTone} from '../../shared/status-words.js';
import {cutText, drawable, fitText, wrapText} from '../../../ui/text/text.js';
import {fullTime, timeOfDay} from '../../../ui/times.js';

/** From this width on a line has seconds and how long its step took. */
const wideWidth = 60;
const typeWidth = 8;
const tookWidth = 6;
/** No message is longer: its text is bounded. */
const mostLines = 500;

const isWide = (width: number) => width >= wideWidth;
// Cursor, mark of a hit, time, type.
const leadWidth = (width: number) => 2 + (isWide(width) ? 8 : 5) + 1 + typeWidth + 1;
const textRoom = (width: number) => Math.max(1, width - leadWidth(width) - (isWide(width) ? tookWidth : 0));

/** A text as sent: `?` where it cannot be read, nothing where there is none. */
const wordsOf = (field: Field<string>) => field === unreadable ? '?' : field ?? '';

/** The lines that the whole text of an item takes beside its time and type. */
export function textHeight(item: LogItem, width: number): number {
	const words = wordsOf(item.text);
	return words.length < textRoom(width) / 2 ? 1 : Math.max(1, wrapText(words, textRoom(width), mostLines).length);
}

export type LogLineOptions = {
	readonly width: number;
	readonly zone: string;
	/** The words searched for; none where empty. */
	readonly search: string;
	readonly isCursor: boolean;
	readonly isHit: boolean;
	/** Lines at most; more than one where lines are wrapped. */
	readonly mostLines: number;
};

/** An item as lines of exactly `width` columns: cursor, mark of a hit, time, type, text; what does not fit in them is cut with a mark. */
export function logItemLines(item: LogItem, {width, zone, search, isCursor, isHit, mostLines: most}: LogLineOptions): readonly Cell[] {
	const type = valueOf(item.type) ?? '';
	const tone = statusTone(type);
	const words = wordsOf(item.text);
	const texts = most > 1 ? wrapText(words, textRoom(width), most) : [cutText(words, textRoom(width))];
	const lead: Cell = [
		{text: `${isCursor ? '>' : ' '}${isHit ? '*' : ' '}`, tone: 'strong'},
		{text: `${timeOf(item.createdAt, zone).slice(0, isWide(width) ? 8 : 5)} `, tone: 'dim'},
		{text: `${fitText(type === '' ? wordsOf(item.type) || '-' : type, typeWidth)} `, tone},
	];
	const indent: Cell = [{text: ' '.repeat(leadWidth(width))}];
	return (texts.length === 0 ? [''] : texts).map((text, index) => {
		const took = index === 0 && isWide(width) ? fitText(tookOf(item), tookWidth, {align: 'right'}) : '';
		const body = fitCell(isHit ? withHits(text, search, textTone(tone)) : [{text, tone: textTone(tone)}], width - leadWidth(width) - took.length);
		return [...(index === 0 ? lead : indent), ...body, ...(took === '' ? [] : [{text: took, tone: 'dim'} as const])];
	});
}

// A problem's words have its colour; the words of all others are plain.
const textTone = (tone: Tone) => tone === 'bad' || tone === 'warning' ? tone : 'plain';

function timeOf(at: Field<number>, zone: string): string {
	return (typeof at === 'number' ? timeOfDay(at, zone) : wordsOf(at === undefined ? undefined : unreadable)).padStart(8);
}

function tookMs({createdAt, endedAt}: LogItem): number | undefined {
	const from = valueOf(createdAt);
	const to = valueOf(endedAt);
	return from === undefined || to === undefined ? undefined : to - from;
}

function tookOf(item: LogItem): string {
	const ms = tookMs(item);
	return ms === undefined || ms < 1000 ? '' : duration(ms);
}

/** The text as spans, those that were searched for standing out. Letters whose case changes their number leave it as it is. */
export function withHits(text: string, search: string, tone: Tone): readonly Span[] {
	const drawn = drawable(text);
	const lower = drawn.toLowerCase();
	const words = search.toLowerCase();
	if (words === '' || lower.length !== drawn.length) {
		return [{text: drawn, tone}];
	}

	const spans: Span[] = [];
	let from = 0;
	for (let at = lower.indexOf(words); at !== -1; at = lower.indexOf(words, from)) {
		spans.push({text: drawn.slice(from, at), tone}, {text: drawn.slice(at, at + words.length), tone: tone === 'plain' ? 'active' : 'strong'});
		from = at + words.length;
	}

	return [...spans, {text: drawn.slice(from), tone}].filter(span => span.text !== '');
}

export type LogMessageOptions = {
	readonly width: number;
	readonly zone: string;
	readonly search: string;
	/** Milliseconds since 1970 by the server's clock. */
	readonly now: number;
	/** Which line of the log it is, from 1 on, and of how many. */
	readonly line: number;
	readonly lines: number;
};

/** The whole message of an item: what it is, when it began and ended, its number, then its text, wrapped. */
export function logMessageLines(item: LogItem, {width, zone, search, now, line, lines}: LogMessageOptions): readonly Cell[] {
	const type = wordsOf(item.type) || '-';
	const tone = statusTone(type);
	const usn = item.usn === unreadable ? '?' : item.usn ?? '-';
	const took = tookMs(item);
	const moment = (at: Field<number>) => typeof at === 'number' ? fullTime(at, now, zone) : wordsOf(at === undefined ? undefined : unreadable) || '-';
	const facts: ReadonlyArray<readonly [label: string, value: string]> = [
		['Line', `${count(line)} of ${count(lines)}, usn ${usn}`],
		['Began', moment(item.createdAt)],
		['Ended', `${moment(item.endedAt)}${took === undefined ? '' : `, took ${longDuration(took)}`}`],
	];
	const texts = wrapText(wordsOf(item.text), width - 2, mostLines);
	return [
		fitCell([{text: ' Type   ', tone: 'dim'}, {text: type, tone}], width),
		...facts.map(([label, value]) => fitCell([{text: ` ${label.padEnd(6)} `, tone: 'dim'}, {text: value}], width)),
		fitCell([{text: ' '}], width),
		...(texts.length === 0 ? ['(no text)'] : texts).map(text => fitCell([{text: ' '}, ...withHits(text, search, textTone(tone))], width)),
	];
}
