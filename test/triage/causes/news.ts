import {test, type TestContext} from 'node:test';
import type {ScenarioName} from '../../../source/simulator/scenarios/scenarios.js';
import {causesOf} from '../../../source/triage/causes/causes.js';
import {newsOf} from '../../../source/triage/causes/news.js';
import {played} from '../../helpers/played-scenario.js';
import {logItem} from '../../helpers/sessions.js';

const causes = causesOf(['Access is denied', 'A task was canceled', 'Gone'].map(text => logItem({type: 'Error', text})));
const keys = (...texts: readonly string[]) => new Set(texts.map(text => text.toLowerCase()));
const none = new Set<string>();

type Case = {
	readonly what: string;
	readonly earlier: ReadonlyArray<ReadonlySet<string>>;
	readonly ignored?: ReadonlySet<string>;
	readonly there?: number;
	readonly fresh: readonly string[];
	readonly isSettled?: boolean;
};

const cases: readonly Case[] = [
	{what: 'a first run has nothing but new causes', earlier: [], there: 0, fresh: ['Access is denied', 'A task was canceled', 'Gone']},
	{what: 'after runs that succeeded all is new', earlier: [none, none, none], fresh: ['Access is denied', 'A task was canceled', 'Gone']},
	{what: 'a cause of the last run is known', earlier: [keys('Gone'), none, none], fresh: ['Access is denied', 'A task was canceled']},
	{what: 'a cause of any of the runs is known', earlier: [none, keys('Gone'), keys('Access is denied')], fresh: ['A task was canceled']},
	{what: 'what is ignored is never new', earlier: [none, none, none], ignored: keys('A task was canceled', 'Gone'), fresh: ['Access is denied']},
	{what: 'too few runs were looked at', earlier: [keys('Gone')], fresh: ['Access is denied', 'A task was canceled'], isSettled: false},
	{what: 'no run was looked at yet', earlier: [], fresh: ['Access is denied', 'A task was canceled', 'Gone'], isSettled: false},
	{what: 'there are no more runs', earlier: [none], there: 1, fresh: ['Access is denied', 'A task was canceled', 'Gone']},
	{what: 'where all is known, no further run can change it', earlier: [keys('Gone', 'Access is denied', 'A task was canceled')], fresh: []},
	{what: 'more runs than wanted do no harm', earlier: [none, none, none, keys('Gone')], fresh: ['Access is denied', 'A task was canceled']},
];

for (const {what, earlier, ignored = none, there = 20, fresh, isSettled = true} of cases) {
	test(`news: ${what}`, (t: TestContext) => {
		const news = newsOf(causes, earlier, {ignored, runsCompared: 3, runsThere: there});
		t.assert.deepStrictEqual(news.fresh.map(({text}) => text), fresh);
		t.assert.deepStrictEqual(news.known, causes.filter(cause => !news.fresh.includes(cause)));
		t.assert.strictEqual(news.isSettled, isSettled);
	});
}

test('a run without causes has no news', (t: TestContext) => {
	t.assert.deepStrictEqual(newsOf([], [], {ignored: none, runsCompared: 3, runsThere: 20}), {fresh: [], known: [], isSettled: true});
});

/** What is new in the newest run of a job against so many before it. */
function newsOfNight(name: ScenarioName, job: string, earlierRuns: number) {
	const [run, ...earlier] = played(name).runs(job, earlierRuns + 1);
	return newsOf(run!.causes, earlier.map(its => new Set(its.causes.map(({key}) => key))), {ignored: none, runsCompared: 3, runsThere: 30});
}

for (const job of ['contosoExchangeN', 'northwindOneDrive', 'contosoSharePoint']) {
	test(`usual-noise: nothing of ${job} is new against last night`, (t: TestContext) => {
		for (const earlierRuns of [1, 3]) {
			const {fresh, known, isSettled} = newsOfNight('usual-noise', job, earlierRuns);
			t.assert.strictEqual(fresh.length, 0);
			t.assert.ok(known.length > 0);
			t.assert.ok(isSettled);
		}
	});
}

test('new-among-noise: one cause is new, the noise is known', (t: TestContext) => {
	const {fresh, known, isSettled} = newsOfNight('new-among-noise', 'contosoExchangeN', 3);
	t.assert.deepStrictEqual(fresh.map(({text, severity, count}) => [text, severity, count]), [['The SMTP address has no mailbox associated with it', 'Error', 1]]);
	t.assert.strictEqual(known.length, 2);
	t.assert.ok(isSettled);
	t.assert.strictEqual(newsOfNight('new-among-noise', 'northwindOneDrive', 3).fresh.length, 0);
});
