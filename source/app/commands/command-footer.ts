import type {FooterLine} from '../sign-in/sign-in-line.js';
import type {CommandLine} from './command-line.js';

/** The two last lines while a command is typed. */
export function commandFooter({prompt, said}: CommandLine): FooterLine {
	return {
		message: said === undefined ? undefined : [{text: ` ${said}`, tone: 'strong'}],
		prompt: {lead: ' :', prompt, note: 'Tab completes'},
	};
}
