import type {JobPlan, Scenario} from '../scenarios/scenario.js';

const perDay = 100;
/** The default of the product: 53 weeks. */
const mostDays = 371;
const minutesPerDay = 1440;

/** Adds frequent jobs to a night so that its history holds about this many sessions. */
export function padHistory(scenario: Scenario, sessions: number): {scenario: Scenario; historyDays: number} {
	const historyDays = Math.max(1, scenario.historyDays);
	const [organization] = Object.keys(scenario.organizations);
	const [repository] = Object.keys(scenario.repositories);
	const missing = sessions - scheduledSessions(scenario);
	if (organization === undefined || repository === undefined || missing <= 0) {
		return {scenario, historyDays};
	}

	const days = Math.min(mostDays, Math.max(historyDays, Math.ceil(missing / perDay)));
	const count = Math.max(1, Math.ceil(missing / days / 144));
	const every = (days * minutesPerDay * count) / missing;
	const jobs: Record<string, JobPlan> = {};
	for (let place = 0; place < count; place++) {
		jobs[`padding ${place}`] = {
			name: `Journal ${String(place + 1).padStart(2, '0')}`, type: 'Backup', organization, repository, workload: 'mail', every,
			offset: (place * every) / count, historyDays: days, goesOn: false,
			minutes: Math.min(3, every / 3), objects: 4, items: 40, bytes: 4_000_000, mix: {success: 20, nothing: 10, noise: 1},
		};
	}

	return {scenario: {...scenario, jobs: {...scenario.jobs, ...jobs}}, historyDays: days};
}

function scheduledSessions(scenario: Scenario): number {
	let sessions = scenario.script.length;
	for (const {every, isEnabled} of Object.values(scenario.jobs)) {
		sessions += every === undefined || isEnabled === false ? 0 : (scenario.historyDays * minutesPerDay) / every;
	}

	return sessions;
}
