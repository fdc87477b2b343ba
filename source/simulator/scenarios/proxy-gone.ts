import type {Truth} from './scenario.js';
import {withChange, scriptedRun, baseScenario, baseProxies, type BaseJob} from './base.js';

const lostAt = -50;
const lost = {contosoTeams: -110, northwindSharePoint: -100, contosoProjects: -90, fabrikamTeams: -55} as const satisfies Partial<Record<BaseJob, number>>;
const queued = {contosoSharePoint: -46, fabrikamSharePoint: -38} as const satisfies Partial<Record<BaseJob, number>>;

const keysOf = <Key extends BaseJob>(times: Readonly<Record<Key, number>>) => Object.keys(times) as Key[];
const group = {of: 'proxy', name: baseProxies.two.hostName} as const;

/** A proxy went offline 50 minutes before the epoch and has not come back. */
export const proxyGone = baseScenario({
	about: 'A proxy is gone: four runs are disconnected, two wait behind.',
	proxies: {...baseProxies, two: {...baseProxies.two, status: 'Offline'}},
	jobs: {
		...withChange(keysOf(lost), {goesOn: false}),
		contosoSharePoint: {offset: queued.contosoSharePoint, goesOn: false},
		fabrikamSharePoint: {offset: queued.fabrikamSharePoint, goesOn: false},
		copyFabrikam: {offset: 70, mixAfter: {nothing: 1}},
	},
	script: [
		...keysOf(lost).map((job, index) => scriptedRun(job, {takes: lostAt - lost[job] + (index * 0.1), attempts: ['disconnected']})),
		...keysOf(queued).map(job => scriptedRun(job, {at: queued[job], waits: 5000, attempts: ['success']})),
	],
	truth: [
		...keysOf(lost).map((job): Truth => ({
			job, verdict: 'disconnected', needsAttention: true, ends: 'Disconnected', group,
			cause: 'Connection to the backup proxy server has been lost',
		})),
		...keysOf(queued).map((job): Truth => ({job, verdict: 'waiting', needsAttention: true, group})),
	],
});
