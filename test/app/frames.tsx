/*
Stored frames: each view and each size at least once. `UPDATE_FRAMES=1 npm run test:only -- test/app/frames.tsx` writes them
anew; what has changed is then read in the diff. What every frame has, whatever its size, is tested below as properties.
*/
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import type {ListName} from '../../source/app/shared/rows/lists.js';
import {drawnLayer} from '../../source/app/shared/state/layers.js';
import {listRows} from '../../source/app/shared/state/selectors.js';
import type {State} from '../../source/app/shared/state/state.js';
import {scenarios} from '../../source/simulator/scenarios/scenarios.js';
import {World} from '../../source/simulator/world/world.js';
import {triagedNight} from '../helpers/triaged-scenario.js';
import {pressed, trimmedLines, updated, viewState, withSelected} from '../helpers/view-state.js';

const sizes = [[40, 10], [60, 20], [80, 24], [120, 40], [200, 60]] as const;
const epoch = Date.UTC(2026, 2, 2, 2, 14, 37);

// Something of everything: the night of the demo, at its beginning.
const world = new World({plan: scenarios.demo, seed: 1, epoch, pace: 1});
const watched = triagedNight(world, 'v8');
watched.watchUntil(epoch);
watched.lookAt(epoch);
const snapshot = watched.snapshotAt(epoch);
const {serverId} = snapshot;

const open = (list: ListName): State => viewState({
	list, now: {server: epoch, monotonic: 1_000_000}, servers: [{snapshot, evidence: watched.evidence()}],
});

/** The failed job of the demo, opened at a tab; its log and its objects are read. */
function detail(tab: string): State {
	const list = open('sessions');
	const row = listRows(list).find(({jobName}) => jobName === 'Contoso SharePoint')!;
	const session = row.session!;
	const {id: sessionId} = session;
	const entries = world.processedObjects(world.session(sessionId, epoch)!);
	return updated(
		pressed(withSelected(list, row.key), 'enter', tab),
		{type: 'log', serverId, sessionId, log: {items: watched.logOf(sessionId, epoch), isCut: false}, failure: undefined},
		{type: 'objects', serverId, sessionId, objects: {kind: 'listed', entries, isCut: false, dropped: 0}, failure: undefined},
	);
}

/** Every view; a new one is an entry here. */
const views: Readonly<Record<string, State>> = {
	now: open('now'),
	sessions: open('sessions'),
	window: open('window'),
	summary: detail('1'),
	log: detail('2'),
	objects: detail('3'),
	history: detail('4'),
	help: pressed(open('now'), '?'),
};

/** The lines of a view on a terminal of that size. */
const drawnAt = (name: string, columns: number, rows: number) => trimmedLines(updated(views[name]!, {type: 'resize', columns, rows}));

/** What each stored frame shows that no other does. */
const stored = [
	'now-80x24',
	'now-40x10',
	'now-200x60',
	'sessions-80x24',
	'sessions-120x40',
	'window-80x24',
	'window-60x20',
	'window-120x40',
	'summary-80x24',
	'summary-60x20',
	'summary-40x10',
	'log-80x24',
	'objects-80x24',
	'history-80x24',
	'history-120x40',
	'help-80x24',
] as const;

const folder = new URL('../fixtures/frames/', import.meta.url);
const isUpdate = process.env['UPDATE_FRAMES'] !== undefined;

for (const frame of stored) {
	test(`the frame ${frame} is as stored`, (t: TestContext) => {
		const [name, columns, rows] = frame.split(/[\-x]/v, 3);
		const drawn = `${drawnAt(name!, Number(columns), Number(rows)).join('\n')}\n`;
		const file = new URL(`${frame}.txt`, folder);
		if (isUpdate) {
			mkdirSync(folder, {recursive: true});
			writeFileSync(file, drawn);
		}

		t.assert.ok(existsSync(file), 'there is a stored frame');
		t.assert.strictEqual(drawn, readFileSync(file, 'utf8'));
	});
}

test('no frame is stored that is not compared, and each view and each size is', (t: TestContext) => {
	t.assert.deepStrictEqual(readdirSync(folder).toSorted(), stored.map(frame => `${frame}.txt`).toSorted());
	t.assert.deepStrictEqual(Object.keys(views).filter(name => stored.every(frame => !frame.startsWith(`${name}-`))), []);
	t.assert.deepStrictEqual(sizes.filter(([columns, rows]) => stored.every(frame => !frame.endsWith(`-${columns}x${rows}`))), []);
});

const between = Array.from({length: 18}, (_, index) => [41 + (index * 9), 11 + (index * 3)] as const);

for (const [name, state] of Object.entries(views)) {
	for (const [columns, rows] of [...sizes, ...between]) {
		test(`the ${name} at ${columns}x${rows} has a line for each of the terminal, from header to keys, and none too long`, (t: TestContext) => {
			const lines = drawnAt(name, columns, rows);
			const frame = lines.join('\n');
			t.assert.strictEqual(lines.length, rows, frame);
			t.assert.deepStrictEqual(lines.filter(line => line.length >= columns), [], 'the last column stays empty');
			t.assert.match(lines[0]!, /^ vb365-prod v8 .*LIVE 4s/v);
			t.assert.strictEqual(lines.at(drawnLayer(state.layers).kind === 'list' ? -4 : -3), '-'.repeat(columns - 1), frame);
			t.assert.match(lines.at(-1)!, /^ (?:Enter open|1-4 tabs|\/ search) .*\? help/v);
			t.assert.deepStrictEqual(lines.filter(line => isCutTooSoon(line, columns - 1 - (name === 'log' ? durationColumns : 0))), [], 'nothing is cut beside free space');
		});
	}
}

// The column of durations at the right of a log.
const durationColumns = 7;

// A text that is cut has its mark at the end of its room, or one column before it where a space would stand there. Dots alone are bars of Window.
function isCutTooSoon(line: string, room: number): boolean {
	return /[\d\p{Letter}]\.\.$/v.test(line) && line.length < room - 1;
}
