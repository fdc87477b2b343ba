import {clean} from '../../source/simulator/scenarios/clean.js';
import type {Scenario} from '../../source/simulator/scenarios/scenario.js';
import {World} from '../../source/simulator/world/world.js';
import {jobKey} from '../../source/triage/triage.js';
import {isProblem} from '../../source/triage/verdicts/verdict.js';
import {triagedNight} from '../helpers/triaged-scenario.js';
import type {Bench, Figure} from './support/figures.js';

const minute = 60_000;
const hour = 60 * minute;
const nights = 14;
const everyMs = 10 * minute;
const epoch = Date.UTC(2026, 2, 2, 2, 14, 37);

/** Five weeks of good runs, whose lengths are spread as in practice: seldom much longer than usual. */
const scenario = {...clean, historyDays: 35, tail: 0.3, runsThrough: true, script: []} as const satisfies Scenario;

/** How many problems are seen where there is none. */
export const verdicts: Bench = {
	name: 'verdicts',
	title: 'false problems in a clean fortnight',
	async measure() {
		const world = new World({plan: scenario, seed: 1, epoch, pace: 1});
		const watched = triagedNight(world, 'v8');
		const seen = new Map<string, string>();
		let jobs = 0;
		let looks = 0;
		for (let at = epoch; at < epoch + (nights * 24 * hour); at += everyMs) {
			const {verdicts: found} = watched.lookAt(at);
			looks++;
			jobs = Math.max(jobs, found.length);
			for (const verdict of found) {
				// The same one is seen at many looks.
				if (isProblem(verdict.kind)) {
					seen.set(`${jobKey(verdict)} ${verdict.kind} ${verdict.session?.id ?? verdict.missedAt ?? ''}`, verdict.kind);
				}
			}
		}

		const kinds = [...Map.groupBy(seen.values(), kind => kind)].map(([kind, all]): Figure => ({what: `of them ${kind}`, median: all.length, unit: 'times'}));
		return {
			by: `${nights} nights of ${jobs} jobs, all sessions good, looked at each ${everyMs / minute} min (${looks} looks), v8, one seed; a problem counts once for each session`,
			figures: [
				{what: 'problems where there is none', median: seen.size, unit: 'times'},
				{what: 'a night, for 40 jobs', median: seen.size / nights / (jobs / 40), unit: 'times'},
				...kinds,
				{what: 'reads besides the lists, a night', median: watched.reads() / nights, unit: 'times'},
			],
		};
	},
};
