import type {JobPlan, WorldPlan} from '../plan.js';

const perDay = 100;
/** The product's default retention: 53 weeks. */
const mostDays = 371;
const minutesPerDay = 1440;

/** Adds frequent jobs to a plan so that its history has about this many sessions; `historyDays` is the length of the longest history in it. */
export function padHistory(plan: WorldPlan, sessions: number): {plan: WorldPlan; historyDays: number} {
	const historyDays = Math.max(1, plan.historyDays);
	const [organization] = Object.keys(plan.organizations);
	const [repository] = Object.keys(plan.repositories);
	const missing = sessions - scheduledSessions(plan);
	if (organization === undefined || repository === undefined || missing <= 0) {
		return {plan, historyDays};
	}

	const days = Math.min(mostDays, Math.max(historyDays, Math.ceil(missing / perDay)));
	const count = Math.max(1, Math.ceil(missing / days / 144));
	const every = (days * minutesPerDay * count) / missing;
	const jobs: Record<string, JobPlan> = {};
	for (let index = 0; index < count; index++) {
		jobs[`padding ${index}`] = {
			name: `Journal ${String(index + 1).padStart(2, '0')}`, type: 'Backup', organization, repository, workload: 'mail', every,
			offset: (index * every) / count, historyDays: days, goesOn: false,
			minutes: Math.min(3, every / 3), objects: 4, items: 40, bytes: 4_000_000, mix: {success: 20, nothing: 10, noise: 1},
		};
	}

	return {plan: {...plan, jobs: {...plan.jobs, ...jobs}}, historyDays: days};
}

function scheduledSessions(plan: WorldPlan): number {
	let sessions = plan.script.length;
	for (const {every, isEnabled} of Object.values(plan.jobs)) {
		sessions += every === undefined || isEnabled === false ? 0 : (plan.historyDays * minutesPerDay) / every;
	}

	return sessions;
}
