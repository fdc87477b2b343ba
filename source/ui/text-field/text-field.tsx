import {Box} from 'ink';
import {fitCell} from '../text/fit-cell.js';
import {cutText, drawable, textWidth} from '../text/text.js';
import {Line} from '../line.js';
import type {Prompt} from './edit.js';

export type TextFieldProps = {
	/** The question, before the text. */
	readonly lead: string;
	readonly prompt: Prompt;
	/** A text at the end of the line. */
	readonly note?: string;
	/** Draws a star for each character. */
	readonly isSecret?: boolean;
	/** Draws the cursor. */
	readonly isFocused: boolean;
	readonly width: number;
};

/** The columns that the text has beside a note at least; with less the note is left out. */
const minBesideNote = 4;

/** The columns that the question leaves to the text at least. */
const minText = 12;

/** A line of text that is edited: the part that fits, always with the cursor. The cursor of the terminal stays hidden; this one is drawn inverse. */
export function TextField({lead, prompt: {text, cursor}, note = '', isSecret = false, isFocused, width}: TextFieldProps) {
	const asks = cutText(lead, Math.max(4, width - minText), 'middle');
	const shown = (part: string) => isSecret ? '*'.repeat(charactersOf(part).length) : drawable(part);
	const wide = Math.max(1, width - textWidth(asks) - 2);
	const beside = wide - textWidth(note);
	const room = beside >= minBesideNote ? beside : wide;
	const end = beside >= minBesideNote ? note : '';
	const [under, ...behind] = charactersOf(text.slice(cursor));
	// At the end of a secret no character is under the cursor, so there is no star.
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

// The last graphemes that fit, none of them cut.
function tail(text: string, width: number): string {
	const characters = charactersOf(text);
	let left = width;
	const from = characters.findLastIndex(character => {
		left -= textWidth(character);
		return left < 0;
	});
	return characters.slice(from + 1).join('');
}

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

function charactersOf(text: string): string[] {
	return [...graphemes.segment(text)].map(({segment}) => segment);
}
