import {test, type TestContext} from 'node:test';
import {scenarios, type ScenarioName} from '../../source/simulator/scenarios/scenarios.js';
import {movableClock, simulator, startMonitor} from '../helpers/monitor.js';

type Practiced = Exclude<ScenarioName, 'demo' | 'empty' | 'hostile' | 'msp' | 'unkind'>;

/** A row of Now: its mark, status and what it needs. */
const row = (mark: string, status: string, job: string, needs: string) => new RegExp(`^[> ]${mark === '' ? ' ' : mark}${status} +${job}.* ${needs}`, 'mv');

/** What must be seen of each night at once, on a terminal of 80x24, without a key. */
const seen: Readonly<Record<Practiced, readonly RegExp[]>> = {
	clean: [/^ all quiet/mv, /LIVE \d/v],
	'usual-noise': [/^ all quiet/mv, row('', 'Warning', 'Contoso Exchange N-Z', 'known, 2 causes'), row('', 'Warning', 'Northwind OneDrive', 'known, 1 cause')],
	'new-among-noise': [/^ new warning 1/mv, row('!', 'Warning', 'Contoso Exchange N-Z', 'new: The SMTP add'), row('', 'Warning', 'Northwind OneDrive', 'known, 1 cause')],
	healed: [/^ all quiet/mv, row('', 'Success', 'Contoso Teams', 'healed on retry 1')],
	'used-up': [/^ failed 1/mv, row('!', 'Failed', 'Contoso SharePoint', 'no retry left')],
	throttled: [/^ throttled 1/mv, row('!', 'Running', 'Fabrikam OneDrive', 'throttled')],
	stuck: [/^ stuck 1/mv, row('!', 'Running', 'Contoso Exchange A-M', String.raw`stuck, quiet 4\dm`)],
	certificate: [/^ failed 9 {3}9 jobs, one cause: AADSTS700027: .*, contoso\.onmicrosoft\.com/mv],
	storage: [/^ failed 5 {3}5 jobs, one cause: .*, repository obj-sites/mv],
	'proxy-gone': [/^ disconnected 4 {2}waiting 2 {3}6 jobs, one cause: .*vbp-02/mv],
	'first-full': [/^ all quiet/mv, row('', 'Running', 'Contoso On..ive Sales', String.raw`Full, 6\.\dx the usual`)],
	missed: [/^ missed 1/mv, row('!', '-', 'Fabrikam Exchange', String.raw`missed, due \d\d:\d\d`)],
	'copy-behind': [/^ behind 1/mv, row('!', '-', 'Copy of Fa..harePoint', 'copy is 2d23h behind')],
	window: [/^ past window 1/mv, row('!', 'Running', 'Northwind Exchange', String.raw`~1h\d\d past window`)],
};

for (const [scenario, wanted] of Object.entries(seen) as Array<[Practiced, readonly RegExp[]]>) {
	test(`${scenario}: ${scenarios[scenario].about}`, async (t: TestContext) => {
		const clock = movableClock();
		const server = await simulator(t, {scenario, pace: 1, clock: clock.now});
		const monitor = startMonitor(t, server, {list: 'now', columns: 80, rows: 24});
		// Silence and rates are believed once they were watched for a while.
		for (let looks = 0; looks < 8; looks++) {
			const before = server.requests.length;
			await monitor.until(text => text.includes('LIVE') && server.requests.length > before + 3, 'another look');
			clock.forward(20_000);
		}

		for (const words of wanted) {
			await monitor.until(words, String(words), 40);
		}
	});
}
