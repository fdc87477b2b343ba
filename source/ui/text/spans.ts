/** The meaning of a piece of text; a theme gives it a colour. */
export type Tone = 'plain' | 'dim' | 'strong' | 'good' | 'active' | 'warning' | 'bad';

/** A piece of text with one meaning. */
export type Span = {
	readonly text: string;
	readonly tone?: Tone;
};

/** A line of text, or the text of a table cell. */
export type Cell = readonly Span[];
