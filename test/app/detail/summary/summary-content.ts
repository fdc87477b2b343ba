import {test, type TestContext} from 'node:test';
import {detailContent, idleContent} from '../../../../source/app/detail/summary/summary-content.js';
import {textWidth} from '../../../../source/ui/text/text.js';
import {day, job, minute, now, row, running, session} from '../../../helpers/sessions.js';
import {bodyLines, earlier, given, opened, stuckOptions} from '../../../helpers/summary.js';
import {cause, usual, verdict} from '../../../helpers/verdict.js';

const at = now.server;
const drawn = (options = stuckOptions(), width = 79, height = 19, top = 0) => bodyLines(detailContent(options, given, width, {top, height}));

test('on 80x24 what needs somebody is on the first screen', (t: TestContext) => {
	t.assert.deepStrictEqual(drawn().slice(0, 19), [
		' STUCK   no object, byte, item or log line for 38m; this job\'s  a = acknowledge',
		'         last 3 runs allow 30m',
		'',
		' RUN                                     STATISTICS        reported    now (2m)',
		' Status        Running                   Processing rate   1.9 MB/s      ~0 B/s',
		' Started       Sun 22 Nov 22:14:37       Item rate       28 items/s  ~0 items/s',
		' Ended         still active              Read rate         2.0 MB/s           -',
		' Elapsed       4h00m00s                  Write rate        1.0 MB/s           -',
		' Usual         2h00 (p90 3h00, 14 runs)  Transferred         3.4 GB   +0 in 38m',
		' Estimate      none while stuck          Objects              2,981   +0 in 38m',
		' Window        none                      Items processed     51,000   +0 in 38m',
		' Retry         0 (first run)             Bottleneck          Source           -',
		' RATE  ::::::::========+++++++*#######:.......  ~11.1 MB/s max, last 5m',
		' LOOK AT  the session in the console',
		' LOOK AT  the proxy vbp-01: it is Offline',
		' LATEST PROBLEMS  2 causes in 12 errors, 5 warnings lately      (2 for the log)',
		' 01:34:37       Error   x12 Access is denied: ann@contoso.example, bob@contos..',
		' 01:34:37       Warning x5  Throttled by the service',
		' LAST RUNS   Sun 02:14 Success 2h00  Sat 02:14 Success 2h00     (4 for history)',
	]);
});

test('on 120x40 all of it is on the first screen, with what is usual', (t: TestContext) => {
	const lines = drawn(stuckOptions(), 119, 35);
	t.assert.ok(lines.length <= 35);
	t.assert.deepStrictEqual(lines, [
		' STUCK   no object, byte, item or log line for 38m; this job\'s last 3 runs allow 30m                    a = acknowledge',
		'',
		' RUN                                                     STATISTICS        reported    now (2m)       usual',
		' Status        Running                                   Processing rate   1.9 MB/s      ~0 B/s    7.1 MB/s',
		' Started       Sun 22 Nov 22:14:37                       Item rate       28 items/s  ~0 items/s  90 items/s',
		' Ended         still active                              Read rate         2.0 MB/s           -    7.4 MB/s',
		' Elapsed       4h00m00s                                  Write rate        1.0 MB/s           -    4.5 MB/s',
		' Usual         2h00 (p90 3h00, 14 runs)                  Transferred         3.4 GB   +0 in 38m     92.0 GB',
		' Estimate      none while stuck                          Objects              2,981   +0 in 38m       4,812',
		' Window        none                                      Items processed     51,000   +0 in 38m   1,104,820',
		' Retry         0 (first run)                             Bottleneck          Source           -           -',
		' RATE  ::::::::::::============++++++++++++############............  ~11.1 MB/s max, last 5m',
		' LOOK AT  the session in the console',
		' LOOK AT  the proxy vbp-01: it is Offline',
		' LATEST PROBLEMS  2 causes in 12 errors, 5 warnings lately                                              (2 for the log)',
		' 01:34:37       Error   x12 Access is denied: ann@contoso.example, bob@contoso.example',
		' 01:34:37       Warning x5  Throttled by the service',
		' LAST RUNS   Sun 02:14 Success 2h00  Sat 02:14 Success 2h00  Fri 02:14 Success 2h00                     (4 for history)',
		' JOB AND SESSION',
		' Details       Transferred: 3.4 GB (51000 items) at 1.9 MB/s (28 items/s)',
		' Job           Contoso Mail',
		' Job type      Backup',
		' Kind          Incremental',
		' Organization  contoso.onmicrosoft.com',
		' Repository    repo-01',
		' Proxy         vbp-01',
		' Schedule      daily',
		' Next run      Mon 23 Nov 22:00:00',
		' Retried next  no',
		' Session id    s1',
		' Job id        j1',
	]);
});

test('a finished run stands against what is usual, without what is now', (t: TestContext) => {
	const lines = drawn(opened({}, {baseline: usual(), earlier}));
	t.assert.deepStrictEqual(lines.slice(0, 13), [
		' NO PROBLEM   succeeded at 01:44; usual 2h00, nine of ten runs 3h00 at most',
		'',
		' RUN                                     STATISTICS        reported       usual',
		' Status        Success                   Processing rate   1.9 MB/s    7.1 MB/s',
		' Started       Mon 23 Nov 01:14:37       Item rate       28 items/s  90 items/s',
		' Ended         Mon 23 Nov 01:44:37       Read rate         2.0 MB/s    7.4 MB/s',
		' Duration      30m00s                    Write rate        1.0 MB/s    4.5 MB/s',
		' Usual         2h00 (p90 3h00, 14 runs)  Transferred         3.4 GB     92.0 GB',
		' Window        none                      Objects                310       4,812',
		' Retry         0 (first run)             Items processed     51,000   1,104,820',
		'                                         Bottleneck          Source           -',
		' LATEST PROBLEMS  log not read                                  (2 for the log)',
		' LAST RUNS   Sun 02:14 Success 2h00  Sat 02:14 Success 2h00     (4 for history)',
	]);
});

test('a job that missed its run', (t: TestContext) => {
	const its = job({schedule: 'daily', everyMs: day, lastRunAt: at - day, nextRunAt: at - (44 * minute), lastStatus: 'Success', lastBackupAt: at - day + (20 * minute)});
	const {session: _, ...idle} = row({}, {job: its});
	const options = {
		...opened(), row: {...idle, session: undefined},
		verdict: verdict({kind: 'missed', session: undefined, job: its, missedAt: at - (44 * minute), earlier, baseline: usual()}),
	};
	t.assert.deepStrictEqual(bodyLines(idleContent(options, 79, {top: 0, height: 19})), [
		' MISSED   a run was due at 01:30, 44m ago, and none began; the  a = acknowledge',
		'          last one began at Sun 02:14',
		'',
		' LAST AND NEXT RUN',
		' Due           Mon 23 Nov 01:30:37',
		' Last began    Sun 22 Nov 02:14:37 Success',
		' Last good end Sun 22 Nov 04:14:37',
		' Usual         2h00 (p90 3h00, 14 runs)',
		' Window        none',
		' LAST RUNS   Sun 02:14 Success 2h00  Sat 02:14 Success 2h00     (4 for history)',
		' JOB AND SESSION',
		' Job           Contoso Mail',
		' Job type      Backup',
		' Organization  contoso.onmicrosoft.com',
		' Repository    repo-01',
		' Schedule      daily',
		' Next run      Mon 23 Nov 01:30:37, 44m ago',
		' Job id        j1',
	]);
});

test('facts stand beside the statistics from 74 columns on, and what is usual from 92', (t: TestContext) => {
	const isBeside = (width: number) => drawn(stuckOptions(), width).some(line => /^ RUN +STATISTICS/v.test(line));
	t.assert.deepStrictEqual([39, 73, 74, 199].map(width => isBeside(width)), [false, false, true, true]);
	const hasUsual = (width: number) => drawn(stuckOptions(), width).some(line => /STATISTICS.* usual$/v.test(line));
	t.assert.deepStrictEqual([49, 50, 51, 73, 74, 91, 92].map(width => hasUsual(width)), [false, false, true, true, false, false, true]);
});

test('no line is wider than the terminal, at any width', (t: TestContext) => {
	const wide = [cause({text: '東京メールボックス'.repeat(20)}), cause({objects: ['x'.repeat(500)]})];
	const options = opened(running({details: '東京 '.repeat(90)}), {kind: 'late', causes: wide, baseline: usual({leftOut: 3}), earlier, pending: 2});
	for (let width = 39; width < 200; width++) {
		t.assert.deepStrictEqual(drawn(options, width).filter(line => textWidth(line) > width), [], `${width} columns`);
	}
});

test('the height is that of all blocks, and is scrolled to its end at most', (t: TestContext) => {
	const whole = detailContent(stuckOptions(), given, 79, {top: 0, height: 19});
	t.assert.strictEqual(bodyLines(whole).length, whole.height);
	for (const [height, asked, top] of [[19, 0, 0], [19, 5, 5], [19, 99, whole.height - 19], [99, 5, 0]] as const) {
		t.assert.strictEqual(detailContent(stuckOptions(), given, 79, {top: asked, height}).top, top, `${height} lines from ${asked}`);
	}
});

test('many causes leave the last runs on the first screen, and are counted', (t: TestContext) => {
	const causes = Array.from({length: 40}, (_, index) => cause({key: String(index), text: `Cause ${index}`}));
	const options = {...stuckOptions(), verdict: {...stuckOptions().verdict!, causes}};
	const lines = drawn(options);
	t.assert.match(lines[18]!, /^ LAST RUNS/v);
	t.assert.strictEqual(lines[17], '           and 39 more causes');
	t.assert.strictEqual(drawn(options, 119, 35).filter(line => line.includes('Cause ')).length, 7);
});

test('an older run is not taken for the one that the verdict is about', (t: TestContext) => {
	const newest = running({id: 's9'});
	const options = {...opened({status: 'Failed', details: 'Access is denied'}), verdict: verdict({kind: 'stuck', session: newest, causes: [cause({text: 'Not of this run'})], earlier})};
	const text = drawn(options, 119).join('\n');
	t.assert.match(text, /^ OLDER RUN {3}the job's newest run: stuck; no object/v);
	t.assert.match(text, /Error +Access is denied/v);
	t.assert.doesNotMatch(text, /Not of this run|a = acknowledge/v);
});

test('without a verdict the server\'s facts stand alone', (t: TestContext) => {
	const lines = drawn({...opened(), verdict: undefined});
	t.assert.match(lines[0]!, /^ RUN +STATISTICS/v);
	t.assert.ok(lines.includes(' LAST RUNS  history not read yet                                (4 for history)'));
});

test('details take four lines at the most, and - where there are none', (t: TestContext) => {
	const detailsOf = (details: string | undefined) => {
		const lines = drawn(opened({details}));
		const from = lines.findIndex(line => line.startsWith(' Details'));
		return lines.slice(from, lines.findIndex(line => line.startsWith(' Job  ')));
	};

	const long = detailsOf('word '.repeat(200));
	t.assert.strictEqual(long.length, 4);
	t.assert.match(long[3]!, /^ {15}word.*\.\.$/v);
	t.assert.deepStrictEqual(detailsOf(undefined), [' Details       -']);
});

test('what v6 does not know is said to be not in v6', (t: TestContext) => {
	const lines = drawn({...opened(), version: 'v6', lacks: new Set(['kind', 'proxyId', 'willBeRetried', 'mainSessionId'])});
	t.assert.deepStrictEqual(lines.filter(line => line.endsWith(' not in v6')).map(line => line.slice(1, 14).trim()), ['Kind', 'Proxy', 'Retried next', 'Retry of']);
});

test('the last runs of a job that missed one begin with the newest', (t: TestContext) => {
	const its = job({nextRunAt: at - (44 * minute)});
	const {session: _, ...idle} = row({}, {job: its});
	const [newest, ...before] = earlier;
	const about = verdict({kind: 'missed', session: newest, job: its, missedAt: at - (44 * minute), earlier: before, baseline: usual()});
	const lines = bodyLines(idleContent({...opened(), row: {...idle, session: undefined}, verdict: about}, 79, {top: 0, height: 19}));
	t.assert.match(lines.join('\n'), /^ LAST RUNS {3}Sun 02:14 Success 2h00 {2}Sat 02:14/mv);
});

test('a problem that is acknowledged says so', (t: TestContext) => {
	t.assert.match(drawn({...stuckOptions(), isAcknowledged: true})[0]!, / acknowledged$/v);
	t.assert.match(drawn({...stuckOptions(), isAcknowledged: true}, 39)[0]!, /^ STUCK {3}acknowledged; no object/v);
	t.assert.doesNotMatch(drawn(stuckOptions(), 39).slice(0, 3).join(' '), /acknowledge/v);
	t.assert.doesNotMatch(drawn({...stuckOptions(), watching: {servers: 1, list: 'sessions'}})[0]!, /acknowledge/v);
});

test('the whole is that of a session without any evidence too', (t: TestContext) => {
	const bare = {...opened(), row: row(), session: session(), verdict: undefined, jobs: undefined};
	t.assert.doesNotMatch(drawn(bare).join('\n'), /undefined|NaN/v);
});
