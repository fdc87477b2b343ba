import {valueOf, type Field} from '../../../model/field.js';
import {jobTypes} from '../../../model/job.js';
import {serverTime, type Now} from '../../../model/now.js';
import {knownStatuses, type Session} from '../../../model/session.js';
import {elapsedMs, searchText, type Row} from '../rows/rows.js';
import {statusWord} from '../status-words.js';
import {cutText} from '../../../ui/text/text.js';
import {patternTest} from './filter-pattern.js';
import {amounts, type Amount, type AmountKind} from './filter-amounts.js';

export type RowTest = (row: Row, now: Now) => boolean;

/** What a text asks for. Words that are wrong, or not typed to their end, are left out as if they were not there. */
export type ParsedFilter = {
	/** Whether a row has all that is asked for. */
	readonly test: RowTest;
	/** The words that ask for something, as typed; none of them lets every row pass. */
	readonly words: readonly string[];
	/** What is wrong with the first word that is left out, in at most 40 characters. */
	readonly problem: string | undefined;
	/** What a word asks for that is not known, in at most 40 characters: it may be right, where a server sends what this program does not know. */
	readonly hint: string | undefined;
	/** Whether the same row can pass at one moment and not at the next. */
	readonly dependsOnTime: boolean;
};

/** The longest problem, in columns. */
const longestProblem = 40;

type FieldWord = {
	/** What is shown before the colon. */
	readonly prefix: string;
	/** Where it looks, for the help. */
	readonly label: string;
	readonly example: string;
	/** The texts of a row that it looks in. */
	readonly texts: (row: Row) => ReadonlyArray<Field<string>>;
	/** The words that are known there. A text must begin with what is expected, since one can be a part of another. */
	readonly known?: readonly string[];
};

/** Every word that looks in one field only: `prefix:one,other`. */
export const fieldWords: readonly FieldWord[] = [
	{prefix: 'status', label: 'status, from its start; failed,warning is either', example: 'failed', known: knownStatuses.flatMap(status => [status, statusWord(status)]), texts: ({session}) => statusTexts(session)},
	{prefix: 'type', label: 'job type: backup or copy', example: 'copy', known: jobTypes, texts: ({jobType}) => [jobType]},
	{prefix: 'kind', label: 'full or incremental (v8)', example: 'full', known: ['Full', 'Incremental'], texts: ({session}) => [session?.kind]},
	{prefix: 'job', label: 'a part of the job\'s name', example: 'mail', texts: ({jobName}) => [jobName]},
	{prefix: 'org', label: 'a part of the organization\'s name', example: 'contoso', texts: ({organization}) => [organization]},
	{prefix: 'repo', label: 'a part of the repository\'s name', example: 'repo-01', texts: ({repository}) => [repository]},
	{prefix: 'proxy', label: 'a part of the proxy\'s name', example: 'vbp-01', texts: ({proxy}) => [proxy]},
	{prefix: 'server', label: 'a part of the server\'s name', example: 'prod', texts: ({serverName}) => [serverName]},
];

// The console's words and those of the API: `Not configured`, `NotConfigured`.
function statusTexts(session: Session | undefined): ReadonlyArray<Field<string>> {
	const status = valueOf(session?.status);
	return status === undefined ? [] : [status, statusWord(status)];
}

type ComparedWord = {
	/** What is shown before the sign; the first is the one of the help. */
	readonly names: readonly string[];
	/** What is compared, for the help. */
	readonly label: string;
	readonly example: string;
	readonly kind: AmountKind;
	/** In milliseconds, bytes or pieces; a row without it has no part in any comparison. */
	readonly amount: (session: Session, now: Now) => number | undefined;
	/** Whether it changes by the clock alone. */
	readonly dependsOnTime?: boolean;
};

/** Every word that compares: `name>amount`. */
export const comparedWords: readonly ComparedWord[] = [
	{names: ['dur'], label: 'how long it has run, or ran (45s, 90m, 1h30, 2d); < <= > >= =', example: '>2h', kind: amounts.time, dependsOnTime: true, amount: elapsedMs},
	{names: ['age'], label: 'how long ago it was created', example: '<1h', kind: amounts.time, dependsOnTime: true, amount: ageMs},
	{names: ['rate'], label: 'processing rate, as reported', example: '<10MB', kind: amounts.size, amount: ({statistics}) => valueOf(statistics.processingRateBytesPerSecond)},
	{names: ['size', 'transferred'], label: 'transferred so far; transferred> is the same', example: '>=1.5GB', kind: amounts.size, amount: ({statistics}) => valueOf(statistics.transferredBytes)},
	{names: ['objects'], label: 'mailboxes, sites, teams visited so far', example: '=0', kind: amounts.count, amount: ({progress}) => valueOf(progress)},
	{names: ['items'], label: 'mails, files, posts so far', example: '<50k', kind: amounts.count, amount: ({statistics}) => valueOf(statistics.processedItems)},
	{names: ['retry'], label: 'ordinal of the retry, 0 for a first run', example: '>=2', kind: amounts.count, amount: ({retryCount}) => valueOf(retryCount)},
];

function ageMs(session: Session, now: Now): number | undefined {
	const createdAt = valueOf(session.createdAt);
	return createdAt === undefined ? undefined : Math.max(0, serverTime(now, session.serverId) - createdAt);
}

const signs: ReadonlyMap<string, (value: number, sought: Amount) => boolean> = new Map([
	['<', (value: number, {least}: Amount) => value < least],
	['>', (value: number, {least}: Amount) => value > least],
	['<=', (value: number, {least}: Amount) => value <= least],
	['>=', (value: number, {least}: Amount) => value >= least],
	['=', (value: number, {least, end}: Amount) => value >= least && value < end],
]);

/** Every kind of word, with an example, for help and README. */
export const filterHelp: ReadonlyArray<{readonly word: string; readonly label: string}> = [
	{word: 'word', label: 'in status, verdict, job, organization, repository, proxy, details'},
	{word: '"two words"', label: 'the same, with the space'},
	{word: '/re/', label: 'a regular expression over the same, as RE2 knows them'},
	...fieldWords.map(({prefix, example, label}) => ({word: `${prefix}:${example}`, label})),
	...comparedWords.map(({names, example, label}) => ({word: `${names[0]!}${example}`, label})),
	{word: '-word !word', label: 'not that; before any word'},
];

/** What one word asks for; undefined is nothing, a text is what is wrong with it. */
type Asked = string | undefined | {readonly test: RowTest; readonly hint?: string; readonly dependsOnTime?: boolean};

/** A kind of word. */
type WordKind = {
	/** How much of a text that begins with such a word belongs to it; undefined where it begins with another kind. */
	readonly read: (text: string) => string | undefined;
	readonly asked: (word: string) => Asked;
};

const wordKinds: readonly WordKind[] = [
	{read: text => /^"[^"]*(?:"|$)/v.exec(text)?.[0], asked: quoted},
	{read: text => text.startsWith('/') ? text.slice(0, patternLength(text)) : undefined, asked: pattern},
	{read: text => fieldWordOf(text) && /^(?:[^\s"]|"[^"]*(?:"|$))+/v.exec(text)![0], asked: inField},
	{read: text => comparisonOf(text)?.word, asked: compared},
	{read: text => /^\S*/v.exec(text)![0], asked: containing},
];

let last: {readonly text: string; readonly parsed: ParsedFilter} | undefined;

/** Reads what someone typed to filter a list. No text is an error; the last one is kept, so that asking again costs nothing. */
export function parseFilter(text: string): ParsedFilter {
	if (last?.text !== text) {
		last = {text, parsed: parse(text)};
	}

	return last.parsed;
}

function parse(text: string): ParsedFilter {
	const words = wordsOf(text);
	const asking = words.flatMap(({word, asked}) => typeof asked === 'object' ? [{word, ...asked}] : []);
	const problem = words.map(({asked}) => asked).find(asked => typeof asked === 'string');
	return {
		test: (row, now) => asking.every(({test}) => test(row, now)),
		words: asking.map(({word}) => word),
		problem: shortened(problem),
		hint: shortened(asking.map(({hint}) => hint).find(hint => hint !== undefined)),
		dependsOnTime: asking.some(({dependsOnTime}) => dependsOnTime),
	};
}

function shortened(words: string | undefined): string | undefined {
	return words === undefined ? undefined : cutText(words, longestProblem);
}

function wordsOf(text: string): ReadonlyArray<{readonly word: string; readonly asked: Asked}> {
	const words = [];
	let rest = text.trimStart();
	while (rest !== '') {
		const sign = /^[!\-]/v.exec(rest)?.[0] ?? '';
		const {word, asked} = firstWord(rest.slice(sign.length));
		words.push({word: `${sign}${word}`, asked: sign === '' ? asked : negated(asked)});
		rest = rest.slice(sign.length + word.length).trimStart();
	}

	return words;
}

function firstWord(text: string): {readonly word: string; readonly asked: Asked} {
	for (const {read, asked} of wordKinds) {
		const word = read(text);
		if (word !== undefined) {
			return {word, asked: asked(word)};
		}
	}

	return {word: text, asked: undefined};
}

function negated(asked: Asked): Asked {
	return typeof asked === 'object' ? {...asked, test: (row, now) => !asked.test(row, now)} : asked;
}

function containing(word: string): Asked {
	const sought = searchText(word);
	return sought === '' ? undefined : {test: ({haystack}) => haystack.includes(sought)};
}

function quoted(word: string): Asked {
	return isQuoteOpen(word) ? 'the closing " is missing' : containing(word.slice(1, -1));
}

function isQuoteOpen(word: string): boolean {
	return word.split('"').length % 2 === 0;
}

// A pattern may hold spaces and slashes: it ends with a slash that nothing follows.
function patternLength(text: string): number | undefined {
	const end = /\/(?=\s|$)/v.exec(text.slice(1));
	return end ? end.index + 2 : undefined;
}

function pattern(word: string): Asked {
	if (word === '/' || !word.endsWith('/')) {
		return 'the closing / is missing';
	}

	const asked = word.slice(1, -1).normalize('NFC');
	if (asked === '') {
		return undefined;
	}

	const test = patternTest(asked);
	return typeof test === 'string' ? test : {test};
}

function fieldWordOf(text: string): FieldWord | undefined {
	const lower = text.slice(0, 20).toLowerCase();
	return fieldWords.find(({prefix}) => lower.startsWith(`${prefix}:`));
}

function inField(word: string): Asked {
	const {prefix, example, known, texts} = fieldWordOf(word)!;
	if (isQuoteOpen(word)) {
		return 'the closing " is missing';
	}

	const values = word.slice(prefix.length + 1).match(/(?:"[^"]*"|[^",])+/gv) ?? [];
	const sought = values.map(value => searchText(value.replaceAll('"', ''))).filter(Boolean);
	if (sought.length === 0) {
		return `${prefix}: wants a word such as ${example}`;
	}

	const finds = (text: string) => sought.some(value => known ? text.startsWith(value) : text.includes(value));
	const unknown = known && sought.find(value => known.every(one => !searchText(one).startsWith(value)));
	return {
		test: row => texts(row).some(text => finds(searchText(valueOf(text) ?? ''))),
		hint: unknown === undefined ? undefined : `no known ${prefix} begins with "${unknown}"`,
	};
}

type Comparison = {readonly word: string; readonly name: string; readonly sign: string; readonly sought: string};

function comparisonOf(text: string): Comparison | undefined {
	const match = /^(?<name>[a-z]+)(?<sign>[<>]=?|=)(?<sought>\S*)/iv.exec(text);
	const {name, sign, sought} = (match?.groups ?? {}) as Partial<Record<string, string>>;
	return match && comparedWordOf(name!) ? {word: match[0], name: name!.toLowerCase(), sign: sign!, sought: sought!.toLowerCase()} : undefined;
}

function comparedWordOf(name: string): ComparedWord | undefined {
	return comparedWords.find(({names}) => names.includes(name.toLowerCase()));
}

function compared(word: string): Asked {
	const {name, sign, sought} = comparisonOf(word)!;
	const {kind, amount, dependsOnTime} = comparedWordOf(name)!;
	const than = kind.parse(sought);
	if (!than) {
		return `${name}${sign} wants ${kind.expected}`;
	}

	const compare = signs.get(sign)!;
	return {
		dependsOnTime,
		test({session}, now) {
			const value = session && amount(session, now);
			return value !== undefined && compare(value, than);
		},
	};
}
