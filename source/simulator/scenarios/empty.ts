import type {Scenario} from './scenario.js';
import {provider, providerJobs} from './provider.js';

/** A server set up today: jobs, but no session at all. */
export const empty: Scenario = {
	about: 'Jobs exist, none has ever run.',
	...provider,
	jobs: providerJobs(),
	historyDays: 0,
	goesOn: false,
	mix: {},
	script: [],
	truth: [],
	othersNeedNothing: true,
};
