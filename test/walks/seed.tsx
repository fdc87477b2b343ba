import {test, type TestContext} from 'node:test';
import {fixture} from '../helpers/fixture.js';
import {startMonitor} from '../helpers/monitor.js';
import type {Reply} from '../helpers/recording-server.js';
import {password, startWireServer} from '../helpers/wire-server.js';

test('the first known answer of a server: list and detail show exactly its figures', async (t: TestContext) => {
	const seed = await fixture('v6/job-sessions.json') as {results: Array<{id: string}>};
	// The server's own clock says that the newest of its sessions ended eleven minutes ago.
	const at = (json: unknown): Reply => ({json, headers: {date: 'Mon, 31 Jan 2022 16:50:00 GMT'}});
	const page = (results: unknown[]) => at({offset: 0, limit: 1000, results});
	const server = await startWireServer(t, {
		versions: ['v6'],
		paths: {
			// Its `next` promises a page that is not there.
			'/v6/JobSessions': ({query}) => Number(query['offset']) === 0 && query['jobType'] === undefined ? at(seed) : page([]),
			'/v6/Jobs': () => at([{id: '1f6f7c97-0df4-4866-8c37-309fda301894', name: 'Mail and sites', repositoryId: '1b000000-0000-4000-8000-000000000001'}]),
			'/v6/CopyJobs': () => at([{id: 'b7c1cc0b-2b3c-4096-9ba1-2d665b4ae504', name: 'Copy to archive', backupJobId: '1f6f7c97-0df4-4866-8c37-309fda301894'}]),
			'/v6/Organizations': () => at([]),
			'/v6/BackupRepositories': () => at([]),
			'/v6/Proxies': () => at([]),
			...Object.fromEntries(seed.results.map(({id}) => [`/v6/JobSessions/${id}/LogItems`, () => page([])])),
		},
	});
	const monitor = startMonitor(t, {url: server.url, certificate: undefined, account: {username: 'x', password}}, {columns: 120, rows: 40});
	await monitor.until(/3 sessions, 24 h, all types/v);
	const [first, second, third] = monitor.list();
	t.assert.match(first!, /^> Success +Mail and sites +- +Backup +16:39 +9s +1 +0 B +0 B\/s +0$/v);
	t.assert.match(second!, /^ {2}Warning +Copy to archive +- +Copy +16:38 +24s +0 +351\.0 KB +29\.7 KB\/s +3$/v);
	t.assert.match(third!, /^ {2}Success +Mail and sites +- +Backup +16:08 +3m36 +76 +36\.1 KB +2\.4 KB\/s +0$/v);

	const details = [
		{facts: [/Duration +9s/v, /Read rate +760\.1 MB\/s/v, /Write rate +41 B\/s/v, /Objects +1 +-$/mv, /Items processed +0 +-$/mv, /Bottleneck +Target/v, /Retry +0 \(first run\)/v, /Started +Mon 31 Jan 16:39:24/v]},
		{facts: [/Duration +24s/v, /Processing rate +29\.7 KB\/s/v, /Read rate +320\.0 KB\/s/v, /Transferred +351\.0 KB/v, /Objects +0 +-$/mv, /Items processed +0 +-$/mv, /Retry +3 /v, /Some objects were processed with warnings/v]},
		{facts: [/Duration +3m36s/v, /Processing rate +2\.4 KB\/s/v, /Write rate +17 B\/s/v, /Transferred +36\.1 KB/v, /Objects +76 +-$/mv, /Items processed +6 +-$/mv, /Bottleneck +Source/v, /Transferred: 36\.1 KB \(6 items\) at 2\.4 KB\/s \(0 items\/s\)/v]},
	];
	await monitor.press('enter');
	for (const {facts} of details) {
		const text = await monitor.until(facts[0]!);
		for (const fact of facts) {
			t.assert.match(text, fact);
		}

		for (const words of [/Kind +not in v6/v, /Proxy +not in v6/v, /Retried next +not in v6/v, /Retry of +not in v6/v]) {
			t.assert.match(text, words);
		}

		await monitor.press('J');
	}
});
