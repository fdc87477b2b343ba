import {helpOf} from '../source/view/help.js';

const places = [
	['list', 'In the list'],
	['detail', 'In the detail'],
	['prompt', 'In the filter prompt'],
	['help', 'In the help'],
	['password', 'At the password prompt'],
	['connect', 'In the Connect view'],
] as const;

const marks = ['<!-- keys: written by npm run readme -->', '<!-- end of keys -->'] as const;

/** The key table of the README, from the table that binds the keys. */
export function keysTable(): string {
	return places.map(([place, words]) => {
		const rows = helpOf(place).map(({keys, label}) => `| ${keys.split(' ').map(key => `\`${key.replace('|', String.raw`\|`)}\``).join(' ')} | ${label} |`);
		return `**${words}**\n\n| key | does |\n| --- | --- |\n${rows.join('\n')}\n`;
	}).join('\n');
}

/** The README with its key table as it should be. */
export function withKeys(readme: string): string {
	const from = readme.indexOf(marks[0]);
	const to = readme.indexOf(marks[1]);
	if (from === -1 || to < from) {
		throw new Error('README.md has lost the marks around its key table.');
	}

	return `${readme.slice(0, from + marks[0].length)}\n\n${keysTable()}\n${readme.slice(to)}`;
}
