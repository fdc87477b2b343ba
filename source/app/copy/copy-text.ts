import {forClipboard, type CopyWay} from '../../model/clipboard-text.js';
import {drawable, fits, textWidth} from '../../ui/text/text.js';

const ways: Readonly<Record<CopyWay, (what: string) => string>> = {
	tmux: what => `${what} copied: in tmux, and sent on to the clipboard of its terminal`,
	osc52: what => `${what} sent to the terminal's clipboard (OSC 52); same key again shows it`,
	screen: what => `this terminal has no clipboard for programs: select the ${what}`,
};

/** What became of it in words: `session id copied: in tmux, and sent on to the clipboard of its terminal`. */
export function copyWords(what: string, way: CopyWay): string {
	return ways[way](what);
}

/**
The same text to be selected on the screen: lines of at most `width` columns (8 or more). Nothing is
cut; what follows of a longer line is shown below it, as far from the left as its beginning.
*/
export function copyLines(text: string, width: number): string[] {
	return forClipboard(text).split('\n').flatMap(line => fits(line, width) ? [drawable(line)] : brokenLine(line, width));
}

const clusters = new Intl.Segmenter('en', {granularity: 'grapheme'});

// Cluster by cluster: a text of thousands of characters is measured once, not anew for each of its lines.
function brokenLine(line: string, width: number): string[] {
	const indent = ' '.repeat(Math.min(line.length - line.trimStart().length, Math.floor(width / 2)));
	const room = width - indent.length;
	const lines: string[] = [];
	let current = '';
	let columns = 0;
	const segments = [...clusters.segment(drawable(line).trim())];
	// A cluster of marks without end is no longer one.
	for (const segment of segments.flatMap(({segment: whole}) => textWidth(whole) > room ? [...whole] : [whole])) {
		if (current !== '' && columns + textWidth(segment) > room) {
			const part = segment === ' ' ? current : beforeLastWord(current, room);
			lines.push(indent + part.trimEnd());
			current = current.slice(part.length).trimStart();
			columns = textWidth(current);
		}

		if (current === '' && segment === ' ') {
			continue;
		}

		current += segment;
		columns += textWidth(segment);
	}

	return [...lines, indent + current];
}

// A word that would leave most of its line empty is broken itself.
function beforeLastWord(text: string, room: number): string {
	const space = text.lastIndexOf(' ');
	return space > room / 3 ? text.slice(0, space) : text;
}
