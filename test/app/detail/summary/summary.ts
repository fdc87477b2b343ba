import {test, type TestContext} from 'node:test';
import {unreadable} from '../../../../source/model/field.js';
import type {Verdict, VerdictKind} from '../../../../source/triage/verdicts/verdict.js';
import {drawings} from '../../../../source/ui/drawing.js';
import {bannerLines, problemLines} from '../../../../source/app/detail/summary/lines.js';
import {chartLine, ratesOver} from '../../../../source/app/detail/summary/chart.js';
import {possibleCauses, type InfrastructureNames} from '../../../../source/app/detail/summary/possible-causes.js';
import {statisticsTable} from '../../../../source/app/detail/summary/statistics.js';
import {byId, hour, logItem, minute, now, running, second, textOf, type SessionOptions} from '../../../helpers/sessions.js';
import {given, observation, opened} from '../../../helpers/summary.js';
import {cause, motion, usual, wholeLog} from '../../../helpers/verdict.js';

const at = now.server;
const nothing: InfrastructureNames = {repositories: new Map(), proxies: new Map()};
const late = {limitMs: 1, byMs: 1, pastUsualMs: 1};
const microsoft = 'Microsoft 365: throttling or its network (bottleneck Source)';
const throttling = (amount: number) => ({newest: {readAt: at, items: Array.from({length: amount}, () => logItem({type: 'Warning', text: 'Server is too busy'}))}});
const of = (bottleneck: string): SessionOptions => ({statistics: {bottleneck}});

const looks: ReadonlyArray<readonly [what: string, fields: SessionOptions, about: Partial<Verdict>, places: InfrastructureNames, hints: readonly string[]]> = [
	['a late run that waits for its source', running(of('Source')), {late}, nothing, [microsoft]],
	['a late run that waits for its target', running(of('Target')), {late}, nothing, ['the repository repo-01 and its storage (bottleneck Target)']],
	['a late run whose bottleneck is not found yet', running(of('Detecting')), {late}, nothing, []],
	['a stuck run', running(of('Source')), {kind: 'stuck', late}, nothing, ['the service of the proxy vbp-01, and the session in the console']],
	['a stuck run through a proxy that is gone', running(of('Source')), {kind: 'stuck'}, given.names, ['the session in the console', 'the proxy vbp-01: it is Offline']],
	['a stuck run through a pool', running({proxyId: undefined, proxyPoolId: 'pp1'}), {kind: 'stuck'}, nothing, ['the service of the proxies of the pool vbp-01, and the session in the console']],
	['a run that will not fit', running(of('Source')), {pastWindowMs: 1}, nothing, [microsoft]],
	['a throttled run', running(of('Source')), {isThrottled: true, log: throttling(3)}, nothing, ['Microsoft 365: 3 lines about throttling in its log']],
	['a throttled run that waits for its target', running(of('Target')), {isThrottled: true, log: throttling(1)}, nothing, ['Microsoft 365: 1 line about throttling in its log', 'the repository repo-01 and its storage (bottleneck Target)']],
	['a run at less than half of its usual rate', running(of('Source')), {baseline: usual()}, nothing, [microsoft]],
	['a run at more than half of it', running(of('Source')), {baseline: usual({processingRate: {median: 3e6, p90: 4e6}})}, nothing, []],
	['a run without a baseline', running(of('Source')), {}, nothing, []],
	['a finished run that took longer than nine of ten', {createdAt: at - (5 * hour), ...of('Source')}, {baseline: usual()}, nothing, [microsoft]],
	['a finished run as long as usual', of('Source'), {baseline: usual()}, nothing, []],
	['a run through a proxy that is gone', running(of('NA')), {}, given.names, ['the proxy vbp-01: it is Offline']],
	['a good run through a proxy that is gone since', of('NA'), {}, given.names, []],
	['a failed run into a repository in trouble', {status: 'Failed'}, {}, {...nothing, repositories: byId({id: 'r1', name: 'repo-01', outOfOrderReason: 'Disk is full'})}, ['the repository repo-01: Disk is full']],
	['a run whose repository is on a proxy that is gone (v7)', running({proxyId: undefined}), {}, {...given.names, repositories: byId({id: 'r1', name: 'repo-01', proxyId: 'p1'})}, ['the proxy vbp-01: it is Offline']],
];

for (const [what, fields, about, places, hints] of looks) {
	test(`where to look for ${what}: ${hints.join(', ') || 'nowhere'}`, (t: TestContext) => {
		t.assert.deepStrictEqual(possibleCauses(opened(fields, about), places), hints);
	});
}

test('rates are spread over the time between observations, and 0 since the newest', (t: TestContext) => {
	const seen = [observation(40 * second, 0), observation(20 * second, 4000), observation(10 * second, 8000)];
	t.assert.deepStrictEqual(ratesOver(seen, at, 4), [200, 200, 400, 0]);
	t.assert.deepStrictEqual(ratesOver(seen, at, 8), [200, 200, 200, 200, 400, 400, 0, 0]);
	t.assert.deepStrictEqual(ratesOver(seen, at, 2), [200, 200]);
});

test('what cannot be read, or goes down, is a gap', (t: TestContext) => {
	for (const wrong of [undefined, unreadable, -1] as const) {
		const seen = [observation(40 * second, 0), observation(30 * second, 1000), observation(20 * second, wrong), observation(10 * second, 2000)];
		t.assert.deepStrictEqual(ratesOver(seen, at, 4).slice(0, 2), [100, undefined]);
		t.assert.strictEqual(ratesOver(seen, at, 4)[3], 0);
	}
});

test('two looks at the same moment do no harm', (t: TestContext) => {
	const seen = [observation(40 * second, 0), observation(25 * second, 1500), observation(25 * second, 1600)];
	t.assert.deepStrictEqual(ratesOver(seen, at, 4), [100, 50, 0, 0]);
});

test('a session is watched for 20 s before its rate is drawn', (t: TestContext) => {
	const lineOf = (ms: number) => textOf(chartLine([observation(ms, 0)], {now: at, drawing: drawings.ascii, width: 79})).trimEnd();
	t.assert.strictEqual(lineOf(19 * second), ' RATE  watched for less than 20s');
	t.assert.match(lineOf(20 * second), /^ RATE {2}\.{39} {2}~0 B\/s max, last 20s$/v);
	t.assert.strictEqual(textOf(chartLine([], {now: at, drawing: drawings.ascii, width: 79})).trimEnd(), ' RATE  watched for less than 20s');
});

function nowOf(fields: SessionOptions, about: Partial<Verdict>): readonly string[] {
	const {heading, rows} = statisticsTable(opened(fields, about), 99);
	return [heading, ...rows].map(cells => textOf(cells[2]!).trim());
}

test('what a run does now comes from what was seen of it, and is marked', (t: TestContext) => {
	const moves = motion(0, {now: {bytesPerSecond: 1_048_576, itemsPerSecond: 0.25, objects: 3, overMs: 2 * minute}});
	t.assert.deepStrictEqual(nowOf(running(), {motion: moves}), ['now (2m)', '~1.0 MB/s', '~0.3 /s', '-', '-', '+120.0 MB', '+3', '+30', '-']);
	t.assert.deepStrictEqual(nowOf(running(), {motion: motion(0)}), ['now', '-', '-', '-', '-', '-', '-', '-', '-']);
	const unknown = motion(0, {now: {bytesPerSecond: undefined, itemsPerSecond: undefined, objects: undefined, overMs: 40 * second}});
	t.assert.deepStrictEqual(nowOf(running(), {motion: unknown}), ['now (40s)', '-', '-', '-', '-', '-', '-', '-', '-']);
});

const problemsOf = (about: Partial<Verdict>) =>
	problemLines(opened({status: 'Warning'}, about), 90, 8).map(cell => textOf(cell).trimEnd());
const known = cause({key: 'b', severity: 'Warning', text: 'Folder is too large', count: 1, objects: ['a', 'b', 'c', 'd', 'e']});
const log = {problems: {items: [], isCut: false, readAt: at}};

test('causes say whether they are new, how often they came and whom they name', (t: TestContext) => {
	const news = {fresh: [cause()], known: [known], isSettled: true};
	t.assert.deepStrictEqual(problemsOf({causes: [cause(), known], news, log: wholeLog}), [
		' LATEST PROBLEMS  2 causes in 12 errors, 1 warning                         (2 for the log)',
		' 01:34:37 new   Error   x12 Access is denied: ann@contoso.example, bob@contoso.example',
		' 01:34:37 known Warning x1  Folder is too large: a, b, c and 2 more',
	]);
});

test('a cause is not called new before all runs that it is compared with were read', (t: TestContext) => {
	const [, first] = problemsOf({causes: [cause()], news: {fresh: [cause()], known: [], isSettled: false}, log});
	t.assert.match(first!, /^ 01:34:37 {7}Error/v);
});

const empty: ReadonlyArray<readonly [what: string, about: Partial<Verdict>, words: string]> = [
	['its log was read', {log}, 'none in its log'],
	['its newest items were', {log: {newest: {items: [], readAt: at}}}, 'none in its newest log items'],
	['it was not', {}, 'log not read'],
];

for (const [what, about, words] of empty) {
	test(`without causes, where ${what}: ${words}`, (t: TestContext) => {
		t.assert.ok(problemsOf(about)[0]!.startsWith(` LATEST PROBLEMS  ${words} `));
	});
}

test('what was read while a run goes on is told as so far', (t: TestContext) => {
	const options = opened(running(), {causes: [cause()], log: wholeLog});
	const [heading] = problemLines(options, 90, 8);
	t.assert.match(textOf(heading!), /^ LATEST PROBLEMS {2}1 cause in 12 errors so far /v);
});

test('what the details alone say is told as that', (t: TestContext) => {
	t.assert.ok(problemsOf({causes: [cause({count: 1})]})[0]!.startsWith(' LATEST PROBLEMS  1 cause by the details; log not read '));
});

/** The word of the banner and its tone; what is no problem is dim. */
const banners: Readonly<Record<VerdictKind, readonly [word: string, tone: string]>> = {
	failed: ['FAILED', 'bad'], missed: ['MISSED', 'bad'], stuck: ['STUCK', 'bad'], disconnected: ['DISCONNECTED', 'bad'],
	notConfigured: ['NOT CONFIGURED', 'warning'], throttled: ['THROTTLED', 'warning'], late: ['LATE', 'warning'], wontFit: ['PAST WINDOW', 'warning'],
	waiting: ['WAITING', 'warning'], behind: ['BEHIND', 'warning'], newWarning: ['NEW WARNING', 'warning'], recovered: ['RECOVERED', 'warning'],
	retrying: ['RETRYING', 'dim'], healed: ['HEALED', 'dim'], running: ['NO PROBLEM', 'dim'], other: ['NO PROBLEM', 'dim'], queued: ['NO PROBLEM', 'dim'],
	warning: ['NO PROBLEM', 'dim'], success: ['NO PROBLEM', 'dim'], stopped: ['NO PROBLEM', 'dim'],
};

for (const [kind, [word, tone]] of Object.entries(banners)) {
	test(`the banner of ${kind} is ${word}, ${tone}`, (t: TestContext) => {
		const lead = bannerLines(opened({}, {kind: kind as VerdictKind}), {now: at, zone: 'UTC'}, 100)[0]![0];
		t.assert.deepStrictEqual([lead?.text.trim(), lead?.tone], [word, tone]);
	});
}
