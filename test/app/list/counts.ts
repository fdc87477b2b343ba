import assert from 'node:assert/strict';
import {test} from 'node:test';
import {unreadable} from '../../../source/model/field.js';
import {countByStatus, countsLine, shownRule, type ShownOptions} from '../../../source/app/list/counts.js';
import {drawings} from '../../../source/ui/drawing.js';
import {cellWidth} from '../../../source/ui/text/fit-cell.js';
import {day, row, textOf} from '../../helpers/sessions.js';

const scenario: Readonly<Record<string, number>> = {Running: 9, Queued: 2, Failed: 7, Warning: 21, Success: 1175};
const rowsOf = (counts: Readonly<Record<string, number>>) => Object.entries(counts).flatMap(([status, amount]) => Array.from({length: amount}, (_, index) => row({id: `${status}${index}`, status})));
const usual = rowsOf(scenario);
const rare = rowsOf({...scenario, NotConfigured: 1, Disconnected: 3, Hibernating: 1});

test('sessions are counted by status, in an order that does not change', () => {
	assert.equal(textOf(countsLine(usual, 79)).trimEnd(), ' Running 9  Queued 2  Failed 7  Warning 21  Success 1,175');
	assert.equal(textOf(countsLine([], 79)).trimEnd(), ' Running 0  Queued 0  Failed 0  Warning 0  Success 0');
});

test('rare statuses are named where there is room, else added up', () => {
	assert.equal(textOf(countsLine(rare, 119)).trimEnd(), ' Running 9  Queued 2  Failed 7  Warning 21  Success 1,175  Disconnected 3  Hibernating 1  Not configured 1');
	assert.equal(textOf(countsLine(rare, 79)).trimEnd(), ' Running 9  Queued 2  Failed 7  Warning 21  Success 1,175  other 5');
});

test('where the words do not fit, they shorten', () => {
	assert.equal(textOf(countsLine(usual, 57)), ' Running 9  Queued 2  Failed 7  Warning 21  Success 1,175');
	assert.equal(textOf(countsLine(usual, 56)).trimEnd(), ' Run 9 Que 2 Fail 7 Warn 21 OK 1,175');
	assert.equal(textOf(countsLine(rare, 60)).trimEnd(), ' Run 9 Que 2 Fail 7 Warn 21 OK 1,175 oth 5');
});

test('a line too short for all of them leaves out whole ones and says so', () => {
	assert.equal(textOf(countsLine(rare, 42)), ' Run 9 Que 2 Fail 7 Warn 21 OK 1,175 oth 5');
	assert.equal(textOf(countsLine(rare, 41)).trimEnd(), ' Run 9 Que 2 Fail 7 Warn 21 OK 1,175 ..');
	assert.equal(textOf(countsLine(usual, 35)).trimEnd(), ' Run 9 Que 2 Fail 7 Warn 21 ..');
});

test('no figure is ever cut, at any width', () => {
	const figures = new Set(['9', '2', '7', '21', '1,175', '5', '1', '3']);
	for (let width = 14; width <= 140; width++) {
		const line = textOf(countsLine(rare, width));
		assert.deepEqual([...line.matchAll(/[\d,]+/gv)].map(([figure]) => figure).filter(figure => !figures.has(figure)), [], line);
		assert.equal(cellWidth(countsLine(rare, width)), width);
	}
});

test('a status that is absent or unreadable is counted as such, a job without a session has none', () => {
	const counts = countByStatus([row({status: undefined}), row({status: unreadable}), row({}, {session: undefined}), row({})]);
	assert.deepEqual([...counts], [['-', 1], ['?', 1], ['Success', 1]]);
});

test('a count has the tone of its status, none at all a dim one', () => {
	const tones = countsLine(rowsOf({Failed: 1}), 79).filter(({text}) => /^\d/v.test(text)).map(({text, tone}) => `${text.trim()} ${tone}`);
	assert.deepEqual(tones, ['0 dim', '0 dim', '1 bad', '0 dim', '0 dim']);
});

const everything: ShownOptions = {total: 1214, shown: 1214, filters: {jobType: 'all', status: 'all', text: ''}, rangeMs: day, isLoading: false, width: 79, drawing: drawings.ascii};

const rules: ReadonlyArray<readonly [what: string, options: Partial<ShownOptions>, words: string]> = [
	['everything', {}, '-- 1,214 sessions, 24 h, all types -'],
	['one type', {shown: 18, filters: {jobType: 'Copy', status: 'all', text: ''}}, '-- 18 of 1,214 sessions, 24 h, Copy only -'],
	['a filter', {shown: 18, filters: {jobType: 'all', status: 'all', text: 'denied'}}, '-- 18 of 1,214 sessions, 24 h, filter "denied" -'],
	['a filter that passes everything', {filters: {jobType: 'all', status: 'all', text: 'o'}}, '-- 1,214 of 1,214 sessions, 24 h, filter "o" -'],
	['a first reading', {total: 300, isLoading: true}, '-- loading, 300 so far -- 24 h -'],
	['a first reading under a filter', {total: 300, isLoading: true, filters: {jobType: 'Copy', status: 'all', text: ''}}, '-- loading, 300 so far -- 24 h, Copy only -'],
	['one session', {total: 1, shown: 1}, '-- 1 session, 24 h, all types -'],
	['no session', {total: 0, shown: 0}, '-- 0 sessions, 24 h, all types -'],
	['that one session is filtered away', {total: 1, shown: 0, filters: {jobType: 'Copy', status: 'all', text: ''}}, '-- 0 of 1 session, 24 h, Copy only -'],
	['one session of several', {total: 2, shown: 1, filters: {jobType: 'Copy', status: 'all', text: ''}}, '-- 1 of 2 sessions, 24 h, Copy only -'],
	['a week', {rangeMs: 7 * day}, '-- 1,214 sessions, 7 d, all types -'],
];

for (const [what, options, words] of rules) {
	test(`the rule above the list says ${what}`, () => {
		const rule = shownRule({...everything, ...options});
		assert.equal(textOf(rule).replace(/-+$/v, '-'), words);
		assert.equal(cellWidth(rule), 79);
	});
}

test('the rule has its width, however little room there is', () => {
	for (let width = 20; width <= 120; width++) {
		assert.equal(cellWidth(shownRule({...everything, width, filters: {jobType: 'Copy', status: 'all', text: '東京 denied'}})), width);
	}
});

test('problems that the filters hide are counted in the rule, whatever is cut', () => {
	const rule = (text: string, hiddenProblems: number, width: number) => textOf(shownRule({
		total: 52, shown: 4, filters: {jobType: 'all', status: 'all', text}, rangeMs: 24 * 3_600_000, isLoading: false, width, word: 'job', hiddenProblems, drawing: drawings.ascii,
	}));
	assert.equal(rule('mail', 3, 72), '-- 4 of 52 jobs, 24 h, filter "mail" -- +3 problems hidden -------------');
	assert.equal(rule('mail', 1, 72), '-- 4 of 52 jobs, 24 h, filter "mail" -- +1 problem hidden --------------');
	assert.ok(!rule('mail', 0, 72).includes('hidden'));
	assert.match(rule('a word that is so long that it has no room', 3, 60), /^-- 4 of 52 jobs, 24 h, .*\.\.-- \+3 problems hidden $/v);
});
