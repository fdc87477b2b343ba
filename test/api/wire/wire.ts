import {test, type TestContext} from 'node:test';
import {reader} from '../../../source/api/wire/reader.js';
import {parseNamed, parseProxyEntry, parseRepository} from '../../../source/api/wire/named-wire.js';
import {parsePage} from '../../../source/api/wire/wire.js';
import {unreadable, valueOf} from '../../../source/model/field.js';
import {fault} from '../../helpers/fault.js';

const idOf = (entry: unknown) => valueOf(reader(entry)?.id('id'));
const entries = (count: number) => Array.from({length: count}, (_, index) => ({id: `e${index}`}));
const page = (wire: unknown, offset = 0, limit = 3) => parsePage(wire, {offset, limit}, idOf);

test('a bare array is a whole list', (t: TestContext) => {
	t.assert.deepStrictEqual(page(entries(5)), {entries: ['e0', 'e1', 'e2', 'e3', 'e4'], dropped: 0, offset: 0, limit: 5, isLast: true});
});

const next = {next: {href: '/v7/JobSessions?offset=3&limit=3'}};

const envelopes: ReadonlyArray<readonly [what: string, wire: Record<string, unknown>, isLast: boolean]> = [
	['a full page', {limit: 3, results: entries(3)}, false],
	['a full page with next', {limit: 3, results: entries(3), _links: next}, false],
	['a short page', {limit: 3, results: entries(2)}, true],
	['a short page with next', {limit: 3, results: entries(2), _links: next}, false],
	['an empty page', {limit: 3, results: []}, true],
	['an empty page with next', {limit: 3, results: [], _links: next}, true],
	['a page full against the lowered limit', {limit: 2, results: entries(2)}, false],
	['a page short against the limit as returned', {limit: 4, results: entries(3)}, true],
	['a page that echoes no limit', {results: entries(2)}, true],
	['a full page that echoes no limit', {results: entries(3)}, false],
	['links that are null', {limit: 3, results: entries(2), _links: null}, true],
	['a next that is null', {limit: 3, results: entries(2), _links: {next: null}}, true],
];

for (const [what, wire, isLast] of envelopes) {
	test(`${what} is ${isLast ? '' : 'not '}the last`, (t: TestContext) => {
		t.assert.strictEqual(page(wire).isLast, isLast);
	});
}

test('offset and limit are those that came, else those asked for', (t: TestContext) => {
	const {offset, limit} = page({offset: 60, limit: '25', results: []}, 50, 100);
	t.assert.deepStrictEqual([offset, limit], [60, 25]);
	const echoless = page({limit: 0, results: []}, 50, 100);
	t.assert.deepStrictEqual([echoless.offset, echoless.limit], [50, 100]);
});

test('entries that cannot be read are left out and counted; the page is full with them', (t: TestContext) => {
	const found = page({limit: 3, results: [{id: 'a'}, null, {name: 'b'}]});
	t.assert.deepStrictEqual(found, {entries: ['a'], dropped: 2, offset: 0, limit: 3, isLast: false});
});

for (const wire of [null, 7, 'x', {}, {results: {}}, {results: null}]) {
	test(`${JSON.stringify(wire)} is neither list nor page: a bad answer`, (t: TestContext) => {
		t.assert.throws(() => page(wire), fault('badAnswer'));
	});
}

test('a name is the first that there is', (t: TestContext) => {
	const name = (wire: Record<string, unknown>) => parseNamed({id: 'p', ...wire}, ['hostName', 'fqdn'])?.name;
	t.assert.strictEqual(name({hostName: 'a', fqdn: 'a.test'}), 'a');
	t.assert.strictEqual(name({hostName: '', fqdn: 'a.test'}), 'a.test');
	t.assert.strictEqual(name({hostName: {}, fqdn: 'a.test'}), 'a.test');
	t.assert.strictEqual(name({hostName: {}}), unreadable);
	t.assert.strictEqual(name({hostName: ''}), '');
	t.assert.strictEqual(name({}), undefined);
	t.assert.strictEqual(parseNamed({hostName: 'a'}, ['hostName']), undefined);
});

test('a repository that is out of order says why', (t: TestContext) => {
	const reason = (wire: Record<string, unknown>) => parseRepository({id: 'r', name: 'repo', ...wire})?.outOfOrderReason;
	t.assert.strictEqual(reason({isOutOfOrder: true, outOfOrderReason: 'the bucket is gone'}), 'the bucket is gone');
	t.assert.strictEqual(reason({isOutOfOrder: true}), 'out of order');
	t.assert.strictEqual(reason({isOutOfOrder: false, outOfOrderReason: 'the bucket was gone'}), undefined);
	t.assert.strictEqual(reason({}), undefined);
	t.assert.strictEqual(parseRepository({id: 'r', proxyId: 'P1'})?.proxyId, 'P1');
});

test('a proxy says whether it is online', (t: TestContext) => {
	t.assert.deepStrictEqual(parseProxyEntry({id: 'p', hostName: 'vbp-01', status: 'Offline'}), {id: 'p', name: 'vbp-01', status: 'Offline'});
	t.assert.strictEqual(parseProxyEntry({id: 'p', status: 1})?.status, unreadable);
});
