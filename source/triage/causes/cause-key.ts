import {nameMark, withoutEnd} from './problem-text.js';

// The beginning of a text identifies the cause; the key is shorter than what is read, since the names in the text differ in length.
const longestRead = 1000;
const longestKey = 300;

// The reason phrases that mark a number as an HTTP status.
const reasonWords = [
	'Bad Request|Unauthorized|Forbidden|Not Found|Method Not|Request Time|Conflict|Gone|Precondition|Locked|Too Many',
	'Internal Server|Not Implemented|Bad Gateway|Server Unavailable|Service Unavailable|Gateway Time|Insufficient Storage',
].join('|');
const reasons = [reasonWords, reasonWords.toUpperCase(), reasonWords.toLowerCase()].join('|');

const digit = String.raw`\p{Decimal_Number}`;
const letter = String.raw`\p{Letter}\p{Mark}`;
const word = String.raw`${digit}${letter}\-_`;
const wholeNumber = String.raw`\d{1,10}(?![${digit}${letter}]|[,.\/:]${digit}|-[${digit}${letter}])`;
const hex = String.raw`[\dA-Fa-f]`;

/** Numbers that distinguish one cause from another. */
const codes = [
	// (404), 404 Not Found, HTTP 404
	String.raw`\([1-5]\d\d\)`,
	String.raw`(?<![${word}])[45]\d\d(?=[ \-:]{1,2}(?:${reasons}))`,
	String.raw`HTTP(?:\/\d(?:\.\d)?)?[ \(:=]{0,2}${wholeNumber}`,
	// Error -1808, status code: 5, HRESULT 0x80070005
	String.raw`(?:[Ee]rror|ERROR) \(?-?${wholeNumber}`,
	String.raw`(?:[Cc]ode|CODE|[Ss]tatus|HRESULT)[ \(:=]{1,2}-?${wholeNumber}`,
	`0x8${hex}{7}(?!${hex})`,
	// AADSTS700027, KB4821
	String.raw`(?<![${word}])[A-Z]{2,}(?:\d[A-Z])?\d{4,8}(?![${word}])`,
].join('|');

const units = String.raw`bytes|[GKMT]?i?B|ms|msec|secs?|seconds?|min|minutes?|hours?|days?|[hs]|[APap]\.?[Mm]|[ap]\. ?m\.`;

/** Names, ids, times and numbers. Each alternative starts at a fixed text or where a word does, so that no character is examined twice. */
const variableParts = [
	String.raw`https?:\/\/[^\s"'<>]+`,
	String.raw`(?<![^\s"'\(\),:;<=>@\[\]])[^\s"'\(\),:;<=>@\[\]]+@[^\s"'<>]+`,
	String.raw`\{?${hex}{8}(?:-${hex}{4}){3}-${hex}{12}\}?`,
	// C:\Program Files\x, \\server\share, /sites/a/Shared Documents/b.docx, CONTOSO\admin
	String.raw`(?<![${word}])(?:[A-Za-z]:|\\)\\\S*(?: [^\s\\]*\\\S*)*`,
	String.raw`(?<![^\s"'\(,:=\[])\/[^\s\/]+\/\S*(?: [^\s\/]*\/\S*)*`,
	String.raw`(?<![${digit}${letter}\-._])[${digit}${letter}\-._]+\\\S+`,
	// 23 November 2026, November 23, 2026; other dates are numbers
	String.raw`(?<![${word}])(?:[${letter}]{2,12}, )?${digit}{1,2}\.? (?:de )?[${letter}]{3,12}\.?,? (?:de )?${digit}{4}(?![${word}])`,
	String.raw`(?<![${word}])(?:[${letter}]{2,12}, )?[${letter}]{3,12}\.? ${digit}{1,2}, ${digit}{4}(?![${word}])`,
	`(?:午前|午後|上午|下午|오전|오후) ?(?=${digit})`,
	// Words with a digit in them, with a unit
	String.raw`(?<![${word}])[${letter}\-_]*${digit}(?:[${word}]|[,.\/:](?=[${digit}${letter}]))*(?: ?(?:${units})(?:\/s)?(?![${word}]))?`,
	`(?<![${word}])${hex}{12,}(?![${word}])`,
	// Host and file names: MailboxItem.Read.All is none
	String.raw`(?<![${digit}${letter}\-._])[${word}]+(?:\.[${digit}\p{Lowercase_Letter}\p{Mark}\p{Other_Letter}\-_]+)+(?![${letter}])`,
].join('|');

const code = new RegExp(codes, 'v');
const parts = new RegExp(`(?<code>${codes})|${variableParts}`, 'gv');
// A text without any of these has no variable part.
const signs = /[\p{Decimal_Number}.\/@\\]|[\da-f]{12}/iv;
// A longer one is an id or a thumbprint, though it has no letter.
const isCount = /^\p{Decimal_Number}{1,15}$/v;
const gaps = /[#*](?:[ ,]*[#*])+/gv;
const counted = /(?<=# )(?<thing>\p{Letter}+)(?: (?:was|were|has|have)(?!\p{Letter}))?/gv;

const quotes = [['\'', '\''], ['"', '"'], ['“', '”'], ['‘', '’'], ['„', '“'], ['«', '»'], ['「', '」'], ['`', '`']] as const;

/**
What is the same in all lines about one cause: the sentence in lower case, `*` for names, ids, paths, times and sizes, `#` for
counts, at most 300 characters. Codes stay: (404), AADSTS700027, JetError -1808. Linear in the length of the sentence.
*/
export function causeKey(sentence: string): string {
	const text = withoutQuoted(sentence.slice(0, longestRead).replaceAll(nameMark, '*'));
	const bare = signs.test(text) ? text.replaceAll(parts, (match: string, found: string | undefined) => found ?? gapFor(match)) : text;
	const key = bare.replaceAll(gaps, '*').toLowerCase().replaceAll(counted, (_, thing: string) => singular(thing));
	return withoutEnd(key.slice(0, longestKey), '. ');
}

function gapFor(match: string): string {
	const name = withoutEnd(match, '.,;:!?)]');
	return (isCount.test(name) ? '#' : '*') + match.slice(name.length);
}

function singular(thing: string): string {
	return thing.endsWith('s') && !thing.endsWith('ss') ? thing.slice(0, -1) : thing;
}

function withoutQuoted(text: string): string {
	let unquoted = text;
	for (const [open, close] of quotes) {
		unquoted = unquoted.includes(open) ? withoutPairs(unquoted, open, close) : unquoted;
	}

	return unquoted;
}

const inWord = /[\p{Decimal_Number}\p{Letter}]/v;
const isInWord = (character: string | undefined) => character !== undefined && inWord.test(character);

/** A quote opens before a word and closes behind one; what is quoted with a code in it is a sentence, no name. */
function withoutPairs(text: string, open: string, close: string): string {
	let result = '';
	let from = 0;
	for (let start = text.indexOf(open); start >= 0; start = text.indexOf(open, from)) {
		const end = isInWord(text[start - 1]) ? start : endOfQuoted(text, start + 1, close);
		// Without an end for this one there is none for any that follows.
		if (end < 0) {
			break;
		}

		const isName = end > start && !code.test(text.slice(start, end));
		result += text.slice(from, start) + (isName ? '*' : text.slice(start, end + 1));
		from = end + 1;
	}

	return result + text.slice(from);
}

// O'Brien goes on.
function endOfQuoted(text: string, from: number, close: string): number {
	let end = text.indexOf(close, from);
	while (end >= 0 && isInWord(text[end + 1])) {
		end = text.indexOf(close, end + 1);
	}

	return end;
}
