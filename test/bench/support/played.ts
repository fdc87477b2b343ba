import {parseTitledLogItem, parseTypedLogItem} from '../../../source/api/wire/log-wire.js';
import {parseSessionV6} from '../../../source/api/wire/v6.js';
import {parseSessionV8} from '../../../source/api/wire/v8.js';
import type {LogItem} from '../../../source/model/log-item.js';
import type {Session} from '../../../source/model/session.js';
import type {JobRecord} from '../../../source/simulator/world/inventory.js';
import type {Scenario} from '../../../source/simulator/scenarios/scenario.js';
import type {Run} from '../../../source/simulator/world/run.js';
import {v6} from '../../../source/simulator/wire/v6.js';
import {v8} from '../../../source/simulator/wire/v8.js';
import {World} from '../../../source/simulator/world/world.js';

const hour = 3_600_000;
const epoch = Date.UTC(2026, 2, 2, 2, 14, 37);
/** The night: so long before and after the epoch. */
const half = 12 * hour;
/** Further back than anything of the client looks. */
const history = 32 * 24 * hour;

/** How a version says sessions and log items, read as the client reads them. */
export type Spoken = {
	readonly lacksKind: boolean;
	readonly session: (world: World, run: Run, at: number) => Session;
	/** The first items of the log. */
	readonly opening: (world: World, run: Run, at: number) => readonly LogItem[];
};

const openingItems = 20;

/** One that says the kind of a run, and one that does not. */
export const spoken = {
	v8: {
		lacksKind: false,
		session: (world, run, at) => parseSessionV8(v8.session(world.sessionOf(run, at), v8.activeEndTime), 'bench')!,
		opening(world, run, at) {
			const session = world.sessionOf(run, at);
			return world.logItems(session, at).slice(0, openingItems).map(item => parseTypedLogItem(v8.logItem(item, session, v8.activeEndTime))!);
		},
	},
	v6: {
		lacksKind: true,
		session: (world, run, at) => parseSessionV6(v6.session(world.sessionOf(run, at), v6.activeEndTime), 'bench')!,
		opening(world, run, at) {
			const session = world.sessionOf(run, at);
			return world.logItems(session, at).slice(0, openingItems).map(item => parseTitledLogItem(v6.logItem(item, session, v6.activeEndTime))!);
		},
	},
} as const satisfies Record<string, Spoken>;

export type SpokenName = keyof typeof spoken;

/** A first run of a job that has a schedule, with the runs of that job before it, newest first; times are the server's. */
export type PlayedRun = {
	readonly world: World;
	readonly run: Run;
	readonly earlier: readonly Run[];
	readonly startedAt: number;
	readonly endedAt: number;
};

/**
@yields the first runs of a night and of the half days around it, those that took some time; of many jobs an even choice
*/
export function * playedRuns(scenario: Scenario, seed: number, mostJobs: number): Generator<PlayedRun> {
	const world = new World({plan: scenario, seed, epoch, pace: 1});
	const scheduled = world.inventory.jobs.filter(job => job.every !== undefined && !job.isDeleted);
	const step = Math.ceil(scheduled.length / mostJobs);
	for (let place = 0; place < scheduled.length; place += step) {
		const runs = newestRuns(world, scheduled[place]!);
		for (const [index, run] of runs.entries()) {
			const startedAt = world.startOf(run);
			const endedAt = world.endOf(run);
			if (startedAt >= epoch - half && run.retryCount === 0 && endedAt > startedAt) {
				yield {world, run, earlier: runs.slice(index + 1), startedAt, endedAt};
			}
		}
	}
}

function newestRuns(world: World, job: JobRecord): readonly Run[] {
	const runs: Run[] = [];
	for (const run of world.newestRunsOfJobAt(job, epoch + half)) {
		if (world.startOf(run) < epoch - history) {
			break;
		}

		runs.push(run);
	}

	return runs;
}
