import {test, type TestContext} from 'node:test';
import type {EvidenceReader} from '../../source/live/evidence.js';
import {useEvidence, useRequests} from '../../source/live/use-evidence.js';
import {noEvidence, type Evidence, type PendingRead} from '../../source/model/evidence.js';
import {settle, startHook} from './support/hook.js';

/** A reader in the test's hand. */
function scriptedReader(serverId: string) {
	const listeners = new Set<() => void>();
	const given: Array<readonly PendingRead[]> = [];
	let evidence: Evidence = noEvidence;
	const reader: EvidenceReader = {
		serverId,
		current: () => evidence,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		request(wants) {
			given.push(wants);
		},
		end() {
			// Not called here.
		},
	};
	return {
		reader,
		/** What was wanted, call by call. */
		given,
		listeners: () => listeners.size,
		come(fields: Partial<Evidence>) {
			evidence = {...evidence, ...fields};
			for (const listener of listeners) {
				listener();
			}
		},
	};
}

const want = (jobId: string): PendingRead => ({kind: 'history', jobId, jobType: 'Backup', urgency: 'rest'});

test('what comes of any server is given, in the order of the servers, and the same array stays while nothing comes', async (t: TestContext) => {
	const [one, two] = [scriptedReader('vb1'), scriptedReader('vb2')];
	const readers = [one.reader, two.reader];
	const hook = startHook(t, () => useEvidence(readers), {});
	await settle();
	t.assert.deepStrictEqual(hook.last(), [noEvidence, noEvidence]);
	const before = hook.last();
	hook.rerender({});
	await settle();
	t.assert.strictEqual(hook.last(), before);
	two.come({failed: new Set(['history a'])});
	await settle();
	t.assert.deepStrictEqual(hook.last().map(({failed}) => [...failed]), [[], ['history a']]);
	hook.unmount();
	await settle();
	t.assert.deepStrictEqual([one.listeners(), two.listeners()], [0, 0]);
});

test('each server is told what is wanted of it, once while that stays, and nothing when the screen goes', async (t: TestContext) => {
	const [one, two] = [scriptedReader('vb1'), scriptedReader('vb2')];
	const readers = [one.reader, two.reader];
	const [first, second] = [[want('a')], [want('b')]];
	const hook = startHook(t, ({wants}: {wants: ReadonlyArray<readonly PendingRead[]>}) => {
		useRequests(readers, wants);
	}, {wants: [first, second]});
	await settle();
	const wants = [first, [want('c')]];
	hook.rerender({wants});
	hook.rerender({wants});
	await settle();
	t.assert.deepStrictEqual(one.given, [first, first]);
	t.assert.strictEqual(one.given[1], first);
	t.assert.deepStrictEqual(two.given, [second, [want('c')]]);
	hook.unmount();
	await settle();
	t.assert.deepStrictEqual([one.given.length, one.given.at(-1), two.given.at(-1)], [3, [], []]);
});
