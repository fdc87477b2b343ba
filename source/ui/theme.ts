import type {Tone} from './text/spans.js';

/** The style of each meaning, as properties of Ink's `Text`; the words of a text carry the meaning without it. */
export type Theme = Readonly<Record<Tone, {readonly color?: string; readonly bold?: boolean; readonly dimColor?: boolean}>>;

/** How many colours a terminal has: none, those of its palette, 256, or any. */
export type Depth = 'none' | '16' | '256' | 'true';

/** The background of the terminal; for an unknown one the colours are readable on both. */
export type Background = 'dark' | 'light' | 'unknown';

/** Also used without colours. */
const weights: Theme = {
	plain: {},
	dim: {dimColor: true},
	strong: {bold: true},
	good: {},
	active: {},
	warning: {},
	bad: {bold: true},
};

const tones = Object.keys(weights) as Tone[];

type Colours = Readonly<Partial<Record<Tone, string>>>;

/*
The 16 are names, so that the user's palette is used; in most palettes yellow and cyan are not readable
on white. The others have a contrast of 4.5 to black or white, and of 4 to both where the background
is not known: more is not possible there.
*/
const colours: Readonly<Record<Depth, Readonly<Record<Background, Colours>>>> = {
	none: {dark: {}, light: {}, unknown: {}},
	16: {
		dark: {good: 'green', active: 'cyan', warning: 'yellow', bad: 'red'},
		light: {good: 'green', active: 'blue', warning: 'magenta', bad: 'red'},
		unknown: {good: 'green', active: 'cyan', warning: 'magenta', bad: 'red'},
	},
	256: {
		dark: {good: 'ansi256(114)', active: 'ansi256(80)', warning: 'ansi256(179)', bad: 'ansi256(203)'},
		light: {good: 'ansi256(28)', active: 'ansi256(25)', warning: 'ansi256(94)', bad: 'ansi256(160)'},
		unknown: {good: 'ansi256(29)', active: 'ansi256(31)', warning: 'ansi256(130)', bad: 'ansi256(161)'},
	},
	true: {
		dark: {good: '#7ec98f', active: '#6cc7e0', warning: '#e6b450', bad: '#ff6b6b'},
		light: {good: '#1a7f37', active: '#0969da', warning: '#8a5a00', bad: '#cf222e'},
		unknown: {good: '#2e8b57', active: '#2a85b8', warning: '#b07000', bad: '#e03c3c'},
	},
};

/** The theme for a number of colours and a background. */
export function themeOf(depth: Depth, background: Background): Theme {
	const palette = colours[depth][background];
	return Object.fromEntries(tones.map(tone => [tone, {...weights[tone], color: palette[tone]}])) as Theme;
}
