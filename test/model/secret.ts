import assert from 'node:assert/strict';
import {test} from 'node:test';
import {format, inspect} from 'node:util';
import {Secret, withoutSecrets} from '../../source/model/secret.js';

const password = 'Tr0ub4dor&3';
const secret = new Secret(password);

test('a secret opens for the request that needs it', () => {
	assert.equal(secret.open(), password);
});

const printed: ReadonlyArray<readonly [way: string, text: string]> = [
	['String', String(secret)],
	// eslint-disable-next-line @typescript-eslint/restrict-template-expressions -- it is what a careless line would do
	['a template', `${secret}`],
	['JSON', JSON.stringify(secret)],
	['JSON of what holds it', JSON.stringify({username: 'svc', password: secret})],
	['inspection', inspect(secret)],
	['inspection of what holds it', inspect({deep: {list: [secret]}}, {depth: null, showHidden: true})],
	['inspection of hidden parts', inspect(secret, {showHidden: true, customInspect: false})],
	['format', format('%s %o %O %j', secret, secret, secret, secret)],
	['an error about it', inspect(new Error(`sign-in with ${String(secret)}`, {cause: secret}))],
	['its keys', Reflect.ownKeys(secret).join(' ')],
	['a copy of its fields', inspect({...secret})],
];

for (const [way, text] of printed) {
	test(`${way} does not print it`, () => {
		assert.ok(!text.includes(password));
	});
}

test('what is printed in its place says so', () => {
	assert.deepEqual([String(secret), JSON.stringify(secret), inspect(secret)], ['[hidden]', '"[hidden]"', '[hidden]']);
});

const short = new Secret('Tr0ub4');

test('a text is written without any of it, also where another secret is its beginning', () => {
	assert.equal(withoutSecrets(`${short.open()} and ${password}`), '[hidden] and [hidden]');
});

const typed = [new Secret('q', false), new Secret('qZ', false)];

test('a part of a secret, as it is typed, takes nothing out of a text', () => {
	assert.deepEqual(typed.map(part => part.open()), ['q', 'qZ']);
	assert.equal(withoutSecrets('quit qZ'), 'quit qZ');
	assert.equal(inspect(typed), '[ [hidden], [hidden] ]');
});
