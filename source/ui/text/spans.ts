/** What a piece of text means; a theme gives it colour, words carry it without. */
export type Tone = 'plain' | 'dim' | 'strong' | 'good' | 'active' | 'warning' | 'bad';

/** A piece of text with one meaning. */
export type Span = {
	readonly text: string;
	readonly tone?: Tone;
};

/** What a column shows of a row, before it is cut or filled to the column's width. */
export type Cell = readonly Span[];
