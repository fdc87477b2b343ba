import {commandHelp} from '../source/app/commands/commands.js';

/** The table of the README of what the command line takes, from the table that runs it. */
export function commandsTable(): string {
	return `| typed | does |\n| --- | --- |\n${commandHelp.map(({word, label}) => `| \`:${word}\` | ${label} |`).join('\n')}\n`;
}
