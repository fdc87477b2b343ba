import {UsageError} from '../model/errors.js';
import type {Style} from '../ui/appearance-context.js';
import {themeOf, type Background, type Depth} from '../ui/theme.js';
import {drawings, type DrawingName} from '../ui/drawing.js';

/** What was found of how vbtop is to look here. */
export type Appearance = {
	readonly depth: Depth;
	readonly background: Background;
	readonly drawing: DrawingName;
	/** Whether the locale says that the terminal can show nothing but ASCII. */
	readonly isTextAscii: boolean;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** What decides how vbtop looks. */
export type AppearanceOptions = {
	/** `color` is undefined unless it is said. */
	readonly flags: {readonly color?: boolean; readonly theme?: string; readonly ascii?: boolean};
	readonly environment: Environment;
	readonly platform: NodeJS.Platform;
};

/** How vbtop is to look: what flags say, else the environment. Throws `UsageError` for a theme that is unknown. */
export function appearanceOf({flags, environment, platform}: AppearanceOptions): Appearance {
	const locale = localeOf(environment);
	// A locale that nobody has set says nothing of the terminal: in containers and over ssh it is UTF-8 all the same.
	const isTextAscii = locale !== '' && !utf8.test(locale);
	const {NO_COLOR: unwanted = ''} = environment;
	const isColoured = flags.color ?? (unwanted === '');
	return {
		depth: isColoured ? depthOf(environment, platform) : 'none',
		background: backgroundOf(flags.theme, environment),
		drawing: flags.ascii ? 'ascii' : drawingOf(locale, environment, platform),
		isTextAscii,
	};
}

/** What the panes draw with. */
export function styleOf({depth, background, drawing, isTextAscii}: Appearance): Style {
	return {theme: themeOf(depth, background), drawing: drawings[drawing], isTextAscii};
}

/** How far chalk, which Ink colours with, may go: by itself it would read flags and variables of its own. Bold and inverse need 1. */
export const chalkLevels = {none: 1, 16: 1, 256: 2, true: 3} as const satisfies Readonly<Record<Depth, number>>;

// What a name of a terminal says; all others have 16.
const terminals: ReadonlyArray<readonly [name: RegExp, depth: Depth]> = [
	[/^(?:alacritty|foot|wezterm|xterm-ghostty|xterm-kitty)|-direct$/v, 'true'],
	[/-256color$/v, '256'],
];

function depthOf(environment: Environment, platform: NodeJS.Platform): Depth {
	const {TERM: term = '', COLORTERM: colours = '', TMUX: tmux} = environment;
	// Windows has no name for its terminals; all of those on which this Node runs can do it.
	if (platform === 'win32' && term === '') {
		return 'true';
	}

	// GNU screen passes on what the terminal around it can, and cannot do it; tmux can, or translates.
	const isScreen = term.startsWith('screen') && tmux === undefined;
	return /^(?:truecolor|24bit)$/iv.test(colours) && !isScreen ? 'true' : terminals.find(([name]) => name.test(term))?.[1] ?? '16';
}

const themeWords: Readonly<Record<string, Background | undefined>> = {auto: undefined, dark: 'dark', light: 'light'};

function backgroundOf(flag: string | undefined, environment: Environment): Background {
	const [from, word] = flag === undefined ? ['VBTOP_THEME', environment['VBTOP_THEME'] ?? ''] : ['--theme', flag];
	const theme = (word === '' ? 'auto' : word).toLowerCase();
	if (!Object.hasOwn(themeWords, theme)) {
		throw new UsageError(`${from} does not know "${word}".`, `Themes: ${Object.keys(themeWords).join(', ')}.`);
	}

	return themeWords[theme] ?? foundBackground(environment);
}

// Some terminals say the colours they start with: `15;0`, `0;default;15`.
function foundBackground({COLORFGBG: said = '', TERM: term}: Environment): Background {
	const ground = /;(?<number>\d+)$/v.exec(said)?.groups?.['number'];
	if (ground !== undefined) {
		return ground === '7' || ground === '15' ? 'light' : 'dark';
	}

	return term === 'linux' ? 'dark' : 'unknown';
}

const utf8 = /utf-?8/iv;

// There, some terminals give lines and blocks two columns.
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
