import {count} from '../../../ui/format.js';
import {textWidth} from '../../../ui/text/text.js';
import type {ParsedFilter} from './filter-language.js';

/** The columns that what is typed has at the least beside a problem. */
const leastRoom = 16;

export type NoteOptions = Pick<ParsedFilter, 'problem' | 'hint'> & {
	/** How many rows pass, of how many that are loaded. */
	readonly shown: number;
	readonly total: number;
	readonly width: number;
};

/**
What is shown at the end of the filter prompt: how many rows pass, before it, where the width allows, what is wrong with the
text; where nothing passes, what in it may be.
*/
export function promptNote({shown, total, problem, hint, width}: NoteOptions): string {
	const amount = `${count(shown)} of ${count(total)}`;
	const said = problem ?? (shown === 0 ? hint : undefined);
	const whole = said === undefined ? amount : `${said}  ${amount}`;
	return textWidth(whole) + leastRoom <= width ? whole : amount;
}
