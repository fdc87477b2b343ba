import {test, type TestContext} from 'node:test';
import type {Scenario} from '../../source/simulator/scenarios/scenario.js';
import type {JobPlan, RunPlan} from '../../source/simulator/world/plan.js';
import {scenarios} from '../../source/simulator/scenarios/scenarios.js';
import {day, second, told, truth, versions, watchNight} from './support/watch.js';

const amount = 500;
const [template] = Object.values<JobPlan>(scenarios.clean.jobs);
const numbers = Array.from({length: amount}, (_, index) => index);

/** Five hundred jobs at work, begun over the last eight hours, and what frequent ones have done since. */
const busy: Scenario = {
	...scenarios.clean,
	about: 'Five hundred sessions are active.',
	jobs: Object.fromEntries(numbers.map(index => [`job ${index}`, {...template!, name: `Job ${index}`, every: 1440, offset: index}])),
	historyDays: 1,
	goesOn: false,
	script: numbers.map((index): RunPlan => ({job: `job ${index}`, at: -(index + 1), takes: 3000, attempts: ['success']})),
	truth: [],
};

for (const api of versions) {
	test(`${api}: a poll with five hundred active sessions stays within five requests, and is whole`, async (t: TestContext) => {
		const scenario = await watchNight(t, {api, scenario: busy, faults: []});
		const first = await scenario.feed.poll();
		t.assert.strictEqual(first.sessions.filter(({status}) => status === 'Running').length, amount);
		for (let polls = 0; polls < 5; polls++) {
			const before = scenario.server.requests.length;
			scenario.time.forward(5 * second);
			const {sessions} = await scenario.feed.poll();
			const asked = scenario.server.requests.length - before;
			t.assert.ok(asked <= 5, `${asked} requests`);
			t.assert.deepStrictEqual(told(sessions), truth(scenario, day));
		}
	});
}
