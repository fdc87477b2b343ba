/* eslint-disable regexp/no-control-character -- control characters are what is looked for here */

/** Replaces each sequence or character that was removed from a text: REPLACEMENT CHARACTER. */
export const mark = '\u{FFFD}';

/**
The longest text, in characters (code points): as many as fill a screen. Up to 100,000 sessions
are in memory, their details twice, so that longer texts could cost gigabytes.
*/
export const longestText = 2000;

// Far above any text, and low enough that a hostile answer costs no more than this.
const longestRead = 50 * longestText;

// Payloads end at the next control character but tab and line ends: so an introducer is
// examined once, and an unterminated string removes nothing else.
const payload = String.raw`[\P{Control}\t\n\r]*`;

const sequence = new RegExp([
	String.raw`(?:\u{1B}\[|\u{9B})[\u{30}-\u{3F}]*[\u{20}-\u{2F}]*[\u{40}-\u{7E}]`, // CSI
	String.raw`(?:\u{1B}\]|\u{9D})${payload}(?:\u{07}|\u{1B}\\|\u{9C})`, // OSC, ended by BEL or ST
	String.raw`(?:\u{1B}[PX^_]|[\u{90}\u{98}\u{9E}\u{9F}])${payload}(?:\u{1B}\\|\u{9C})`, // DCS, SOS, PM, APC
	String.raw`\u{1B}[\u{20}-\u{2F}]*[\u{30}-\u{7E}]`, // Two-character and charset escapes, introducers without an end
].join('|'), 'gv');

const space = /\r\n|[\t\n]/gv;

// Format and default-ignorable characters draw nothing or turn the direction of what follows.
const undrawn = String.raw`\p{Default_Ignorable_Code_Point}\p{Control}\p{Format}\p{Surrogate}\u{2028}\u{2029}`;

// Joiners and variation selectors make emoji, Persian words and CJK names; the Arabic,
// Syriac and Kaithi signs are of the format category and yet visible.
const drawn = String.raw`\u{600}-\u{605}\u{6DD}\u{70F}\u{890}\u{891}\u{8E2}\u{200C}\u{200D}\u{FE00}-\u{FE0F}\u{110BD}\u{110CD}\u{E0100}-\u{E01EF}`;

const hidden = new RegExp(`[[${undrawn}]--[${drawn}]]`, 'gv'); // eslint-disable-line no-misleading-character-class -- the parts of clusters are meant one by one

const tallRun = /(?<=[\p{Mark}\u{200C}\u{200D}]{4})[\p{Mark}\u{200C}\u{200D}]+/gv;

const plain = /^[\u{20}-\u{7E}]*$/v;

/**
The server's text as it may be drawn: escape sequences, control and invisible
characters, bidi controls and lone surrogates each become one mark, a tab or line
end one space; more than 4 combining marks in a row are cut; after 2,000
characters comes `...`. Idempotent, linear in the length of the text.
*/
export function visibleText(text: string): string {
	if (text.length <= longestText && plain.test(text)) {
		return text;
	}

	const visible = text.slice(0, longestRead)
		.replaceAll(sequence, () => mark)
		.replaceAll(space, ' ')
		.replaceAll(hidden, () => mark)
		.replaceAll(tallRun, () => mark);
	return capped(visible, text.length > longestRead);
}

function capped(text: string, isCutBefore: boolean): string {
	if (text.length <= longestText) {
		return isCutBefore ? `${text}...` : text;
	}

	const characters = [...text];
	return isCutBefore || characters.length > longestText
		? `${characters.slice(0, longestText).join('')}...`
		: text;
}
