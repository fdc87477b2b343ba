import fc from 'fast-check';

const escape = '\u{1B}';
const st = `${escape}\\`;

/** Whole and broken sequences that drive a terminal: colours, screens, titles, links, the clipboard, questions. */
const sequences = fc.oneof(
	fc.constantFrom(`${escape}[2J`, `${escape}[31m`, `${escape}[?1049h`, `${escape}[?25l`, `${escape}[?1000h`, `${escape}[5A`, `${escape}[1;1H`, `${escape}[4h`),
	fc.constantFrom(`${escape}[r`, `${escape}[c`, `${escape}[6n`, `${escape}[5n`, `${escape}[21t`, `${escape}[?2026h`, `${escape}]0;title\u{7}`),
	fc.constantFrom(`${escape}]2;title${st}`, `${escape}]8;;https://x.test${st}`, `${escape}]52;c;cm0=\u{7}`, `${escape}]52;c;?\u{7}`, `${escape}]11;?\u{7}`),
	fc.constantFrom(`${escape}P$q"p${st}`, `${escape}P+q544e${st}`, `${escape}_G1${st}`, `${escape}^x${st}`, `${escape}Xx${st}`, `${escape}c`, `${escape}7`),
	fc.constantFrom(`${escape}8`, `${escape}#8`, `${escape}(0`, `${escape}=`, `${escape}D`, `${escape}M`, '\u{9B}2J', '\u{9B}6n', '\u{9D}52;c;cm0=\u{9C}'),
	fc.constantFrom('\u{90}q\u{9C}', '\u{9F}x\u{9C}', `${escape}[`, `${escape}]`, `${escape}]0;`, `${escape}P`, escape, '\u{9B}', '\u{9D}', '\u{9C}', st),
);

/** Controls of both sets, line ends, bidi and invisible characters, halves of surrogate pairs, noncharacters. */
const controls = fc.oneof(
	fc.constantFrom('\u{0}', '\u{5}', '\u{7}', '\u{8}', '\t', '\n', '\u{B}', '\u{C}', '\r', '\r\n', '\u{E}', '\u{F}', '\u{18}', '\u{1A}', '\u{7F}', '\u{84}'),
	fc.constantFrom('\u{85}', '\u{8D}', '\u{AD}', '\u{61C}', '\u{180E}', '\u{200B}', '\u{200E}', '\u{200F}', '\u{2028}', '\u{2029}', '\u{202A}', '\u{202E}'),
	fc.constantFrom('\u{2060}', '\u{2066}', '\u{2069}', '\u{206F}', '\u{FEFF}', '\u{FFF9}', '\u{FFFE}', '\u{1FFFF}', '\u{E0001}', '\u{E0041}', '\u{E007F}'),
	fc.constantFrom('\u{D83D}', '\u{DE00}'),
);

/** What terminals, and the packages that draw, give different widths: clusters, their parts alone, newer and ambiguous characters. */
const widths = fc.oneof(
	fc.constantFrom('\u{301}', '\u{20DD}', '\u{20E3}', '\u{903}', '\u{93F}', '\u{94D}', '\u{1B3F}', '\u{E33}', '\u{EB3}', '\u{FF9E}', '\u{200C}', '\u{200D}'),
	fc.constantFrom('\u{FE0E}', '\u{FE0F}', '\u{E0100}', '\u{180B}', '\u{34F}', '👩', '👩‍👩‍👧', '👍🏽', '🏽', '❤', '❤\u{FE0F}', '⌚\u{FE0E}', '1\u{FE0F}\u{20E3}', '🇩🇪'),
	fc.constantFrom('🇩', '🇽🇽', '🏴\u{E0067}\u{E0062}\u{E007F}', '🫨', '🥲', '🛝', '🫠', '\u{1F93B}', '\u{1100}', '\u{1161}', '\u{11A8}', '\u{1100}\u{1161}\u{11A8}'),
	fc.constantFrom('\u{115F}', '\u{1160}', '\u{3164}', '\u{A960}', '\u{D7B0}', '한', '漢', '葛\u{E0100}', 'ｶﾞ', 'Ａ', '㍿', '䷀', '☰', '\u{1D360}', 'क', 'क्क'),
	fc.constantFrom('क्\u{200D}ष', 'श्री', 'নি', 'கௌ', 'ตำ', 'ນ້ຳ', 'ខ្មែរ', 'မြန်', 'ꦏꦿ', 'שלום', 'نسخ', 'می\u{200C}خواهم', '\u{600}12', '\u{6DD}', '\u{70F}'),
	fc.constantFrom('\u{8E2}', '\u{FDFD}', 'ﷺ', '\u{D4E}', '\u{110BD}', '\u{111C2}', '\u{1E4EC}', '\u{16D63}\u{16D67}', '\u{18B00}', '\u{1B132}', '\u{31EF}'),
	fc.constantFrom('\u{2FFC}', '\u{E000}', '\u{F8FF}', '\u{100000}', '\u{378}', '…', '—', '°', '\u{2E3B}', 'ß', 'Ж', 'e\u{301}', '\u{10900}'),
	fc.constantFrom('\u{1F1E6}\u{200D}\u{1F1E6}'),
);

const plain = fc.constantFrom('a', 'Z', '0', ' ', '-', '/', '.', 'Contoso Mail');

/** Texts of any code points, half surrogates too. The unit `binary` of `fc.string` is slower: it makes a map of all code points first, which takes seconds. */
export function anyText(maxLength: number): fc.Arbitrary<string> {
	return fc.array(fc.integer({min: 0, max: 0x10_FF_FF}), {maxLength}).map(points => points.map(point => String.fromCodePoint(point)).join(''));
}

/** Texts that a hostile server may send: of pieces that are known to do harm, and of anything at all. */
export const hostileText = fc.oneof(
	fc.array(fc.oneof(sequences, controls, widths, plain), {maxLength: 40}).map(pieces => pieces.join('')),
	fc.array(widths, {maxLength: 12}).map(pieces => pieces.join('')),
	fc.array(fc.integer({min: 0, max: 0xFF_FF}).map(unit => String.fromCharCode(unit)), {maxLength: 30}).map(units => units.join('')), // eslint-disable-line unicorn/prefer-code-point -- halves of surrogate pairs too
	anyText(40),
	fc.tuple(fc.oneof(controls, widths, sequences), fc.integer({min: 100, max: 400})).map(([piece, times]) => piece.repeat(times)),
);
