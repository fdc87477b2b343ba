import {Box} from 'ink';
import {fitCell} from './text/fit-cell.js';
import type {Prompt} from './text-field/edit.js';
import type {Cell, Span} from './text/spans.js';
import {textWidth} from './text/text.js';
import {Line} from './line.js';
import {Rule} from './rule.js';
import {TextField} from './text-field/text-field.js';

/** A line of text that is edited in the line of the keys. */
export type FooterPrompt = {
	/** The question, before the text. */
	readonly lead: string;
	readonly prompt: Prompt;
	/** A text at the end of the line. */
	readonly note: string;
	readonly isSecret?: boolean;
};

export type FooterProps = {
	/** Details of the selected row; without them the footer is a line shorter. */
	readonly details?: Cell;
	readonly message: Cell;
	/** The keys that work here, the most useful first; the last two, help and the key that leaves, are always shown. */
	readonly keys: ReadonlyArray<{readonly key: string; readonly words: string}>;
	readonly prompt?: FooterPrompt;
	readonly width: number;
};

/** The lines at the bottom: details of the row, last message, keys or prompt. */
export function Footer({details, message, keys, prompt, width}: FooterProps) {
	return (
		<Box flexDirection='column'>
			<Rule width={width}/>
			{details && <Line cell={fitCell(details, width)}/>}
			<Line cell={fitCell(message, width)}/>
			{prompt ? <TextField {...prompt} isFocused width={width}/> : <Line cell={keysLine(keys, width)}/>}
		</Box>
	);
}

// The keys that fit, and always the last two.
function keysLine(keys: FooterProps['keys'], width: number): Cell {
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
