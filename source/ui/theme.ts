import type {TextProps} from 'ink';
import type {Tone} from './text/spans.js';

/** How each meaning looks; words say it as well, so nothing is lost without colour. */
export type Theme = Readonly<Record<Tone, Pick<TextProps, 'color' | 'bold' | 'dimColor'>>>;

/** How many colours a terminal has: none, those of its palette, 256, or any. */
export type Depth = 'none' | '16' | '256' | 'true';

/** What colours stand on; where that is not known, they are read on either. */
export type Background = 'dark' | 'light' | 'unknown';

/** Weights are no colours: they stay where colour is unwanted. */
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
The 16 are names, so that the user's palette rules; most palettes have no yellow or cyan that can
be read on white. The others keep a contrast of 4.5 to black or white, and of 4 to both where
the background is not known: more is not possible there.
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

/** The theme for what the terminal has. */
export function themeOf(depth: Depth, background: Background): Theme {
	const palette = colours[depth][background];
	return Object.fromEntries(tones.map(tone => [tone, {...weights[tone], color: palette[tone]}])) as Theme;
}
