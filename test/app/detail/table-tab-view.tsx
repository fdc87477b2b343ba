import {test, type TestContext} from 'node:test';
import {stripVTControlCharacters} from 'node:util';
import {renderToString} from 'ink';
import {TableTabView} from '../../../source/app/detail/table-tab-view.js';
import {drawings} from '../../../source/ui/drawing.js';
import {historyTab} from '../../../source/app/detail/history/history-content.js';
import {layoutOf} from '../../../source/app/shared/layout.js';
import {objectsTab} from '../../../source/app/detail/objects/objects-content.js';
import {tableTabWindow, type TableTab} from '../../../source/app/detail/table-tab.js';
import {tabTitle} from '../../../source/app/detail/tabs.js';
import {day, logItem, minute, now, row, session} from '../../helpers/sessions.js';

const sizes: Readonly<Record<'small' | 'usual' | 'large', readonly [columns: number, rows: number]>> = {small: [40, 10], usual: [80, 24], large: [120, 40]};

type Size = keyof typeof sizes;

const denied = (name: string) => logItem({id: name, type: 'Error', text: `Failed to access mailbox ${name}. Access is denied. Check credentials and try again`});
const objects = (width: number): TableTab => objectsTab({
	list: {
		objects: {kind: 'listed', entries: Array.from({length: 50}, (_, index) => ({id: `id-${index}`, type: 'User', status: index === 7 ? 'Failed' : 'Success'})), isCut: false, dropped: 0},
		failure: undefined,
	},
	problems: {items: [denied('ann@contoso.example')], isCut: false, hasFailed: false}, version: 'v8', hasSession: true, isActive: false, width,
});

const runs = Array.from({length: 40}, (_, index) => session({id: `r${index}`, createdAt: now.server - (index * day), endedAt: now.server - (index * day) + ((20 + (index % 7)) * minute)}));
const history = (width: number, height: number): TableTab => historyTab({
	row: row({id: 'r0', createdAt: runs[0]!.createdAt, endedAt: runs[0]!.endedAt}), runs, isRead: true, hasFailed: false, baseline: undefined, lacks: new Set(), now, zone: 'UTC', drawing: drawings.ascii, width, height,
});

const tabs = {objects, history};

function frame(t: TestContext, name: keyof typeof tabs, size: Size, top = 0): readonly string[] {
	const layout = layoutOf(...sizes[size]);
	const content = tableTabWindow(tabs[name](layout.width, layout.detailRows), {top, height: layout.detailRows});
	const view = <TableTabView content={content} title={tabTitle(name, layout.width)} layout={layout} focus='detail' message={[]}/>;
	const lines = stripVTControlCharacters(renderToString(view, {columns: sizes[size][0]})).split('\n');
	t.assert.strictEqual(lines.length, sizes[size][1] - 1, `${size}: as high as the terminal but for its header`);
	return lines.map(line => line.trimEnd());
}

test('objects at 80x24', (t: TestContext) => {
	const lines = frame(t, 'objects', 'usual');
	t.assert.deepStrictEqual(lines.slice(0, 10), [
		'  1 Summary    2 Log   [3 Objects]   4 History   ------------------------------',
		' Failed 1  Success 49   User 50',
		'',
		' WHY, BY THE LOG: 1 cause, errors name 1 object, 1 failed',
		' Error      1x  Access is denied. Check credentials and try again',
		'                  ann@contoso.example',
		'',
		' STATUS   TYPE   ID',
		' Failed   User   id-7',
		' Success  User   id-0',
	]);
	t.assert.match(lines.at(-2)!, /^ 38 more lines, j scrolls/v);
});

test('objects at 120x40, at its end: the heading stays', (t: TestContext) => {
	const lines = frame(t, 'objects', 'large', 999);
	t.assert.deepStrictEqual([lines[1], lines.at(-4)], [' STATUS   TYPE   ID', ' Success  User   id-49']);
});

test('history at 80x24', (t: TestContext) => {
	const lines = frame(t, 'history', 'usual');
	t.assert.deepStrictEqual(lines.slice(1, 8), [
		' DURATIONS  #****###****###****###****###****###****  newest at the right',
		' min 20m00  median 23m00  max 26m00  of 40 runs',
		' no baseline: fewer than five whole runs',
		'',
		'       STARTED STATUS         KIND  TOOK OBJECTS   TRANSF       RATE RT USUAL',
		'>        02:14 Success        Incr 20m00     310   3.4 GB   1.9 MB/s  0     -',
		'     Sun 02:14 Success        Incr 21m00     310   3.4 GB   1.9 MB/s  0     -',
	]);
});

test('history at 120x40 has the items and the whole kind', (t: TestContext) => {
	const lines = frame(t, 'history', 'large');
	t.assert.match(lines[5]!, /KIND +TOOK OBJECTS +ITEMS +TRANSF/v);
	t.assert.match(lines[6]!, /Success +Incremental +20m00/v);
});

test('at 40x10 both still show rows', (t: TestContext) => {
	t.assert.match(frame(t, 'history', 'small').join('\n'), /^> +02:14 Success/mv);
	t.assert.match(frame(t, 'objects', 'small', 999).join('\n'), /^ Success {2}User {3}id-49$/mv);
});
