import {filterHelp} from '../source/app/shared/filters/filter-language.js';

/** The README's table of filter words, from the tables that parse them. */
export function filterTable(): string {
	return `| typed | finds |\n| --- | --- |\n${filterHelp.map(({word, label}) => `| \`${word}\` | ${label} |`).join('\n')}\n`;
}
