import {Box} from 'ink';
import {fitCell} from '../view/fit-cell.js';
import {shortKeys} from '../view/keys.js';
import type {Prompt} from '../view/prompt.js';
import type {Place} from '../view/screen.js';
import type {Cell, Span} from '../view/spans.js';
import {drawable, textWidth} from '../view/text.js';
import {Line} from './line.js';

export type FooterProps = {
	/** Details of the selected row; undefined where the place has none. */
	readonly details?: Cell;
	readonly message: Cell;
	readonly place: Place;
	readonly prompt: Prompt | undefined;
	/** How many rows the filter in the prompt lets pass. */
	readonly matches: string;
	readonly width: number;
};

/** The lines at the bottom: details of the row, last message, keys or the prompt. */
export function Footer({details, message, place, prompt, matches, width}: FooterProps) {
	return (
		<Box flexDirection='column'>
			<Line cell={[{text: '-'.repeat(width), tone: 'dim'}]}/>
			{details && <Line cell={fitCell(details, width)}/>}
			<Line cell={fitCell(message, width)}/>
			{prompt ? <PromptLine prompt={prompt} matches={matches} width={width}/> : <Line cell={keysLine(place, width)}/>}
		</Box>
	);
}

// The keys that fit, the most useful first; help and the way out always among them.
function keysLine(place: Place, width: number): Cell {
	const keys = shortKeys(place);
	const spans = (count: number): Span[] => [...keys.slice(0, count), ...keys.slice(Math.max(count, keys.length - 2))]
		.flatMap(({key, words}, index) => [{text: `${index === 0 ? ' ' : '  '}${key} `, tone: 'strong'}, {text: words, tone: 'dim'}]);
	for (let count = keys.length; count > 0; count--) {
		const line = spans(count);
		if (line.reduce((sum, {text}) => sum + textWidth(text), 0) <= width) {
			return fitCell(line, width);
		}
	}

	return fitCell(spans(0), width);
}

// The terminal's own cursor stays hidden; the prompt's is drawn in reverse.
function PromptLine({prompt: {text, cursor}, matches, width}: {readonly prompt: Prompt; readonly matches: string; readonly width: number}) {
	const room = Math.max(4, width - 4 - matches.length);
	const [under = ' ', ...behind] = charactersOf(text.slice(cursor));
	const at = drawable(under);
	const before = tail(text.slice(0, cursor), room - textWidth(at));
	const after = fitCell([{text: behind.join('')}], Math.max(0, room - textWidth(before) - textWidth(at)));
	return (
		<Box>
			<Line cell={[{text: ' /', tone: 'strong'}, {text: before}]}/>
			<Line isInverse cell={[{text: at}]}/>
			<Line cell={[...after, {text: ' '}, {text: matches, tone: 'dim'}]}/>
		</Box>
	);
}

// The last characters that fit, none of them cut in half.
function tail(text: string, width: number): string {
	const kept = charactersOf(drawable(text));
	let left = width;
	const from = kept.findLastIndex(character => {
		left -= textWidth(character);
		return left < 0;
	});
	return kept.slice(from + 1).join('');
}

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

function charactersOf(text: string): string[] {
	return [...graphemes.segment(text)].map(({segment}) => segment);
}
