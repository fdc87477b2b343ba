import {test, type TestContext} from 'node:test';
import type {ScenarioName} from '../../source/simulator/scenarios/scenarios.js';
import {movableClock, simulator, startMonitor} from '../helpers/monitor.js';

type Question = {
	readonly asks: string;
	readonly scenario: ScenarioName;
	/** Minutes after the night's beginning. */
	readonly after?: number;
	/** At most two. */
	readonly keys: readonly string[];
	/** What answers it, after the keys. */
	readonly answer: RegExp;
	/** What must be seen before a key is pressed. */
	readonly first?: RegExp;
};

/** What an operator wants to know at night, each answered in at most two keys from the first screen. */
const questions: readonly Question[] = [
	{asks: 'what failed and needs me', scenario: 'used-up', keys: [], answer: /^>!Failed +Contoso SharePoint .* no retry left/mv},
	{asks: 'will it heal', scenario: 'demo', after: 15, keys: [], answer: /^ {2}Failed +Tailspin Teams .* retry 1\/3 in ~\dm/mv},
	{asks: 'what runs and does it move', scenario: 'clean', first: /^> Running/mv, keys: ['enter'], answer: /Processing rate .*~[\d.]+ [GKM]?B\/s/v},
	{asks: 'which objects failed and why', scenario: 'used-up', first: /no retry left/v, keys: ['enter', '3'], answer: /Unable to read data from the transport[\s\S]*https:\/\/contoso\.sharepoint\.com\//v},
	{asks: 'is it new', scenario: 'new-among-noise', keys: [], answer: /^>!Warning +Contoso Exchange N-Z .* new: The SMTP/mv},
	{asks: 'what did not run', scenario: 'missed', keys: [], answer: /^>!- +Fabrikam Exchange .* missed, due \d\d:\d\d/mv},
	{asks: 'how long against usual', scenario: 'used-up', first: /no retry left/v, keys: ['enter'], answer: /Usual +\dh\d\d \(p90 \dh\d\d, \d+ runs\)/v},
	{asks: 'will it finish before the window closes', scenario: 'window', keys: [], answer: /^>!Running +Northwind Exchange .* ~\dh\d\d past window/mv},
	{asks: 'is the copy behind', scenario: 'copy-behind', keys: [], answer: /^>!- +Copy of Fa\.\.harePoint .* copy is 2d23h behind/mv},
	{asks: 'whose fault is slowness', scenario: 'throttled', first: /^>!Running +Fabrikam OneDrive .* throttled/mv, keys: ['enter'], answer: /LOOK AT +Microsoft 365/v},
	{asks: 'is one cause behind many', scenario: 'certificate', keys: [], answer: /9 jobs, one cause: AADSTS700027.*contoso/v},
];

for (const {asks, scenario, after = 0, keys, answer, first = /LIVE/v} of questions) {
	test(`${asks}: ${keys.length === 0 ? 'at once' : keys.join(', ')}`, async (t: TestContext) => {
		t.assert.ok(keys.length <= 2);
		const clock = movableClock();
		const server = await simulator(t, {scenario, pace: 1, clock: clock.now, epoch: clock.now() - (after * 60_000)});
		const monitor = startMonitor(t, server, {list: 'now', columns: 80, rows: 24});
		for (let looks = 0; looks < 3; looks++) {
			const before = server.requests.length;
			await monitor.until(text => text.includes('LIVE') && server.requests.length > before + 3, 'another look');
			clock.forward(20_000);
		}

		await monitor.until(first, String(first), 40);
		await monitor.press(...keys);
		await monitor.until(answer, String(answer), 40);
	});
}

test('can I trust this screen: its age stands there, and what is wrong with it', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'clean'});
	const monitor = startMonitor(t, server, {list: 'now'});
	await monitor.until(/LIVE \ds[\s\S]*all quiet/v);
	await server.close();
	await monitor.until(/OFFLINE \d+s[\s\S]*next try in/v);
	t.assert.match(monitor.text(), /Running +\w/v);
});

test('what do I hand over: Y', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'used-up', pace: 1});
	const copied: string[] = [];
	const monitor = startMonitor(t, server, {
		list: 'now',
		async onCopy(text) {
			copied.push(text);
			return 'osc52';
		},
	});
	await monitor.until(/no retry left/v);
	await monitor.press('Y');
	await monitor.until(/OSC 52/v);
	const [ticket = ''] = copied;
	for (const words of [/Server: +test/v, /Job: +Contoso SharePoint/v, /Status: +Failed/v, /no retry is left/v, /UTC/v, /transport connection/v, /[\da-f]{8}-[\da-f]{4}-/v]) {
		t.assert.match(ticket, words);
	}
});
