import {helpOf} from '../source/app/help/help.js';
import {helpTables} from '../source/app/tables.js';

const focuses = [
	['list', 'In the list'],
	['detail', 'In the detail'],
	['filter', 'In the filter prompt'],
	['command', 'On the command line'],
	['columns', 'In the choice of columns'],
	['report', 'In what changed'],
	['help', 'In the help'],
	['password', 'At the password prompt'],
	['connect', 'In the Connect view'],
] as const;

/** The key table of the README, from the table that binds the keys. */
export function keysTable(): string {
	return focuses.map(([focus, words]) => {
		const rows = helpOf(helpTables.keys, focus).map(({keys, label}) => `| ${keys.split(' ').map(key => `\`${key.replace('|', String.raw`\|`)}\``).join(' ')} | ${label} |`);
		return `**${words}**\n\n| key | does |\n| --- | --- |\n${rows.join('\n')}\n`;
	}).join('\n');
}
