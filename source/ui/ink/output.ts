import {styledCharsFromTokens, styledCharsToString, tokenize, type StyledChar} from '@alcalzone/ansi-tokenize';
import stringWidth from 'string-width';
import {kept} from '../kept.js';

/*
What the bundle has in place of Ink's own Output (ink/build/output.js): the same lines for the same operations. Ink's takes the whole
frame apart into cells for every change; this one keeps each line by what was written to it, and takes apart those alone that are new.
*/

/** Half-open bounds in columns and rows; an edge that is undefined is unbounded. */
export type Clip = {
	readonly x1: number | undefined;
	readonly x2: number | undefined;
	readonly y1: number | undefined;
	readonly y2: number | undefined;
};

/** Changes a line; `index` is that of the line in its text. */
export type Transformer = (line: string, index: number) => string;

type Write = {readonly x: number; readonly y: number; readonly text: string; readonly transformers: readonly Transformer[]; readonly clip: Clip | undefined};

/** A text at a column of one line. */
type Piece = {readonly x: number; readonly text: string};

/** A frame that is drawn operation by operation: later ones lie over earlier ones. */
export default class Output {
	readonly #width: number;
	readonly #height: number;
	readonly #writes: Write[] = [];
	readonly #clips: Array<Clip | undefined> = [];

	/** @param size - columns and rows */
	constructor({width, height}: {readonly width: number; readonly height: number}) {
		this.#width = width;
		this.#height = height;
	}

	/** Writes a text of one or more lines, its first character at a column and a row. */
	write(x: number, y: number, text: string, {transformers}: {readonly transformers: readonly Transformer[]}): void {
		if (text !== '') {
			this.#writes.push({x, y, text, transformers, clip: this.#clips.at(-1)});
		}
	}

	/** Limits what is written until `unclip`, within the limits that hold already. */
	clip(clip: Clip): void {
		this.#clips.push(intersection(this.#clips.at(-1), clip));
	}

	unclip(): void {
		this.#clips.pop();
	}

	/** The frame: its lines without spaces at their ends, and how many there are. */
	get(): {readonly output: string; readonly height: number} {
		const rows = Array.from({length: this.#height}, (): Piece[] => []);
		for (const write of this.#writes) {
			place(write, rows);
		}

		return {output: rows.map(pieces => drawn(pieces, this.#width)).join('\n'), height: rows.length};
	}
}

const widthOf = kept((text: string) => stringWidth(text));

// Invisible characters that stand alone occupy no cell. A line of them takes some 10 KB: few are kept, as long as they are drawn.
const charactersOf = kept((text: string) => styledCharsFromTokens(tokenize(text)).filter(({value}) => !/^\p{Default_Ignorable_Code_Point}+$/v.test(value)), 100);

// Styles go on over the end of a line.
const linesOf = kept((text: string): readonly string[] => {
	const lines: StyledChar[][] = [[]];
	for (const character of charactersOf(text)) {
		if (character.value === '\n') {
			lines.push([]);
		} else {
			lines.at(-1)!.push(character);
		}
	}

	return lines.map(line => styledCharsToString(line));
});

const widestLineOf = kept((text: string) => Math.max(...text.split('\n').map(line => widthOf(line))));

function intersection(outer: Clip | undefined, inner: Clip): Clip {
	return {
		x1: tighter(outer?.x1, inner.x1, Math.max),
		x2: tighter(outer?.x2, inner.x2, Math.min),
		y1: tighter(outer?.y1, inner.y1, Math.max),
		y2: tighter(outer?.y2, inner.y2, Math.min),
	};
}

function tighter(a: number | undefined, b: number | undefined, choose: (a: number, b: number) => number): number | undefined {
	return a === undefined || b === undefined ? a ?? b : choose(a, b);
}

const isEmpty = (from: number | undefined, to: number | undefined) => from !== undefined && to !== undefined && from >= to;

// Hands the lines of a text to the rows that they lie on, as far as they are not clipped.
function place({x, y, text, transformers, clip}: Write, rows: readonly Piece[][]): void {
	if (clip && (isEmpty(clip.x1, clip.x2) || isEmpty(clip.y1, clip.y2))) {
		return;
	}

	const {x1, x2, y1, y2} = clip ?? {};
	let lines = linesOf(text);
	let left = x;
	let top = y;
	if (x1 !== undefined && x2 !== undefined) {
		if (x + widestLineOf(text) < x1 || x > x2) {
			return;
		}

		lines = lines.map(line => sliced(line, Math.max(0, x1 - x), Math.min(widthOf(line), x2 - x)));
		left = Math.max(x, x1);
	}

	if (y1 !== undefined && y2 !== undefined) {
		if (y + lines.length < y1 || y > y2) {
			return;
		}

		lines = lines.slice(Math.max(0, y1 - y), Math.min(lines.length, y2 - y));
		top = Math.max(y, y1);
	}

	for (const [index, line] of lines.entries()) {
		const row = rows[top + index];
		let changed = line;
		for (const transformer of row ? transformers : []) {
			changed = transformer(changed, top + index - y);
		}

		row?.push({x: left, text: changed});
	}
}

// A wide character of which only a half lies inside becomes a space in its style.
function sliced(line: string, from: number, to: number): string {
	const inside: StyledChar[] = [];
	let column = 0;
	for (const character of from < to ? charactersOf(line) : []) {
		const start = column;
		column += widthOf(character.value);
		if (start >= to) {
			break;
		}

		if (column > from) {
			inside.push(column - start > 1 && (start < from || column > to) ? blank(character) : character);
		}
	}

	return styledCharsToString(inside);
}

const blank = (character: StyledChar): StyledChar => ({...character, value: ' ', fullWidth: false});
const empty: StyledChar = {type: 'char', value: ' ', fullWidth: false, styles: []};

// The line that the pieces lead to, each over those before it.
function drawn(pieces: readonly Piece[], width: number): string {
	let key = String(width);
	for (const {x, text} of pieces) {
		key += ` ${x} ${text.length} ${text}`;
	}

	return lineOfKey(key, pieces, width);
}

const lineOfKey = kept((_key: string, pieces: readonly Piece[], width: number) => {
	const cells = Array.from({length: width}, () => empty);
	for (const piece of pieces) {
		draw(cells, piece);
	}

	// What is written far beyond the width leaves holes before it.
	return styledCharsToString(cells.filter(cell => (cell as StyledChar | undefined) !== undefined)).trimEnd();
});

// A wide character has two cells, the second of them without a value; one that is half covered leaves a space.
function draw(cells: StyledChar[], {x, text}: Piece): void {
	const characters = charactersOf(text);
	if (characters.length === 0) {
		return;
	}

	if (cells[x]?.value === '' && x > 0 && widthOf(cells[x - 1]?.value ?? '') > 1) {
		cells[x - 1] = blank(cells[x - 1]!);
	}

	let column = x;
	for (const character of characters) {
		cells[column] = character;
		const width = Math.max(1, widthOf(character.value));
		for (let offset = 1; offset < width; offset++) {
			cells[column + offset] = {type: 'char', value: column < 0 ? ' ' : '', fullWidth: false, styles: character.styles};
		}

		column += width;
	}

	if (cells[column]?.value === '') {
		cells[column] = blank(cells[column]!);
	}
}
