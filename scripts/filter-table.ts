import {filterHelp} from '../source/app/shared/filters/filter-language.js';

/** The table of the README of what can be typed in the filter, from the tables that read it. */
export function filterTable(): string {
	return `| typed | finds |\n| --- | --- |\n${filterHelp.map(({word, label}) => `| \`${word}\` | ${label} |`).join('\n')}\n`;
}
