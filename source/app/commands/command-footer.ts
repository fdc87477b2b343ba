import type {CommandLayer, FooterLine} from '../shared/state/layers.js';

/** The two last lines while a command is typed. */
export function commandFooter({line: {prompt, answer}}: CommandLayer): FooterLine {
	return {
		message: answer === undefined ? undefined : [{text: ` ${answer}`, tone: 'strong'}],
		prompt: {lead: ' :', prompt, note: 'Tab completes'},
	};
}
