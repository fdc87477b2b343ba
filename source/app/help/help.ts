import {columnsFor, type Watching} from '../shared/columns/columns.js';
import {commandHelp} from '../commands/commands.js';
import {connectBindings} from '../connect/connect-keys.js';
import type {ConnectFocus} from '../connect/connect.js';
import type {Drawing} from '../../ui/drawing.js';
import {filterHelp} from '../shared/filters/filter-language.js';
import {cellWidth} from '../../ui/text/fit-cell.js';
import {bindings, keyWord, type KeyWords} from '../keymap.js';
import {searchText} from '../shared/rows/rows.js';
import type {Focus} from '../screen-state.js';
import type {Cell} from '../../ui/text/spans.js';
import {wrapText} from '../../ui/text/text.js';
import {windowHelp} from '../window/legend.js';

const focusWords: ReadonlyArray<readonly [Focus, string]> = [
	['list', 'LIST'],
	['detail', 'DETAIL'],
	['log', 'LOG OF A SESSION'],
	['log-search', 'SEARCH PROMPT'],
	['prompt', 'FILTER PROMPT'],
	['command', 'COMMAND LINE'],
	['columns', 'CHOICE OF COLUMNS'],
	['lines', 'WHAT CHANGED'],
	['help', 'HELP'],
	['help-search', 'SEARCH IN THE HELP'],
	['copy', 'TEXT TO COPY'],
	['password', 'PASSWORD PROMPT'],
	['keep-password', 'KEEP THE PASSWORD?'],
];

// Where the words of a line begin; those that do not fit go on below them, on so many lines at most.
const helpIndent = 19;
const mostLines = 8;

/** The keys of monitor and Connect view. */
const everyBinding: readonly KeyWords[] = [...bindings, ...connectBindings];

/** The keys and words of a place, in the order of the key table. */
export function helpOf(place: Focus | ConnectFocus): ReadonlyArray<{readonly keys: string; readonly label: string}> {
	return everyBinding
		.filter(({focuses}) => focuses.includes(place))
		.map(({keys, label}) => ({keys: keys.map(key => keyWord(key)).join(' '), label}));
}

/**
Every key of the program, by place, then what the columns mean and what a filter can be, as lines; the place that is open comes
first, and with the bars of Window what they are drawn of follows it.
*/
export function helpLines(place: Focus, watching: Watching, drawing: Drawing): readonly Cell[] {
	const columnLines = columnsFor(watching).map(({heading, label}) => helpLine(heading, label));
	const filterLines = filterHelp.map(({word, label}) => helpLine(word, label));
	const ordered = focusWords.toSorted(([a], [b]) => Number(b === place) - Number(a === place));
	const [here, ...others] = ordered.map(([name, words]) => part(words, helpOf(name).map(({keys, label}) => helpLine(keys, label))));
	const commandLines = commandHelp.map(({word, label}) => helpLine(word, label));
	const bars = part('BARS OF WINDOW', windowHelp(drawing).map(({word, label}) => helpLine(word, label)));
	const isOfBars = watching.list === 'window' && place === 'list';
	return [
		...here!.slice(1),
		...(isOfBars ? [bars, ...others] : others).flat(),
		...part('COMMANDS', commandLines),
		...part('COLUMNS', columnLines),
		...part('FILTER', filterLines),
		...(isOfBars ? [] : bars),
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
	const kept: Cell[] = [];
	for (const line of lines) {
		const said = searchText(line.map(span => span.text).join(''));
		const hasAll = words.every(word => said.includes(word));
		if (line[0]?.tone === 'strong') {
			heading = line;
			isPartMeant = hasAll;
		} else if (said.trim() !== '' && (isPartMeant || hasAll)) {
			kept.push(...(heading ? [heading] : []), line);
			heading = undefined;
		}
	}

	return kept.length === 0 ? [[{text: ' No line has all of these words.'}]] : kept;
}

function part(heading: string, lines: readonly Cell[]): Cell[] {
	return [[{text: ' '}], [{text: ` ${heading}`, tone: 'strong'}], ...lines];
}

function helpLine(word: string, label: string): Cell {
	return [{text: `  ${word} `.padEnd(helpIndent), tone: 'active'}, {text: label}];
}
