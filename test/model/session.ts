import assert from 'node:assert/strict';
import {test} from 'node:test';
import {unreadable, valueOf, type Field} from '../../source/model/field.js';
import {canChange, isActive, sessionKey, statusClass, type StatusClass} from '../../source/model/session.js';
import {now, session} from '../helpers/sessions.js';

const classes: ReadonlyArray<readonly [status: Field<string>, found: StatusClass]> = [
	['Running', 'active'],
	['Queued', 'active'],
	['Success', 'finished'],
	['Warning', 'finished'],
	['Failed', 'finished'],
	['Stopped', 'finished'],
	['Disconnected', 'finished'],
	['NotConfigured', 'finished'],
	['Hibernating', 'other'],
	['running', 'other'],
	['constructor', 'other'],
	['', 'other'],
	[undefined, 'other'],
	[unreadable, 'other'],
];

for (const [status, found] of classes) {
	test(`${String(status)} is ${found}`, () => {
		assert.equal(statusClass(status), found);
		assert.equal(isActive(session({status})), found === 'active');
		assert.equal(canChange(session({status})), found !== 'finished');
	});
}

test('an end time does not end an active session', () => {
	assert.equal(isActive(session({status: 'Running', endedAt: now.server - 1})), true);
});

test('a session without an end time can be finished', () => {
	assert.equal(isActive(session({status: 'Failed', endedAt: undefined})), false);
});

test('sessions of two servers are two though their ids are one', () => {
	assert.equal(sessionKey({serverId: 'vb1', id: 's1'}), 'vb1/s1');
	assert.notEqual(sessionKey({serverId: 'vb1', id: 's1'}), sessionKey({serverId: 'vb2', id: 's1'}));
});

test('a field that is absent or unreadable has no value', () => {
	const fields: ReadonlyArray<Field<number | string>> = [0, '', undefined, unreadable];
	assert.deepEqual(fields.map(field => valueOf(field)), [0, '', undefined, undefined]);
});
