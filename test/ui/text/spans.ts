import assert from 'node:assert/strict';
import {test} from 'node:test';
import {statusTone, statusWord} from '../../../source/app/shared/status-words.js';

const statuses: ReadonlyArray<readonly [status: string, word: string, tone: string]> = [
	['Running', 'Running', 'active'],
	['Failed', 'Failed', 'bad'],
	['NotConfigured', 'Not configured', 'warning'],
	['Error', 'Error', 'bad'],
	['Stop', 'Stop', 'dim'],
	['Hibernating', 'Hibernating', 'plain'],
	['toString', 'toString', 'plain'],
];

for (const [status, word, tone] of statuses) {
	test(`${status} is ${word}, ${tone}`, () => {
		assert.deepEqual([statusWord(status), statusTone(status)], [word, tone]);
	});
}
