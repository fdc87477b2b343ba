/*
A stored frame of each view at each of five sizes. `UPDATE_FRAMES=1 npm run test:only -- test/panes/frames.tsx`
writes them anew; what has changed is then read in the diff.
*/
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {stripVTControlCharacters} from 'node:util';
import {Box, renderToString} from 'ink';
import type {ReactElement} from 'react';
import type {Now} from '../../source/model/now.js';
import {sessionKey} from '../../source/model/session.js';
import {DetailView} from '../../source/app/detail/summary/summary-view.js';
import {HelpView} from '../../source/app/help/help-view.js';
import {Line} from '../../source/ui/line.js';
import {ListView} from '../../source/app/list/list-view.js';
import {LogTab} from '../../source/app/detail/log/log-tab.js';
import {TableTabView} from '../../source/app/detail/table-tab-view.js';
import {scenarios} from '../../source/simulator/scenarios/scenarios.js';
import {World} from '../../source/simulator/world/world.js';
import {chainOfSession} from '../../source/triage/chains.js';
import {detailContent} from '../../source/app/detail/summary/summary-content.js';
import {drawings} from '../../source/ui/drawing.js';
import {headerLine} from '../../source/app/shared/header.js';
import {foldedHelp, helpLines} from '../../source/app/help/help.js';
import {historyTab, runsOf} from '../../source/app/detail/history/history-content.js';
import {layoutOf} from '../../source/app/shared/layout.js';
import {listLabels, viewNames, type ListName} from '../../source/app/shared/rows/lists.js';
import {logContent} from '../../source/app/detail/log/log-content.js';
import {createLogReader} from '../../source/app/detail/log/log-rows.js';
import {firstLogView} from '../../source/app/detail/log/log-view.js';
import {nowRows} from '../../source/app/shared/rows/job-rows.js';
import {objectsTab} from '../../source/app/detail/objects/objects-content.js';
import {mergedRows} from '../../source/app/shared/rows/rows.js';
import {initialScreen} from '../../source/app/screen-state.js';
import {tableTabWindow} from '../../source/app/detail/table-tab.js';
import {tabTitle} from '../../source/app/detail/tabs.js';
import {visibleRows} from '../../source/app/shared/rows/visible-rows.js';
import {connection, day} from '../helpers/sessions.js';
import {triagedNight} from '../helpers/triaged-scenario.js';

const sizes = [[40, 10], [60, 20], [80, 24], [120, 40], [200, 60]] as const;
const epoch = Date.UTC(2026, 2, 2, 2, 14, 37);
const now: Now = {server: epoch, monotonic: 1_000_000};
const zone = 'UTC';

// Something of everything: the night of the demo, at its beginning.
const world = new World({plan: scenarios.demo, seed: 1, epoch, pace: 1});
const watched = triagedNight(world, 'v8');
watched.watchUntil(epoch);
const triage = watched.lookAt(epoch);
const snapshot = watched.snapshotAt(epoch);
const servers = [{snapshot, connection: connection()}];
const jobs = nowRows([triage], [snapshot], () => false);
const sessions = mergedRows([snapshot]);
const row = jobs.find(({jobName}) => jobName === 'Contoso SharePoint')!;
const session = row.session!;
const evidence = watched.evidence();
const watching = {servers: 1};

type Size = {readonly columns: number; readonly rows: number};

const header = (breadcrumbs: readonly string[], {columns}: Size) =>
	<Line cell={headerLine({servers, breadcrumbs, waiting: undefined, now, zone, width: columns - 1})}/>;

function list(name: ListName, size: Size): ReactElement {
	const screen = initialScreen({list: name, jobType: 'all', rangeMs: day, refreshMs: 5000});
	const all = name === 'sessions' ? sessions : jobs;
	return (
		<Box flexDirection='column'>
			{header([viewNames(name), listLabels[name]], size)}
			<ListView
				servers={servers} triages={[triage]} rows={all} visible={visibleRows(all, screen, now)} screen={screen}
				layout={layoutOf(size.columns, size.rows, name)} event={undefined} now={now} zone={zone}
			/>
		</Box>
	);
}

const inDetail = (size: Size, body: ReactElement) => <Box flexDirection='column'>{header([`> ${row.jobName}`], size)}{body}</Box>;

/** Every view; a new one is an entry here. */
const views: Readonly<Record<string, (size: Size) => ReactElement>> = {
	now: size => list('now', size),
	sessions: size => list('sessions', size),
	window: size => list('window', size),
	summary(size) {
		const layout = layoutOf(size.columns, size.rows);
		const content = detailContent(
			{
				row, session, verdict: row.verdict, isAcknowledged: false, jobs: snapshot.jobs, version: 'v8', lacks: snapshot.lacks, now, zone, isGone: false, watching,
				chain: chainOfSession(session, snapshot, epoch),
			},
			{observations: snapshot.observations.get(sessionKey(session)) ?? [], places: snapshot, drawing: drawings.ascii},
			layout.width,
			{top: 0, height: layout.detailRows},
		);
		return inDetail(size, <DetailView content={content} title={tabTitle('summary', layout.width)} layout={layout} focus='detail' message={[]}/>);
	},
	log(size) {
		const layout = layoutOf(size.columns, size.rows);
		const items = watched.logOf(session.id, epoch);
		const input = {items, isActive: false, rowsOf: createLogReader(), width: layout.width, height: Math.max(1, layout.detailRows - 1)};
		const content = logContent({view: firstLogView, log: {items, isCut: false}, failure: undefined, hasSession: true, input, zone, now: epoch});
		return inDetail(size, <LogTab content={content} title={tabTitle('log', layout.width)} view={firstLogView} layout={layout} focus='log' message={[]}/>);
	},
	objects(size) {
		const layout = layoutOf(size.columns, size.rows);
		const entries = world.processedObjects(world.session(session.id, epoch)!);
		const tab = objectsTab({
			list: {objects: {kind: 'listed', entries, isCut: false, dropped: 0}, failure: undefined},
			problems: {items: evidence.logs.get(session.id)!.problems!.items, isCut: false, hasFailed: false},
			version: 'v8', hasSession: true, isActive: false, width: layout.width,
		});
		const content = tableTabWindow(tab, {top: 0, height: layout.detailRows});
		return inDetail(size, <TableTabView content={content} title={tabTitle('objects', layout.width)} layout={layout} focus='detail' message={[]}/>);
	},
	history(size) {
		const layout = layoutOf(size.columns, size.rows);
		const history = evidence.histories.get(row.job!.id);
		const tab = historyTab({
			row, runs: runsOf(row.job!.id, snapshot.sessions, history, session), isRead: true, hasFailed: false, baseline: row.verdict!.baseline,
			lacks: snapshot.lacks, now, zone, drawing: drawings.ascii, width: layout.width, height: layout.detailRows,
		});
		const content = tableTabWindow(tab, {top: 0, height: layout.detailRows});
		return inDetail(size, <TableTabView content={content} title={tabTitle('history', layout.width)} layout={layout} focus='detail' message={[]}/>);
	},
	help(size) {
		const screen = {...initialScreen({list: 'now', jobType: 'all', rangeMs: day, refreshMs: 5000}), isHelpOpen: true};
		const help = <HelpView lines={foldedHelp(helpLines('list', watching, drawings.ascii), layoutOf(size.columns, size.rows).width)} screen={screen} layout={layoutOf(size.columns, size.rows)} focus='help' message={[]}/>;
		return <Box flexDirection='column'>{header([viewNames('now'), listLabels.now], size)}{help}</Box>;
	},
};

const folder = new URL('../fixtures/frames/', import.meta.url);
const isUpdate = process.env['UPDATE_FRAMES'] !== undefined;

for (const [name, draw] of Object.entries(views)) {
	for (const [columns, rows] of sizes) {
		test(`the ${name} at ${columns}x${rows} is as stored`, (t: TestContext) => {
			const frame = stripVTControlCharacters(renderToString(draw({columns, rows}), {columns}));
			const lines = frame.split('\n').map(line => line.trimEnd());
			t.assert.strictEqual(lines.length, rows, frame);
			t.assert.deepStrictEqual(lines.filter(line => line.length >= columns), [], 'the last column stays empty');
			const file = new URL(`${name}-${columns}x${rows}.txt`, folder);
			if (isUpdate) {
				mkdirSync(folder, {recursive: true});
				writeFileSync(file, `${lines.join('\n')}\n`);
			}

			t.assert.ok(existsSync(file), 'there is a stored frame');
			t.assert.strictEqual(`${lines.join('\n')}\n`, readFileSync(file, 'utf8'));
		});
	}
}

for (const [name, draw] of Object.entries(views)) {
	test(`the ${name} fits at the sizes between`, (t: TestContext) => {
		for (let columns = 41, rows = 11; columns < 200; columns += 9, rows += 3) {
			const lines = stripVTControlCharacters(renderToString(draw({columns, rows}), {columns})).split('\n').map(line => line.trimEnd());
			t.assert.strictEqual(lines.length, rows, `${columns}x${rows}`);
			t.assert.deepStrictEqual(lines.filter(line => line.length >= columns), [], `${columns}x${rows}`);
		}
	});
}
