import {Box} from 'ink';
import {fitCell} from '../text/fit-cell.js';
import {cutText, drawable, textWidth} from '../text/text.js';
import {Line} from '../line.js';
import type {Prompt} from './edit.js';

export type TextFieldProps = {
	/** What stands before the text. */
	readonly lead: string;
	readonly prompt: Prompt;
	/** What stands at the end of the line. */
	readonly note?: string;
	/** Draws a star for each character. */
	readonly isSecret?: boolean;
	/** Draws the cursor. */
	readonly isFocused: boolean;
	readonly width: number;
};

/** The columns that text has beside a note at the least; else the note gives way. */
const leastRoom = 4;

/** The columns of the line that what stands before the text leaves to it. */
const leastText = 12;

/** A line of text that is edited; as much of it as fits, the cursor always among it. The terminal's own cursor stays hidden: this one is drawn in reverse. */
export function TextField({lead, prompt: {text, cursor}, note = '', isSecret = false, isFocused, width}: TextFieldProps) {
	const asks = cutText(lead, Math.max(4, width - leastText), 'middle');
	const shown = (part: string) => isSecret ? '*'.repeat(charactersOf(part).length) : drawable(part);
	const wide = Math.max(1, width - textWidth(asks) - 2);
	const beside = wide - textWidth(note);
	const room = beside >= leastRoom ? beside : wide;
	const end = beside >= leastRoom ? note : '';
	const [under, ...behind] = charactersOf(text.slice(cursor));
	// Behind the last character there is nothing to hide.
	const at = under === undefined ? ' ' : shown(under);
	const before = tail(shown(text.slice(0, cursor)), room - textWidth(at));
	const after = fitCell([{text: shown(behind.join(''))}], Math.max(0, room - textWidth(before) - textWidth(at)));
	return (
		<Box>
			<Line cell={[{text: asks, tone: isFocused ? 'strong' : 'plain'}, {text: before}]}/>
			<Line isInverse={isFocused} cell={[{text: at}]}/>
			<Line cell={[...after, {text: ' '}, {text: end, tone: 'dim'}]}/>
		</Box>
	);
}

// The last characters that fit, none of them cut in half.
function tail(text: string, width: number): string {
	const kept = charactersOf(text);
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
