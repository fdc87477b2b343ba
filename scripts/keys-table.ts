import {helpOf} from '../source/app/help/help.js';

const places = [
	['list', 'In the list'],
	['detail', 'In the detail'],
	['prompt', 'In the filter prompt'],
	['command', 'On the command line'],
	['columns', 'In the choice of columns'],
	['lines', 'In what changed'],
	['help', 'In the help'],
	['password', 'At the password prompt'],
	['connect', 'In the Connect view'],
] as const;

/** The key table of the README, from the table that binds the keys. */
export function keysTable(): string {
	return places.map(([place, words]) => {
		const rows = helpOf(place).map(({keys, label}) => `| ${keys.split(' ').map(key => `\`${key.replace('|', String.raw`\|`)}\``).join(' ')} | ${label} |`);
		return `**${words}**\n\n| key | does |\n| --- | --- |\n${rows.join('\n')}\n`;
	}).join('\n');
}
