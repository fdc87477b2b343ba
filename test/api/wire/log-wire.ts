import {test, type TestContext} from 'node:test';
import {ascending, parseTitledLogItem, parseTypedLogItem} from '../../../source/api/wire/log-wire.js';
import {parsePage} from '../../../source/api/wire/wire.js';
import {unreadable} from '../../../source/model/field.js';
import {fixture} from '../../helpers/fixture.js';

const asked = {offset: 0, limit: 30};

const titles: ReadonlyArray<readonly [title: unknown, type: unknown, text: unknown]> = [
	['[Success] Job started at 3/2/2026 8:10:00 AM', 'Success', 'Job started at 3/2/2026 8:10:00 AM'],
	['[Warning] 3 items were skipped', 'Warning', '3 items were skipped'],
	['[Error] No', 'Error', 'No'],
	['[Failed] No', 'Error', 'No'],
	['[FAILED] No', 'Error', 'No'],
	['[Running]   Processing', 'Running', 'Processing'],
	['[Stopped] By user', 'Stop', 'By user'],
	['[Stop] By user', 'Stop', 'By user'],
	['[Odd] Word', 'Odd', 'Word'],
	['[Success]', 'Success', ''],
	['No prefix', undefined, 'No prefix'],
	['Later [Success] word', undefined, 'Later [Success] word'],
	['[two words] x', undefined, '[two words] x'],
	['', undefined, ''],
	[null, undefined, undefined],
	[7, unreadable, unreadable],
];

for (const [title, type, text] of titles) {
	test(`title ${JSON.stringify(title)}`, (t: TestContext) => {
		const parsed = parseTitledLogItem({id: 'l', title});
		t.assert.deepStrictEqual([parsed?.type, parsed?.text], [type, text]);
	});
}

for (const version of ['v6', 'v7'] as const) {
	test(`${version}: the sample page`, async (t: TestContext) => {
		const {entries, isLast} = parsePage(await fixture(`${version}/log-items.json`), asked, entry => parseTitledLogItem(entry));
		t.assert.strictEqual(isLast, true);
		t.assert.deepStrictEqual(entries[1], {
			id: 'bb000000-0000-4000-8000-000000000002',
			usn: 2,
			type: 'Warning',
			text: 'Mailbox bob@contoso-demo.onmicrosoft.com: 3 items were skipped',
			createdAt: Date.UTC(2026, 2, 2, 8, 11, 12, 41),
			endedAt: Date.UTC(2026, 2, 2, 8, 12, 40, 500),
		});
	});
}

test('v8: the sample page', async (t: TestContext) => {
	const {entries} = parsePage(await fixture('v8/log-items.json'), asked, entry => parseTypedLogItem(entry));
	t.assert.deepStrictEqual(entries.map(({usn, type, text, endedAt}) => [usn, type, text, endedAt]), [
		[1, 'Success', 'Connected to organization', Date.UTC(2026, 2, 2, 8, 10, 3, 900)],
		[2, 'Running', 'Processing mailbox ann@contoso-demo.onmicrosoft.com', undefined],
	]);
});

test('the end of a running log item is a filler', (t: TestContext) => {
	t.assert.strictEqual(parseTitledLogItem({id: 'l', title: '[Running] x', endTime: '2026-03-02T08:10:00Z'})?.endedAt, undefined);
	t.assert.strictEqual(parseTypedLogItem({id: 'l', type: 'Success', endTime: '9999-12-31T23:59:59Z'})?.endedAt, undefined);
});

test('a page is ascending, also where the newest came first and where one has no number', (t: TestContext) => {
	const page = (usns: readonly unknown[]) => parsePage({results: usns.map((usn, index) => ({id: `l${index}`, usn}))}, asked, entry => parseTypedLogItem(entry));
	const ids = (usns: readonly unknown[], isNewestFirst: boolean) => ascending(page(usns), isNewestFirst).entries.map(({id}) => id).join(' ');
	t.assert.strictEqual(ids([1, 2, 1000], false), 'l0 l1 l2');
	t.assert.strictEqual(ids([2, 1, 3], false), 'l1 l0 l2');
	t.assert.strictEqual(ids([3, 2, 1], true), 'l2 l1 l0');
	t.assert.strictEqual(ids([3, null, 1], true), 'l2 l1 l0');
	t.assert.strictEqual(ids([3, null, 1], false), 'l0 l1 l2');
});
