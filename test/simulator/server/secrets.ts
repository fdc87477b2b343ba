import {test, type TestContext} from 'node:test';
import {headersWithoutSecrets, hiddenCredentials, maskedBody} from '../../../source/simulator/server/secrets.js';

for (const [written, shape] of [
	['Bearer marked-4711', /^Bearer #[\da-f]{12}$/v],
	['bearer   marked-4711', /^bearer #[\da-f]{12}$/v],
	['Basic bWFya2VkLTQ3MTE=', /^Basic #[\da-f]{12}$/v],
	['marked-4711', /^#[\da-f]{12}$/v],
	['marked 4711', /^#[\da-f]{12}$/v],
	['Bearer', /^#[\da-f]{12}$/v],
	['', /^#[\da-f]{12}$/v],
] as const) {
	test(`credentials "${written}" are hidden`, (t: TestContext) => {
		t.assert.match(hiddenCredentials(written), shape);
	});
}

test('only the token makes the hash', (t: TestContext) => {
	const hashOf = (written: string) => hiddenCredentials(written).replace(/^[^#]*/v, '');
	t.assert.strictEqual(hashOf('Bearer marked'), hashOf('bearer  marked'));
	t.assert.notStrictEqual(hashOf('Bearer marked'), hashOf('Bearer Marked'));
});

test('a form keeps all but password and refresh token, whatever their case', (t: TestContext) => {
	t.assert.deepStrictEqual(
		maskedBody({grant_type: 'password', username: 'me', password: 'marked', Password: 'marked', refresh_token: 'marked'}),
		{grant_type: 'password', username: 'me', password: '[hidden]', Password: '[hidden]', refresh_token: '[hidden]'},
	);
});

test('headers keep all but credentials', (t: TestContext) => {
	const headers = headersWithoutSecrets({accept: 'application/json', authorization: 'Bearer marked', 'proxy-authorization': 'Basic marked', via: ['a', 'b']});
	t.assert.deepStrictEqual(headers, {
		accept: 'application/json', authorization: hiddenCredentials('Bearer marked'), 'proxy-authorization': hiddenCredentials('Basic marked'), via: 'a,b',
	});
});
