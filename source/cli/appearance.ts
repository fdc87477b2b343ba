import {UsageError} from '../model/errors.js';
import type {Style} from '../ui/appearance-context.js';
import {themeOf, type Background, type Depth} from '../ui/theme.js';
import {drawings, type DrawingName} from '../ui/drawing.js';

/** How vbtop looks in this terminal. */
export type Appearance = {
	readonly depth: Depth;
	readonly background: Background;
	readonly drawing: DrawingName;
	/** Whether the locale says that the terminal can show nothing but ASCII. */
	readonly isTextAscii: boolean;
};

type ThemeName = (typeof themeNames)[number];

type Environment = Readonly<Record<string, string | undefined>>;

/** What decides how vbtop looks. */
export type AppearanceOptions = {
	/** `color` is undefined without `--color` and `--no-color`. */
	readonly flags: {readonly color?: boolean; readonly theme?: ThemeName; readonly ascii?: boolean};
	readonly environment: Environment;
	readonly platform: NodeJS.Platform;
};

/** How vbtop looks: by flags, else by the environment. Throws `UsageError` for an unknown theme in the environment. */
export function appearanceOf({flags, environment, platform}: AppearanceOptions): Appearance {
	const locale = localeOf(environment);
	// A locale that is not set says nothing about the terminal: in containers and over ssh it is usually UTF-8.
	const isTextAscii = locale !== '' && !utf8.test(locale);
	return {
		depth: flags.color ?? wantsColors(environment) ? forcedDepth(environment) ?? depthOf(environment, platform) : 'none',
		background: backgroundOf(flags.theme, environment),
		drawing: flags.ascii ? 'ascii' : drawingOf(locale, environment, platform),
		isTextAscii,
	};
}

/** Theme and characters that the views draw with. */
export function styleOf({depth, background, drawing, isTextAscii}: Appearance): Style {
	return {theme: themeOf(depth, background), drawing: drawings[drawing], isTextAscii};
}

/** The level of chalk, which Ink colours with: by itself chalk would read flags and variables. Bold and inverse need 1. */
export const chalkLevels = {none: 1, 16: 1, 256: 2, true: 3} as const satisfies Readonly<Record<Depth, number>>;

// Colours by the name of the terminal; all others have 16.
const terminals: ReadonlyArray<readonly [name: RegExp, depth: Depth]> = [
	[/^(?:alacritty|foot|wezterm|xterm-ghostty|xterm-kitty)|-direct$/v, 'true'],
	[/-256color$/v, '256'],
];

// `NO_COLOR` (no-color.org), `FORCE_COLOR` (force-color.org) and `CLICOLOR` (bixense.com/clicolors), in this order. An empty variable counts as not set.
function wantsColors({NO_COLOR: none = '', FORCE_COLOR: forced = '', CLICOLOR_FORCE: always = '', CLICOLOR: colors = ''}: Environment): boolean {
	if (none !== '') {
		return false;
	}

	return forced === '' ? (always !== '' && always !== '0') || colors !== '0' : !/^(?:0|false)$/iv.test(forced);
}

const forcedDepths: Readonly<Record<string, Depth>> = {1: '16', 2: '256', 3: 'true'};

function forcedDepth({FORCE_COLOR: level = ''}: Environment): Depth | undefined {
	return Object.hasOwn(forcedDepths, level) ? forcedDepths[level] : undefined;
}

function depthOf(environment: Environment, platform: NodeJS.Platform): Depth {
	const {TERM: term = '', COLORTERM: colours = '', TMUX: tmux} = environment;
	// Windows does not name its terminals; all on which this Node runs have true colour.
	if (platform === 'win32' && term === '') {
		return 'true';
	}

	// GNU screen passes on COLORTERM of the terminal around it, without true colour itself; tmux has it, or translates.
	const isScreen = term.startsWith('screen') && tmux === undefined;
	return /^(?:truecolor|24bit)$/iv.test(colours) && !isScreen ? 'true' : terminals.find(([name]) => name.test(term))?.[1] ?? '16';
}

/** The values of `--theme` and `VBTOP_THEME`. */
export const themeNames = ['auto', 'dark', 'light'] as const;

function backgroundOf(flag: ThemeName | undefined, environment: Environment): Background {
	const {VBTOP_THEME: variable = ''} = environment;
	const theme = flag ?? themeNames.find(name => name === (variable === '' ? 'auto' : variable).toLowerCase());
	if (theme === undefined) {
		throw new UsageError(`VBTOP_THEME does not know "${variable}".`, `Themes: ${themeNames.join(', ')}.`);
	}

	return theme === 'auto' ? detectedBackground(environment) : theme;
}

// Some terminals give the colours they start with: `15;0`, `0;default;15`.
function detectedBackground({COLORFGBG: colors = '', TERM: term}: Environment): Background {
	const ground = /;(?<number>\d+)$/v.exec(colors)?.groups?.['number'];
	if (ground !== undefined) {
		return ground === '7' || ground === '15' ? 'light' : 'dark';
	}

	return term === 'linux' ? 'dark' : 'unknown';
}

const utf8 = /utf-?8/iv;

// In these locales some terminals draw lines and blocks two columns wide.
const eastAsian = /^(?:ja|ko|zh)/v;

function localeOf({LC_ALL: all, LC_CTYPE: characters, LANG: language}: Environment): string {
	return [all, characters, language].find(value => value !== undefined && value !== '') ?? '';
}

function drawingOf(locale: string, environment: Environment, platform: NodeJS.Platform): DrawingName {
	const isUnicode = utf8.test(locale) || (locale === '' && platform === 'win32');
	if (!isUnicode || eastAsian.test(locale)) {
		return 'ascii';
	}

	return environment['TERM'] === 'linux' ? 'console' : 'unicode';
}
