import {createSessionStore} from '../../source/live/session-store.js';
import {sessionKey} from '../../source/model/session.js';
import {scenarios} from '../../source/simulator/scenarios/scenarios.js';
import {estimateOf, foundObjects, type EstimatedRun} from '../../source/triage/estimate.js';
import {baselineOf, type Baseline} from '../../source/triage/baseline.js';
import {spread, type Bench, type Figure} from './support/figures.js';
import {playedRuns, spoken, type PlayedRun, type Spoken, type SpokenName} from './support/played.js';

const minute = 60_000;
const shares = [0.25, 0.5, 0.75] as const;
const seeds = 2;
const mostJobs = 50;
const pollMs = 15_000;
/** As many as there are observations kept of a session. */
const polls = 64;

/** What is known when the end is estimated; a new case is an entry here. */
const knowledge: Readonly<Record<string, {readonly title: string; readonly of: (run: EstimatedRun) => EstimatedRun}>> = {
	all: {title: 'log read', of: run => run},
	noLog: {title: 'log not read', of: run => ({...run, found: undefined})},
	noBaseline: {title: 'no baseline', of: run => ({...run, baseline: undefined})},
};

/** How far ends were off, in milliseconds, and how long the runs took. */
type Miss = {readonly byMs: number; readonly naiveMs: number; readonly tookMs: number};
type Misses = Map<string, Miss[]>;
type Asked = {readonly version: SpokenName; readonly known: string; readonly share: number};

const keyOf = ({version, known, share}: Asked) => `${version} ${known} ${share}`;

/** How close the expected end of a run comes, beside the guess that it takes as long as usual. */
export const estimate: Bench = {
	name: 'estimate',
	title: 'error of the expected end',
	async measure() {
		const misses: Misses = new Map();
		let runs = 0;
		let ends = 0;
		for (const [order, scenario] of Object.values(scenarios).entries()) {
			for (let round = 0; round < seeds; round++) {
				// Nights share their jobs: with one seed they would have the same runs.
				for (const played of playedRuns(scenario, 1 + (order * seeds) + round, mostJobs)) {
					const asked = missesOf(played, misses);
					runs += asked > 0 ? 1 : 0;
					ends += asked;
				}
			}
		}

		return {
			by: `${runs} first runs of ${Object.keys(scenarios).length} nights with ${seeds} seeds each (at most ${mostJobs} jobs of a night), each with five runs of history or more, however it ended, `
				+ `but none while it is stuck; the last ${polls} polls, one each ${pollMs / 1000} s; ${ends} estimates; naive: it began, and takes the usual median, but never ends before now`,
			figures: allAsked().flatMap(asked => figuresOf(asked, misses)),
		};
	},
};

function allAsked(): readonly Asked[] {
	const versions = Object.keys(spoken) as SpokenName[];
	const pairs = versions.flatMap(version => Object.keys(knowledge).map(known => ({version, known})));
	return pairs.flatMap(pair => shares.map(share => ({...pair, share})));
}

/** Adds to the misses what is asked of one run; gives how many estimates there were. */
function missesOf(played: PlayedRun, misses: Misses): number {
	let count = 0;
	for (const version of Object.keys(spoken) as SpokenName[]) {
		const usual = usualBefore(played, spoken[version]);
		for (const share of usual ? shares : []) {
			count += missesAt(played, usual!, {version, share}, misses);
		}
	}

	return count;
}

function usualBefore({world, run, earlier, startedAt}: PlayedRun, {session, lacksKind}: Spoken): Baseline | undefined {
	const history = earlier.map(each => session(world, each, startedAt));
	return baselineOf(history, {kind: session(world, run, startedAt).kind, now: startedAt, lacksKind});
}

function missesAt(played: PlayedRun, baseline: Baseline, {version, share}: Omit<Asked, 'known'>, misses: Misses): number {
	const {world, run, startedAt, endedAt} = played;
	const at = startedAt + Math.round(share * (endedAt - startedAt));
	if (run.quietFrom !== undefined && at > world.epoch + run.quietFrom) {
		return 0;
	}

	const asked = askedOf(played, {says: spoken[version], baseline, at});
	const naive = Math.max(at, startedAt + baseline.durationMs.median);
	const ends = Object.entries(knowledge).map(([known, {of}]) => ({known, end: estimateOf(of(asked))?.endsAt})).filter(({end}) => end !== undefined);
	for (const {known, end} of ends) {
		const key = keyOf({version, known, share});
		const miss = {byMs: Math.abs(end! - endedAt), naiveMs: Math.abs(naive - endedAt), tookMs: endedAt - startedAt};
		misses.set(key, misses.get(key) ?? []);
		misses.get(key)!.push(miss);
	}

	return ends.length;
}

/** What a monitor that has polled it for a while knows of the run at that time. */
function askedOf(
	{world, run, startedAt}: PlayedRun, {says, baseline, at}: {readonly says: Spoken; readonly baseline: Baseline; readonly at: number},
): EstimatedRun {
	const session = says.session(world, run, at);
	const store = createSessionStore();
	for (let ago = Math.min(polls, Math.floor((at - startedAt) / pollMs)); ago > 0; ago--) {
		const seenAt = at - (ago * pollMs);
		store.merge([says.session(world, run, seenAt)], seenAt);
	}

	store.merge([session], at);
	return {session, baseline, found: foundObjects(says.opening(world, run, at)), observations: store.observations().get(sessionKey(session)) ?? [], now: at};
}

function figuresOf(asked: Asked, misses: Misses): readonly Figure[] {
	const found = misses.get(keyOf(asked)) ?? [];
	const what = `${asked.version}, ${knowledge[asked.known]!.title}, ${asked.share * 100} % of the run (${found.length})`;
	const figure = (name: string, unit: Figure['unit'], measured: (miss: Miss, ms: number) => number): Figure => ({
		what: name, unit,
		...spread(found.map(miss => measured(miss, miss.byMs))),
		against: {what: 'naive', median: spread(found.map(miss => measured(miss, miss.naiveMs))).median},
	});
	return [figure(what, '%', ({tookMs}, ms) => 100 * ms / tookMs), figure('', 'min', (_miss, ms) => ms / minute)];
}
