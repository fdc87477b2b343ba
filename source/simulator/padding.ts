import type {JobPlan, Night} from './night.js';

const perDay = 100;
/** The default of the product: 53 weeks. */
const mostDays = 371;
const minutesPerDay = 1440;

/** Adds frequent jobs to a night so that its history holds about this many sessions. */
export function padHistory(night: Night, sessions: number): {night: Night; historyDays: number} {
	const historyDays = Math.max(1, night.historyDays);
	const [organization] = Object.keys(night.organizations);
	const [repository] = Object.keys(night.repositories);
	const missing = sessions - scheduledSessions(night);
	if (organization === undefined || repository === undefined || missing <= 0) {
		return {night, historyDays};
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

	return {night: {...night, jobs: {...night.jobs, ...jobs}}, historyDays: days};
}

function scheduledSessions(night: Night): number {
	let sessions = night.script.length;
	for (const {every, isEnabled} of Object.values(night.jobs)) {
		sessions += every === undefined || isEnabled === false ? 0 : (night.historyDays * minutesPerDay) / every;
	}

	return sessions;
}
