import {count} from './format.js';
import {textWidth} from './text.js';

/** The columns that what is typed has at the least beside a problem. */
const leastRoom = 16;

/** What stands at the end of the filter prompt: how many rows pass of those that are held, before it what is wrong with the text where the width allows. */
export function promptNote({shown, held, problem, width}: {shown: number; held: number; problem: string | undefined; width: number}): string {
	const amount = `${count(shown)} of ${count(held)}`;
	const whole = problem === undefined ? amount : `${problem}  ${amount}`;
	return textWidth(whole) + leastRoom <= width ? whole : amount;
}
