import {test, type TestContext} from 'node:test';
import type {JobPlan, Night, RunPlan} from '../../source/simulator/night.js';
import {nights} from '../../source/simulator/nights.js';
import {day, second, told, truth, versions, watchNight} from './support/watch.js';

const amount = 500;
const [template] = Object.values<JobPlan>(nights.clean.jobs);
const numbers = Array.from({length: amount}, (_, index) => index);

/** Five hundred jobs at work, begun over the last eight hours, and what frequent ones have done since. */
const busy: Night = {
	...nights.clean,
	about: 'Five hundred sessions are active.',
	jobs: Object.fromEntries(numbers.map(index => [`job ${index}`, {...template!, name: `Job ${index}`, every: 1440, offset: index}])),
	historyDays: 1,
	goesOn: false,
	script: numbers.map((index): RunPlan => ({job: `job ${index}`, at: -(index + 1), takes: 3000, attempts: ['success']})),
	truth: [],
};

for (const api of versions) {
	test(`${api}: a poll with five hundred active sessions stays within five requests, and is whole`, async (t: TestContext) => {
		const night = await watchNight(t, {api, night: busy, faults: []});
		const first = await night.feed.poll();
		t.assert.strictEqual(first.sessions.filter(({status}) => status === 'Running').length, amount);
		for (let polls = 0; polls < 5; polls++) {
			const before = night.server.requests.length;
			night.time.forward(5 * second);
			const {sessions} = await night.feed.poll();
			const asked = night.server.requests.length - before;
			t.assert.ok(asked <= 5, `${asked} requests`);
			t.assert.deepStrictEqual(told(sessions), truth(night, day));
		}
	});
}
