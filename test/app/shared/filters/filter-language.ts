import {test, type TestContext} from 'node:test';
import fc from 'fast-check';
import {unreadable} from '../../../../source/model/field.js';
import {comparedWords, fieldWords, filterHelp, parseFilter} from '../../../../source/app/shared/filters/filter-language.js';
import {applyFilters} from '../../../../source/app/shared/filters/filters.js';
import {searchText, type Row} from '../../../../source/app/shared/rows/rows.js';
import {day, hour, later, minute, now, row, second, type SessionOptions} from '../../../helpers/sessions.js';

const ago = (ms: number) => now.server - ms;
const make = (id: string, fields: SessionOptions, {text = '', ...names}: Partial<Row> & {readonly jobName: string; readonly text?: string}) =>
	row({id, ...fields}, {...names, haystack: searchText(`${names.jobName}\n${text}`)});

const list: readonly Row[] = [
	make('mail', {}, {jobName: 'Contoso Mail', text: 'Processing mailbox: access is denied'}),
	make('teams', {status: 'Failed', jobType: 'Copy', createdAt: ago(5 * hour), endedAt: ago(2 * hour)}, {jobName: 'Fabrikam Teams', organization: 'fabrikam.com', repository: 'S3, cold'}),
	make('sites', {status: 'NotConfigured', kind: 'Full', retryCount: 2, progress: 0}, {jobName: 'Straße (copy)', text: String.raw`C:\temp 100%`, proxy: 'vbp-02'}),
	make('big', {
		status: 'Running', createdAt: ago(26 * hour), endedAt: undefined, progress: 12_345,
		statistics: {processingRateBytesPerSecond: 30 * (1024 ** 2), transferredBytes: 1.55 * (1024 ** 3), processedItems: 1_200_000},
	}, {jobName: 'Καφές', text: 'RUNNING /opt/data'}),
	make('bare', {
		status: unreadable, jobType: undefined, kind: unreadable, createdAt: undefined, endedAt: undefined, retryCount: unreadable, progress: undefined,
		statistics: {processingRateBytesPerSecond: unreadable, transferredBytes: undefined, processedItems: undefined},
	}, {jobName: 'Zoe\u{308}', organization: unreadable, repository: undefined, proxy: undefined, serverName: 'dr-site'}),
	{...row({}, {jobName: 'Missed job', haystack: 'missed job'}), key: 'missed', session: undefined},
];

const idOf = ({session, key}: Row) => session?.id ?? key;
const passing = (text: string, at = now) => list.filter(one => parseFilter(text).test(one, at)).map(one => idOf(one)).join(' ');
const all = list.map(one => idOf(one)).join(' ');

const cases: ReadonlyArray<readonly [text: string, ids: string]> = [
	['', all],
	['\t ', all],
	['DENIED contoso', 'mail'],
	['denied fabrikam', ''],
	// Exclusion.
	['-denied', 'teams sites big bare missed'],
	['!denied !missed', 'teams sites big bare'],
	['-', all],
	['!', all],
	['--bare', all],
	['- contoso', 'mail'],
	['-""', all],
	['-status:failed,warning -mail', 'sites big bare missed'],
	['-dur>2h', 'mail sites bare missed'],
	['-/den[io]ed$/', 'teams sites big bare missed'],
	// Quotes.
	['"access is"', 'mail'],
	['"is access"', ''],
	['-"access is" job:o', 'sites bare missed'],
	['"contoso"mail', 'mail'],
	['""', all],
	['100%', 'sites'],
	[String.raw`\temp`, 'sites'],
	[String.raw`c:\t`, 'sites'],
	// Words about one field.
	['status:failed', 'teams'],
	['STATUS:Fail,run', 'teams big'],
	['status:ailed', ''],
	['status:not', 'sites'],
	['status:notconf', 'sites'],
	['status:"not configured",failed', 'teams sites'],
	['type:copy', 'teams'],
	['type:b', 'mail sites big missed'],
	['kind:full', 'sites'],
	['job:fabri,contoso', 'mail teams'],
	['job:mail org:contoso', 'mail'],
	['org:FABRIKAM', 'teams'],
	['repo:"S3, cold"', 'teams'],
	['repo:s3,nowhere', 'teams'],
	['proxy:02', 'sites'],
	['server:dr', 'bare'],
	['status:failed,', 'teams'],
	['status:,failed', 'teams'],
	['statu:failed', ''],
	['prestatus:failed', ''],
	// Comparisons.
	['dur>2h', 'teams big'],
	['dur>3h', 'big'],
	['dur>=3h', 'teams big'],
	['dur=3h', 'teams'],
	['dur<=30m', 'mail sites'],
	['dur<30m', ''],
	['dur<1h', 'mail sites'],
	['DUR>1D', 'big'],
	['dur>1d2h', ''],
	['dur>=1d2h', 'big'],
	['dur>1d1', 'big'],
	['dur>29m59', 'mail teams sites big'],
	['dur=30m', 'mail sites'],
	['age<1h1', 'mail sites'],
	['age>=5h', 'teams big'],
	['rate<10MB', 'mail teams sites'],
	['rate>10mb/s', 'big'],
	['rate=30M', 'big'],
	['rate>=31457280', 'big'],
	['size=1.5GB', 'big'],
	['transferred>1GiB', 'mail teams sites big'],
	['transferred<1.6g', 'big'],
	['objects=0', 'sites'],
	['objects>=12,345', 'big'],
	['objects>1k', 'big'],
	['items>=1.2M', 'big'],
	['retry>0', 'sites'],
	['retry=0', 'mail teams big'],
	['elapsed>2h', ''],
	// Patterns.
	['/den[io]ed$/', 'mail'],
	['/^Contoso/', 'mail'],
	['/access is/ contoso', 'mail'],
	[String.raw`/\D00%/`, ''],
	[String.raw`/\d{3}%/`, 'sites'],
	['/opt/data/', 'big'],
	['//', all],
	['-//', all],
	// Other scripts.
	['straße', 'sites'],
	['STRAß', 'sites'],
	['ΚΑΦΈΣ', 'big'],
	['καφέσ', 'big'],
	['zo\u{EB}', 'bare'],
	['ZOE\u{308}', 'bare'],
	['job:ZO\u{CB}', 'bare'],
	['/zo\u{EB}/', 'bare'],
];

for (const [text, ids] of cases) {
	test(`"${text}" finds: ${ids}`, (t: TestContext) => {
		t.assert.deepStrictEqual(passing(text).split(' ').toSorted(), ids.split(' ').toSorted());
		t.assert.strictEqual(parseFilter(text).problem, undefined);
	});
}

const unfinished: ReadonlyArray<readonly [text: string, problem: string]> = [
	['status:', 'status: wants a word such as failed'],
	['status:,', 'status: wants a word such as failed'],
	['-Org:', 'org: wants a word such as contoso'],
	['job:""', 'job: wants a word such as mail'],
	['dur>', 'dur> wants a time such as 2h'],
	['dur>=', 'dur>= wants a time such as 2h'],
	['dur>2', 'dur> wants a time such as 2h'],
	['dur>2x', 'dur> wants a time such as 2h'],
	['dur>45s5', 'dur> wants a time such as 2h'],
	['Age<-1h', 'age< wants a time such as 2h'],
	['rate<MB', 'rate< wants a size such as 10MB'],
	['transferred>=1,5GB', 'transferred>= wants a size such as 10MB'],
	['retry=one', 'retry= wants a number such as 100'],
	['"two', 'the closing " is missing'],
	['-"two words', 'the closing " is missing'],
	['"', 'the closing " is missing'],
	['job:"two words', 'the closing " is missing'],
	['/', 'the closing / is missing'],
	['/abc', 'the closing / is missing'],
	['/abc def', 'the closing / is missing'],
	['/(/', 'missing closing )'],
	['/[a/', 'missing closing ]'],
	['/*/', 'missing argument to repetition operator'],
	['/a**/', 'invalid nested repetition operator'],
	['/(?=a)/', 'invalid or unsupported Perl syntax'],
	[`/${'a'.repeat(101)}/`, 'a /re/ has at most 100 characters'],
	['/(a{90}){9}/', 'this /re/ repeats too much'],
];

for (const [text, problem] of unfinished) {
	test(`"${text.slice(0, 30)}" asks for nothing yet: ${problem}`, (t: TestContext) => {
		t.assert.strictEqual(passing(text), all);
		t.assert.strictEqual(parseFilter(text).problem, problem);
		t.assert.deepStrictEqual(parseFilter(`contoso ${text}`).words, ['contoso']);
		t.assert.strictEqual(passing(`contoso ${text}`), 'mail');
	});
}

const hints: ReadonlyArray<readonly [text: string, hint: string | undefined]> = [
	['status:fal', 'no known status begins with "fal"'],
	['status:failed,fal mail', 'no known status begins with "fal"'],
	['type:x kind:z', 'no known type begins with "x"'],
	['kind:z', 'no known kind begins with "z"'],
	['status:"somewhere far beyond"', 'no known status begins with "somewhere..'],
	['STATUS:f,"not con",notcon,run', undefined],
	['type:b kind:inc', undefined],
	['job:zzz zzz', undefined],
];

for (const [text, hint] of hints) {
	test(`"${text}" ${hint === undefined ? 'may well be right' : `is doubted: ${hint}`}`, (t: TestContext) => {
		t.assert.strictEqual(parseFilter(text).hint, hint);
	});
}

test('of several problems the first one is told, and the other words apply', (t: TestContext) => {
	t.assert.strictEqual(parseFilter('dur> contoso rate<').problem, 'dur> wants a time such as 2h');
	t.assert.strictEqual(passing('dur> contoso rate< -teams'), 'mail');
});

test('time goes on: a run grows long, a session old', (t: TestContext) => {
	t.assert.strictEqual(passing('dur>27h'), '');
	t.assert.strictEqual(passing('dur>27h', later(hour + second)), 'big');
	t.assert.strictEqual(passing('age>6h -status:run'), '');
	t.assert.strictEqual(passing('age>6h -status:run', later(hour + second)), 'teams');
	const ahead = {...now, clocks: new Map([['vb1', 2 * hour]])};
	t.assert.strictEqual(passing('age>6h -status:run', ahead), 'teams', 'by the clock of the session\'s server');
	t.assert.strictEqual(passing('age<1s', {...now, server: ago(2 * day)}), 'mail teams sites big', 'nothing is younger than now');
});

test('what a word about time asks is known; no other word changes with the clock', (t: TestContext) => {
	const depends = (text: string) => parseFilter(text).dependsOnTime;
	const timed = comparedWords.filter(({dependsOnTime}) => dependsOnTime).map(({names}) => names[0]);
	t.assert.deepStrictEqual(timed, ['dur', 'age']);
	for (const {word} of filterHelp) {
		t.assert.strictEqual(depends(word), /^(?:age|dur)/v.test(word), word);
	}
});

test('every example of the help is a word that asks for something', (t: TestContext) => {
	for (const {word} of filterHelp) {
		const {problem, words} = parseFilter(word);
		t.assert.deepStrictEqual([problem, words.join(' ')], [undefined, word]);
	}
});

const plainText = fc.string({unit: 'grapheme'});
const fragment = fc.oneof(
	plainText,
	fc.constantFrom('"', '/', '-', '!', ':', ',', ' ', '>', '<=', '=', '\\', '(a+)+', '[', '{9}', '2h', '10MB', 'contoso', 'denied'),
	fc.constantFrom(...fieldWords.map(({prefix}) => `${prefix}:`)),
	fc.constantFrom(...comparedWords.flatMap(({names}) => names)),
);
const typed = fc.array(fragment, {maxLength: 12}).map(parts => parts.join(''));

test('no text throws; what passes is a part of the list in its order; what is wrong is told shortly', () => {
	fc.assert(fc.property(typed, text => {
		const {problem, words} = parseFilter(text);
		const found = applyFilters(list, {jobType: 'all', status: 'all', text}, now);
		const isPart = found.every((one, index) => list.indexOf(one) > (index === 0 ? -1 : list.indexOf(found[index - 1]!)));
		return isPart && (problem?.length ?? 0) <= 40 && (words.length > 0 || found === list);
	}), {numRuns: 500});
});

test('the words of a filter are those that can be typed again to the same end', () => {
	fc.assert(fc.property(typed, text => {
		const again = parseFilter(text).words.join(' ');
		return passing(again) === passing(text) && parseFilter(again).problem === undefined;
	}), {numRuns: 500});
});

test('what is excluded and what is found are the whole list', () => {
	const idsFound = (word: string) => new Set(passing(word).split(' '));
	const examples = filterHelp.map(({word}) => word).filter(word => !word.startsWith('-'));
	// Behind a sign another one is a part of what is looked for.
	const others = typed.filter(text => {
		const [word, ...more] = parseFilter(text).words;
		return word !== undefined && more.length === 0 && !/^[!\-]/v.test(word);
	});
	const words = fc.oneof(fc.constantFrom(...examples), others);
	fc.assert(fc.property(words, fc.constantFrom('-', '!'), (text, sign) => {
		const [word] = parseFilter(text).words;
		const found = idsFound(word!);
		const excluded = idsFound(`${sign}${word!}`);
		return list.every(one => found.has(idOf(one)) !== excluded.has(idOf(one)));
	}), {numRuns: 300});
});

test('a pattern that others choke on is answered', (t: TestContext) => {
	const long = row({}, {haystack: `${'a'.repeat(2000)}\n${'ab'.repeat(1000)}`});
	for (const text of ['/(a+)+[xy]$/', '/(a|aa)+[xy]/', '/(.*a){12}[xy]/', '/.*.*.*.*[xy]/', '/(?:a?b?){30}[xy]/']) {
		t.assert.strictEqual(parseFilter(text).problem, undefined, text);
		t.assert.strictEqual(parseFilter(text).test(long, now), false, text);
	}
});

test('a pattern looks at a row once, and at one that changed again', (t: TestContext) => {
	const {test: passes} = parseFilter('/deni/');
	let looks = 0;
	const counted = (haystack: string): Row => ({
		...row(),
		get haystack() {
			looks++;
			return haystack;
		},
	});
	const one = counted('access denied');
	t.assert.deepStrictEqual([passes(one, now), passes(one, later(minute)), parseFilter('/deni/').test(one, now), looks], [true, true, true, 1]);
	t.assert.deepStrictEqual([passes(counted('done'), now), looks], [false, 2]);
});
