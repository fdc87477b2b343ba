import {cellWidth} from '../../ui/text/fit-cell.js';
import type {Cell} from '../../ui/text/spans.js';
import {wrapText} from '../../ui/text/text.js';
import {columnsFor, type Watching} from '../shared/columns/columns.js';
import {filterHelp} from '../shared/filters/filter-language.js';
import {searchText} from '../shared/rows/rows.js';
import {keyWord, type HelpTables, type KeyWords} from '../shared/state/key-table.js';

/** Where keys can go, in the order of the help, and what that is called there. */
const focusWords: ReadonlyArray<readonly [focus: string, words: string]> = [
	['list', 'LIST'],
	['detail', 'DETAIL'],
	['log', 'LOG OF A SESSION'],
	['log-search', 'SEARCH PROMPT'],
	['filter', 'FILTER PROMPT'],
	['command', 'COMMAND LINE'],
	['columns', 'CHOICE OF COLUMNS'],
	['report', 'WHAT CHANGED'],
	['help', 'HELP'],
	['help-search', 'SEARCH IN THE HELP'],
	['copy', 'TEXT TO COPY'],
	['password', 'PASSWORD PROMPT'],
	['keep-password', 'KEEP THE PASSWORD?'],
];

// Where the words of a line begin; those that do not fit go on below them, on so many lines at most.
const helpIndent = 19;
const mostLines = 8;

/** The keys and words of a focus, in the order of the key table. */
export function helpOf(keys: readonly KeyWords[], focus: string): ReadonlyArray<{readonly keys: string; readonly label: string}> {
	return keys
		.filter(({focuses}) => focuses.includes(focus))
		.map(({keys: names, label}) => ({keys: names.map(key => keyWord(key)).join(' '), label}));
}

export type HelpOptions = {
	/** What is read below the help: its keys come first. */
	readonly focus: string;
	readonly watching: Watching;
	readonly tables: HelpTables;
	/** What the bars of Window are drawn of. */
	readonly bars: ReadonlyArray<{readonly word: string; readonly label: string}>;
};

/**
Every key of the program, by where it goes, then what the columns mean and what a filter can be, as lines; with the bars of
Window what they are drawn of follows its keys.
*/
export function helpLines({focus, watching, tables, bars}: HelpOptions): readonly Cell[] {
	const wordLines = (entries: HelpOptions['bars']) => entries.map(({word, label}) => helpLine(word, label));
	const ordered = focusWords.toSorted(([a], [b]) => Number(b === focus) - Number(a === focus));
	const [here, ...others] = ordered.map(([name, words]) => part(words, helpOf(tables.keys, name).map(({keys, label}) => helpLine(keys, label))));
	const barPart = part('BARS OF WINDOW', wordLines(bars));
	const isOfBars = watching.list === 'window' && focus === 'list';
	return [
		...here!.slice(1),
		...(isOfBars ? [barPart, ...others] : others).flat(),
		...part('COMMANDS', wordLines(tables.commands)),
		...part('COLUMNS', columnsFor(watching).map(({heading, label}) => helpLine(heading, label))),
		...part('FILTER', wordLines(filterHelp)),
		...(isOfBars ? [] : barPart),
	];
}

/** The lines in `width` columns: what does not fit goes on in the next line, below the words. */
export function foldedHelp(lines: readonly Cell[], width: number): readonly Cell[] {
	return lines.flatMap((line): readonly Cell[] => {
		const [lead, words] = line;
		if (!lead || !words || cellWidth(line) <= width) {
			return [line];
		}

		const below = wrapText(words.text, Math.max(1, width - helpIndent), mostLines).map((text): Cell => [{text: ' '.repeat(helpIndent)}, {...words, text}]);
		const [first = [], ...rest] = below;
		return cellWidth([lead]) > helpIndent
			? [...wrapText(lead.text, Math.max(1, width - 2), mostLines).map((text): Cell => [{...lead, text: `  ${text}`}]), ...below]
			: [[lead, ...first.slice(1)], ...rest];
	});
}

/** The lines that have all the words, each below the heading of its part, and all of a part whose heading has them; all of them without words. */
export function filteredHelp(lines: readonly Cell[], text: string): readonly Cell[] {
	const words = searchText(text).split(/\s+/v).filter(Boolean);
	if (words.length === 0) {
		return lines;
	}

	let heading: Cell | undefined;
	let isPartMeant = false;
	const matching: Cell[] = [];
	for (const line of lines) {
		const said = searchText(line.map(span => span.text).join(''));
		const hasAll = words.every(word => said.includes(word));
		if (line[0]?.tone === 'strong') {
			heading = line;
			isPartMeant = hasAll;
		} else if (said.trim() !== '' && (isPartMeant || hasAll)) {
			matching.push(...(heading ? [heading] : []), line);
			heading = undefined;
		}
	}

	return matching.length === 0 ? [[{text: ' No line has all of these words.'}]] : matching;
}

function part(heading: string, lines: readonly Cell[]): Cell[] {
	return [[{text: ' '}], [{text: ` ${heading}`, tone: 'strong'}], ...lines];
}

function helpLine(word: string, label: string): Cell {
	return [{text: `  ${word} `.padEnd(helpIndent), tone: 'active'}, {text: label}];
}
