import {test, type TestContext} from 'node:test';
import {logItem} from '../helpers/sessions.js';
import {createEvidenceStore} from '../../source/live/evidence-store.js';
import type {LogEvidence} from '../../source/model/evidence.js';

const none: ReadonlySet<string> = new Set();

function problems(amount: number): LogEvidence {
	return {problems: {items: Array.from({length: amount}, () => logItem({type: 'Error'})), isCut: false, readAt: 0}};
}

test('at most 2,000 histories are held; the longest unwanted go first', (t: TestContext) => {
	const store = createEvidenceStore();
	for (let ordinal = 0; ordinal < 2000; ordinal++) {
		store.putHistory(`j${ordinal}`, {sessions: [], readAt: 0});
	}

	store.touch({kind: 'history', jobId: 'j0', jobType: 'Backup', urgency: 'rest'});
	store.putHistory('more', {sessions: [], readAt: 0});
	store.publish(none);
	const {histories} = store.current();
	t.assert.deepStrictEqual([histories.size, histories.has('j0'), histories.has('j1'), histories.has('more')], [2000, true, false, true]);
});

test('at most 3,000 logs are held, and what was counted of one that is forgotten is forgotten too', (t: TestContext) => {
	const store = createEvidenceStore();
	for (let ordinal = 0; ordinal < 3001; ordinal++) {
		store.putLog(`s${ordinal}`, problems(1), 7);
	}

	store.publish(none);
	t.assert.deepStrictEqual([store.current().logs.size, store.current().logs.has('s0')], [3000, false]);
	t.assert.deepStrictEqual([store.totalOf('s0'), store.totalOf('s1')], [undefined, 7]);
});

test('at most 300,000 log items are held, each log counted as it is now', (t: TestContext) => {
	const store = createEvidenceStore();
	for (let ordinal = 0; ordinal < 155; ordinal++) {
		store.putLog(`s${ordinal}`, problems(500), undefined);
		store.putLog(`s${ordinal}`, problems(2000), undefined);
	}

	store.publish(none);
	t.assert.deepStrictEqual([...store.current().logs.keys()], Array.from({length: 150}, (_, index) => `s${index + 5}`));
});

test('parts of a log are kept besides each other, and what was published stays as it was', (t: TestContext) => {
	const store = createEvidenceStore();
	store.putLog('s', problems(1), undefined);
	store.publish(none);
	const before = store.current();
	store.putLog('s', {longestQuiet: {ms: 5, readAt: 0}}, undefined);
	t.assert.strictEqual(store.current(), before);
	store.publish(none);
	t.assert.deepStrictEqual(Object.keys(before.logs.get('s')!), ['problems']);
	t.assert.deepStrictEqual(Object.keys(store.current().logs.get('s')!), ['problems', 'longestQuiet']);
	t.assert.strictEqual(store.current().histories, before.histories);
});
