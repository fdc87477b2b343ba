import {helpTables} from '../source/app/tables.js';

/** The README's table of commands, from the table that runs them. */
export function commandsTable(): string {
	return `| typed | does |\n| --- | --- |\n${helpTables.commands.map(({word, label}) => `| \`:${word}\` | ${label} |`).join('\n')}\n`;
}
