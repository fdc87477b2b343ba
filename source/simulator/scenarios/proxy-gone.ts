import type {Truth} from './scenario.js';
import {each, tonight, usualScenario, usualProxies, type UsualJob} from './usual.js';

const lostAt = -50;
const lost = {contosoTeams: -110, northwindSharePoint: -100, contosoProjects: -90, fabrikamTeams: -55} as const satisfies Partial<Record<UsualJob, number>>;
const queued = {contosoSharePoint: -46, fabrikamSharePoint: -38} as const satisfies Partial<Record<UsualJob, number>>;

const keysOf = <Key extends UsualJob>(times: Readonly<Record<Key, number>>) => Object.keys(times) as Key[];
const group = {of: 'proxy', name: usualProxies.two.hostName} as const;

/** A proxy was lost in the middle of the night and has not come back. */
export const proxyGone = usualScenario({
	about: 'A proxy is gone: four runs are disconnected, two wait behind.',
	proxies: {...usualProxies, two: {...usualProxies.two, status: 'Offline'}},
	jobs: {
		...each(keysOf(lost), {goesOn: false}),
		contosoSharePoint: {offset: queued.contosoSharePoint, goesOn: false},
		fabrikamSharePoint: {offset: queued.fabrikamSharePoint, goesOn: false},
		copyFabrikam: {offset: 70, mixAfter: {nothing: 1}},
	},
	script: [
		...keysOf(lost).map((job, place) => tonight(job, {takes: lostAt - lost[job] + (place * 0.1), attempts: ['disconnected']})),
		...keysOf(queued).map(job => tonight(job, {at: queued[job], waits: 5000, attempts: ['success']})),
	],
	truth: [
		...keysOf(lost).map((job): Truth => ({
			job, verdict: 'disconnected', needsAttention: true, ends: 'Disconnected', group,
			cause: 'Connection to the backup proxy server has been lost',
		})),
		...keysOf(queued).map((job): Truth => ({job, verdict: 'waiting', needsAttention: true, group})),
	],
});
