import {test, type TestContext} from 'node:test';
import {appearanceOf, type Appearance, type AppearanceOptions} from '../../source/cli/appearance.js';
import {UsageError} from '../../source/model/errors.js';
import {call} from './support/program.js';
import {noTerminal, openTerminal, type TerminalOptions} from './support/terminal.js';

const found = (environment: AppearanceOptions['environment'] = {}, flags: AppearanceOptions['flags'] = {}, platform: NodeJS.Platform = 'linux') => appearanceOf({flags, environment, platform});

const depths: ReadonlyArray<readonly [environment: AppearanceOptions['environment'], depth: Appearance['depth']]> = [
	[{TERM: 'xterm'}, '16'],
	[{TERM: 'vt220'}, '16'],
	[{}, '16'],
	[{TERM: 'xterm-256color'}, '256'],
	[{TERM: 'tmux-256color', TMUX: '/tmp/tmux,1,0'}, '256'],
	[{TERM: 'screen-256color'}, '256'],
	[{TERM: 'xterm-kitty'}, 'true'],
	[{TERM: 'xterm-direct'}, 'true'],
	[{TERM: 'xterm-256color', COLORTERM: 'truecolor'}, 'true'],
	[{TERM: 'xterm-256color', COLORTERM: '24bit'}, 'true'],
	[{TERM: 'xterm-256color', COLORTERM: 'yes'}, '256'],
	[{TERM: 'screen-256color', COLORTERM: 'truecolor'}, '256'],
	[{TERM: 'screen', COLORTERM: 'truecolor', STY: '1.pts'}, '16'],
	[{TERM: 'screen-256color', COLORTERM: 'truecolor', TMUX: '/tmp/tmux,1,0'}, 'true'],
	[{TERM: 'xterm-256color', CI: '1'}, '256'],
	[{TERM: 'xterm-256color', COLORTERM: 'truecolor', NO_COLOR: '1'}, 'none'],
	[{TERM: 'xterm-256color', NO_COLOR: ''}, '256'],
	[{TERM: 'xterm-256color', FORCE_COLOR: '0'}, 'none'],
	[{TERM: 'xterm-256color', FORCE_COLOR: 'False'}, 'none'],
	[{TERM: 'xterm-256color', FORCE_COLOR: ''}, '256'],
	[{TERM: 'xterm-256color', FORCE_COLOR: 'true'}, '256'],
	[{TERM: 'xterm-256color', FORCE_COLOR: '1'}, '16'],
	[{TERM: 'xterm', FORCE_COLOR: '2'}, '256'],
	[{TERM: 'xterm', FORCE_COLOR: '3'}, 'true'],
	[{TERM: 'xterm', FORCE_COLOR: 'toString'}, '16'],
	[{TERM: 'xterm-256color', CLICOLOR: '0'}, 'none'],
	[{TERM: 'xterm-256color', CLICOLOR: '1'}, '256'],
	[{TERM: 'xterm-256color', CLICOLOR: ''}, '256'],
	[{TERM: 'xterm-256color', CLICOLOR_FORCE: '1'}, '256'],
	[{TERM: 'xterm-256color', CLICOLOR_FORCE: '1', CLICOLOR: '0'}, '256'],
	[{TERM: 'xterm-256color', CLICOLOR_FORCE: '0', CLICOLOR: '0'}, 'none'],
	// Each wins over those after it.
	[{TERM: 'xterm-256color', NO_COLOR: '1', FORCE_COLOR: '3', CLICOLOR_FORCE: '1'}, 'none'],
	[{TERM: 'xterm-256color', FORCE_COLOR: '0', CLICOLOR_FORCE: '1'}, 'none'],
	[{TERM: 'xterm-256color', FORCE_COLOR: '3', CLICOLOR: '0'}, 'true'],
];

for (const [environment, depth] of depths) {
	test(`colours of ${JSON.stringify(environment)}: ${depth}`, (t: TestContext) => {
		t.assert.strictEqual(found(environment).depth, depth);
	});
}

test('the terminals of Windows have true colour, and Unicode', (t: TestContext) => {
	const {depth, drawing} = found({}, {}, 'win32');
	t.assert.deepStrictEqual([depth, drawing], ['true', 'unicode']);
});

test('--no-color turns colour off; --color overrides every variable but the level of FORCE_COLOR', (t: TestContext) => {
	t.assert.strictEqual(found({TERM: 'xterm-256color'}, {color: false}).depth, 'none');
	t.assert.strictEqual(found({TERM: 'xterm-256color', FORCE_COLOR: '3', CLICOLOR_FORCE: '1'}, {color: false}).depth, 'none');
	t.assert.strictEqual(found({TERM: 'xterm-256color', FORCE_COLOR: '0'}, {color: true}).depth, '256');
	t.assert.strictEqual(found({TERM: 'xterm-256color', CLICOLOR: '0'}, {color: true}).depth, '256');
	t.assert.strictEqual(found({TERM: 'xterm-256color', FORCE_COLOR: '1'}, {color: true}).depth, '16');
	t.assert.strictEqual(found({TERM: 'xterm-256color', NO_COLOR: '1'}, {color: true}).depth, '256');
});

const backgrounds: ReadonlyArray<readonly [environment: AppearanceOptions['environment'], theme: AppearanceOptions['flags']['theme'], background: Appearance['background']]> = [
	[{}, undefined, 'unknown'],
	[{COLORFGBG: '15;0'}, undefined, 'dark'],
	[{COLORFGBG: '0;15'}, undefined, 'light'],
	[{COLORFGBG: '0;default;7'}, undefined, 'light'],
	[{COLORFGBG: '12;8'}, 'auto', 'dark'],
	[{COLORFGBG: '15;default'}, undefined, 'unknown'],
	[{COLORFGBG: 'nonsense'}, undefined, 'unknown'],
	[{TERM: 'linux'}, undefined, 'dark'],
	[{COLORFGBG: '15;0'}, 'light', 'light'],
	[{COLORFGBG: '0;15', VBTOP_THEME: 'Dark'}, undefined, 'dark'],
	[{VBTOP_THEME: 'dark'}, 'light', 'light'],
	[{VBTOP_THEME: ''}, undefined, 'unknown'],
	[{COLORFGBG: '0;15', VBTOP_THEME: 'dark'}, 'auto', 'light'],
];

for (const [environment, theme, background] of backgrounds) {
	test(`background of ${JSON.stringify(environment)} with theme ${theme}: ${background}`, (t: TestContext) => {
		t.assert.strictEqual(found(environment, {theme}).background, background);
	});
}

test('a theme of the environment that is unknown is refused', (t: TestContext) => {
	const refused = (message: RegExp) => (error: unknown) => error instanceof UsageError && message.test(`${error.message} ${error.advice}`);
	t.assert.throws(() => found({VBTOP_THEME: 'pink'}), refused(/^VBTOP_THEME does not know "pink".*auto, dark, light/v));
	t.assert.throws(() => found({VBTOP_THEME: 'toString'}), refused(/^VBTOP_THEME does not know "toString"/v));
});

const locales: ReadonlyArray<readonly [environment: AppearanceOptions['environment'], drawing: Appearance['drawing'], isTextAscii: boolean]> = [
	[{LANG: 'de_DE.UTF-8'}, 'unicode', false],
	[{LANG: 'C.utf8'}, 'unicode', false],
	[{LANG: 'C'}, 'ascii', true],
	[{LANG: 'de_DE@euro'}, 'ascii', true],
	[{}, 'ascii', false],
	[{LANG: 'de_DE.UTF-8', LC_ALL: 'C'}, 'ascii', true],
	[{LANG: 'C', LC_CTYPE: 'en_US.UTF-8', LC_ALL: ''}, 'unicode', false],
	[{LC_CTYPE: 'C', LC_ALL: 'en_US.UTF-8'}, 'unicode', false],
	[{LANG: 'ja_JP.UTF-8'}, 'ascii', false],
	[{LANG: 'en_US.UTF-8', TERM: 'linux'}, 'console', false],
];

for (const [environment, drawing, isTextAscii] of locales) {
	test(`drawing of ${JSON.stringify(environment)}: ${drawing}${isTextAscii ? ', text too' : ''}`, (t: TestContext) => {
		const look = found(environment);
		t.assert.deepStrictEqual([look.drawing, look.isTextAscii], [drawing, isTextAscii]);
	});
}

test('--ascii draws in ASCII, and leaves the text of a server as it is', (t: TestContext) => {
	const {drawing, isTextAscii} = found({LANG: 'en_US.UTF-8'}, {ascii: true});
	t.assert.deepStrictEqual([drawing, isTextAscii], ['ascii', false]);
});

test('a theme of the environment that is unknown is refused before the terminal is taken', async (t: TestContext) => {
	const {code, stdout, stderr} = await call(['--demo'], {env: {VBTOP_THEME: 'pink'}, terminals: ['stdin', 'stdout']});
	t.assert.deepStrictEqual([code, stdout], [2, '']);
	t.assert.match(stderr, /VBTOP_THEME does not know "pink"\.[\s\S]*auto, dark, light/v);
});

test('info says how vbtop looks here', async (t: TestContext) => {
	const {stdout} = await call(['info', '--ascii', '--no-color'], {env: {COLORFGBG: '0;15', FORCE_COLOR: '3', CLICOLOR: '1'}});
	t.assert.match(stdout, /^looks +no colours, background light, drawn in ASCII$/mv);
	t.assert.match(stdout, /^flags +--no-color --ascii$/mv);
	t.assert.match(stdout, /^terminal +output is no terminal +TERM=xterm-256color COLORFGBG=0;15 FORCE_COLOR=3 CLICOLOR=1$|^ +TERM=xterm-256color COLORFGBG=0;15 FORCE_COLOR=3 CLICOLOR=1$/mv);
});

// Sets a colour of text or background, among other things or alone.
const colour = /ESC\[(?:\d+;)*(?:[34]\d|9[0-7]|10[0-7])(?:;\d+)*m/v;
const colour256 = /ESC\[38;5;\d+m/v;
const trueColour = /ESC\[38;2;\d+;\d+;\d+m/v;

/** What the demo writes until it is left by `q`, with `ESC` for that character, and the list and the help that it drew. */
async function drawn(t: TestContext, line: string, env: TerminalOptions['env'] = {}) {
	const terminal = await openTerminal(t, line, {columns: 100, rows: 24, env});
	const screen = await terminal.see(/ LIVE[\s\S]*\n[ >] (?:Running|Success) /v);
	terminal.press('?');
	const help = await terminal.see(/Enter +Open the session/v);
	terminal.press('q', 'q');
	await terminal.ended();
	// Up to the way back to the shell.
	const all = await terminal.written();
	return {screen, help, written: all.slice(all.indexOf('\u{1B}[?1049h'), all.lastIndexOf('\u{1B}[?1049l')).replaceAll('\u{1B}', 'ESC')};
}

const asciiRule = /^-- \d+ jobs?, .* -+$/mv;
const unicodeRule = /^── \d+ jobs?, .* ─+$/mv;

test('NO_COLOR: no colour is ever drawn, whatever FORCE_COLOR says; bold and reverse are', {skip: noTerminal}, async (t: TestContext) => {
	const {screen, help, written} = await drawn(t, 'vbtop --demo', {NO_COLOR: '1', COLORTERM: 'truecolor', FORCE_COLOR: '3'});
	t.assert.doesNotMatch(written, colour);
	t.assert.ok(written.includes('ESC[1m'), 'bold');
	t.assert.ok(written.includes('ESC[7m'), 'reverse');
	t.assert.match(screen, unicodeRule);
	t.assert.deepStrictEqual([screen, help].map(text => text.match(/^─+$/gmv)?.length), [1, 2], 'one rule below the list, two around the help');
	t.assert.doesNotMatch(screen + help, /--/v);
});

for (const [what, line, env, wanted, unwanted] of [
	['256 colours, by --color against NO_COLOR', 'vbtop --demo --color', {NO_COLOR: '1'}, colour256, trueColour],
	['true colour, with --ascii', 'vbtop --demo --scenario clean --ascii', {COLORTERM: 'truecolor', LANG: 'en_US.UTF-8'}, trueColour, colour256],
	['16 colours, with LANG=C and names that are no ASCII', 'vbtop --demo --scenario hostile --theme dark', {TERM: 'screen', LANG: 'C'}, /ESC\[3[2367]m/v, /ESC\[38;/v],
] as const) {
	test(`${what}: drawn in these, and in no other ones${/ascii|LANG/v.test(what) ? '; every byte is ASCII' : ''}`, {skip: noTerminal}, async (t: TestContext) => {
		const {screen, written} = await drawn(t, line, env);
		t.assert.match(written, wanted);
		t.assert.doesNotMatch(written, unwanted);
		if (!what.includes('256')) {
			t.assert.match(written, /^\p{ASCII}+$/v);
			t.assert.match(screen, asciiRule);
		}
	});
}
