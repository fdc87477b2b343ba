import {RE2JS, RE2JSSyntaxException} from 're2js';
import type {Row} from '../rows/rows.js';

/** The longest pattern, in characters, and the most steps that it may come to: repeats of repeats are short to write. */
const longestPattern = 100;
const mostSteps = 200;

/**
A test for rows by a regular expression that someone types, over each field of the haystack; upper and lower case are the same.
Its time grows with the length of the text alone, whatever the pattern: RE2 does not go back, so it has no
look-around and no back-references. A row is looked at once.
@returns the test, or in some words why there is none
*/
export function patternTest(pattern: string): ((row: Row) => boolean) | string {
	if (pattern.length > longestPattern) {
		return `a /re/ has at most ${longestPattern} characters`;
	}

	const compiled = compile(pattern);
	if (typeof compiled === 'string') {
		return compiled;
	}

	if (compiled.programSize() > mostSteps) {
		return 'this /re/ repeats too much';
	}

	const known = new WeakMap<Row, boolean>();
	return row => {
		const answer = known.get(row) ?? compiled.test(row.haystack);
		known.set(row, answer);
		return answer;
	};
}

function compile(pattern: string): RE2JS | string {
	try {
		// eslint-disable-next-line no-bitwise -- flags of RE2 are bits
		return RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE | RE2JS.MULTILINE);
	} catch (error) {
		if (error instanceof RE2JSSyntaxException) {
			return error.getDescription();
		}

		throw error;
	}
}
