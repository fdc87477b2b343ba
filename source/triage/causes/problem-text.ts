/** The cause that a line about a problem names, and the object that it is about. */
export type ProblemText = {
	/** The mailbox, site, team or OneDrive that the line names; undefined where it names none. */
	readonly object: string | undefined;
	/** The line without the boilerplate around the cause; `nameMark` replaces the name of the object. */
	readonly sentence: string;
};

/** Replaces the name of an object in a sentence: OBJECT REPLACEMENT CHARACTER. */
export const nameMark = '\u{FFFC}';

// A shorter name could be any word of a sentence.
const shortestName = 3;
const mostFrames = 3;

const kinds = [
	'(?:archive |shared |group |public folder )?mailbox', 'OneDrive(?: for Business)?', '(?:personal |team )?site(?: collection)?', 'team(?: files| posts)?', 'group', 'user', 'account', 'list',
].join('|');
const capitalKinds = 'Mailbox|OneDrive|Site|Personal site|Team|Group|User|Account';

/** Removes the boilerplate around a cause, from texts with one of these beginnings (any text, where none is given). */
type Frame = {
	readonly starts?: readonly string[];
	/** Undefined where the text is not of its form. */
	readonly read: (text: string) => ProblemText | undefined;
};

const typeWord = /^\[(?:Warning|Error|Failed)\] /v;
const handling = new RegExp(
	`^(?:Processing|Copying) (?:(?:${kinds}):? )?(?<name>.*?) (?:completed|finished|failed)(?: with (?:an? )?(?:warning|error)s?)?: (?=.)`, 'sv',
);
const failingAny = new RegExp(String.raw`^Failed to process (?:(?:${kinds})(?:: | |(?=\. )))?`, 'v');
const failingKind = new RegExp(String.raw`^Failed to (?:access|back up|backup|copy|open|resolve|export) (?:${kinds})(?:: | |(?=\. ))`, 'v');
const kindFirst = new RegExp(`^(?:${capitalKinds}) `, 'v');
const kindEnds = [' does not have a valid ', ' has exceeded '];
const versions = 'Failed to request file versions for item ';
const exception = ', exception: ';
const connecting = /^Failed to connect to organization(?: \S+)?[.:] (?=AADSTS)/v;

/** Text around a cause, as the server writes it; another form is an entry here. */
const frames: readonly Frame[] = [
	{starts: ['['], read: text => without(text, typeWord)},
	{starts: ['Processing ', 'Copying '], read: text => afterHandling(text)},
	{starts: [versions], read: text => afterException(text)},
	// The code identifies the cause, and begins far to the right.
	{starts: ['Failed to connect '], read: text => without(text, connecting)},
	{starts: ['Failed to '], read: text => afterName(text, failingAny) ?? afterName(text, failingKind)},
	{starts: capitalKinds.split('|'), read: text => afterKind(text)},
	{read: text => withoutIds(text)},
];

function afterHandling(text: string): ProblemText | undefined {
	const match = handling.exec(text);
	return match ? {object: match.groups!['name'], sentence: text.slice(match[0].length)} : undefined;
}

function afterException(text: string): ProblemText | undefined {
	const end = text.indexOf(exception);
	return end === -1 ? undefined : {object: undefined, sentence: text.slice(end + exception.length)};
}

function without(text: string, start: RegExp): ProblemText | undefined {
	const match = start.exec(text);
	return match ? {object: undefined, sentence: text.slice(match[0].length)} : undefined;
}

/** "Failed to process team: Finance Team. The cause", "Failed to access mailbox ann@contoso.example: the cause". */
function afterName(text: string, start: RegExp): ProblemText | undefined {
	const match = start.exec(text);
	if (!match) {
		return undefined;
	}

	const rest = text.slice(match[0].length);
	const address = addressFirst(rest);
	const end = address === undefined ? endOfName(rest) : address.length;
	const sentence = end === -1 ? '' : rest.slice(end).replace(/^[,.:]+ /v, '');
	return sentence.trim() === '' || sentence === rest.slice(end) ? undefined : {object: rest.slice(0, end), sentence};
}

// A name is more likely to contain a colon than a full stop.
function endOfName(rest: string): number {
	const end = rest.indexOf('. ');
	return end === -1 ? rest.indexOf(': ') : end;
}

/** "User Ann Abbott does not have a valid license", "Mailbox ann@contoso.example: 3 items were skipped". */
function afterKind(text: string): ProblemText | undefined {
	const kind = kindFirst.exec(text)?.[0];
	if (kind === undefined) {
		return undefined;
	}

	const rest = text.slice(kind.length);
	const end = kindEnds.map(words => rest.indexOf(words)).find(index => index > 0);
	return end === undefined ? afterAddress(rest) : {object: rest.slice(0, end), sentence: `${kind.trimEnd()}${rest.slice(end)}`};
}

function afterAddress(rest: string): ProblemText | undefined {
	const object = addressFirst(rest);
	return object !== undefined && rest.startsWith(': ', object.length) ? {object, sentence: rest.slice(object.length + 2)} : undefined;
}

/** The e-mail address or URL that a text begins with. */
function addressFirst(text: string): string | undefined {
	const space = text.indexOf(' ');
	const word = space === -1 ? text : text.slice(0, space);
	return word.includes('@') || word.includes('://') ? withoutEnd(word, '.:,;') : undefined;
}

/** " (ID: 5f0c..., name: Ann)": names may contain brackets, ids do not. */
function withoutIds(text: string): ProblemText | undefined {
	const start = text.indexOf(' (ID: ');
	if (start === -1) {
		return undefined;
	}

	const name = text.indexOf(', name: ', start);
	const close = name === -1 ? text.indexOf(')', start) : text.lastIndexOf(')');
	const end = close < start ? text.length : close;
	const object = name === -1 ? text.slice(start + ' (ID: '.length, end) : text.slice(name + ', name: '.length, end);
	return {object, sentence: text.slice(0, start) + text.slice(end + 1)};
}

const kindAndAddress = new RegExp(String.raw`(?<![\p{Decimal_Number}\p{Letter}])(?:${kinds}|${capitalKinds}):? ["']?(?<address>[^\s"'@]*[\/@][^\s"']+)`, 'v');

/**
The sentence and the object of a log line, without the boilerplate around the cause; the sentence is never empty
unless the text is. Linear in the length of the text.
*/
export function readProblem(text: string): ProblemText {
	let problem: ProblemText = {object: undefined, sentence: text.trim()};
	for (let depth = 0; depth < mostFrames; depth++) {
		const inner = peeled(problem);
		if (inner === problem) {
			break;
		}

		problem = inner;
	}

	return named(problem);
}

function peeled(problem: ProblemText): ProblemText {
	let outer = problem;
	for (const frame of frames) {
		outer = within(outer, frame);
	}

	return outer;
}

function within(outer: ProblemText, {starts, read}: Frame): ProblemText {
	const isCandidate = starts?.some(start => outer.sentence.startsWith(start)) ?? true;
	const inner = isCandidate ? read(outer.sentence) : undefined;
	if (!inner || inner.sentence.trim() === '') {
		return outer;
	}

	const object = inner.object?.trim() ?? '';
	return {object: outer.object ?? (object === '' ? undefined : object), sentence: inner.sentence};
}

/** Replaces the object's name, or the address of an object, by the mark. */
function named({object, sentence}: ProblemText): ProblemText {
	if (object !== undefined) {
		return {object, sentence: object.length >= shortestName ? marked(sentence, object) : sentence};
	}

	const address = /[\/@]/v.test(sentence) ? withoutEnd(kindAndAddress.exec(sentence)?.groups?.['address'] ?? '', '.:,;)') : '';
	return address.includes('@') || address.includes('://') ? {object: address, sentence: marked(sentence, address)} : {object, sentence};
}

// The name of another object may begin with it: sites/a, sites/ab. Not every script has spaces behind a name, but behind an address.
function marked(sentence: string, name: string): string {
	const goesOn = /[\/@]/v.test(name) ? /^[\p{Decimal_Number}\p{Letter}]/v : /^[\dA-Za-z]/v;
	return sentence.replaceAll(name, (_, offset: number) => {
		const end = offset + name.length;
		return goesOn.test(sentence.slice(end, end + 2)) ? name : nameMark;
	});
}

const nameWithKind = new RegExp(` (?:for|of|on|in|at|from|to) (?:the )?(?:${kinds}):? ["']?${nameMark}["']?`, 'gv');
const bareName = new RegExp(`:? ?["']?${nameMark}["']?`, 'gv');
const ids = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?<![\p{Decimal_Number}\p{Letter}])[\da-f]{20,}/giv;
const traces = [' Trace ID: ', ' Correlation ID: '];

/** A sentence as it can be shown on a line: without names and long ids, the rest in the server's words. */
export function shortened(sentence: string): string {
	const trace = traces.map(words => sentence.indexOf(words)).find(index => index > 0);
	const text = sentence.slice(0, trace).replaceAll(nameWithKind, '').replaceAll(bareName, '').replaceAll(ids, '...');
	return withoutEnd(text.trim(), '. ') || sentence.replaceAll(nameMark, '...');
}

/** A text without the characters that it ends in. */
export function withoutEnd(text: string, characters: string): string {
	let end = text.length;
	while (end > 0 && characters.includes(text[end - 1]!)) {
		end--;
	}

	return text.slice(0, end);
}
