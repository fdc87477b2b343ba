import {test, type TestContext} from 'node:test';
import {jsonOf, retryAfter, serverMessage, statusFault, type Answer} from '../../../source/api/transport/answer.js';
import {mark} from '../../../source/api/wire/visible-text.js';
import type {FaultKind} from '../../../source/model/errors.js';
import {fault} from '../../helpers/fault.js';

const answerOf = (answer: Partial<Answer>): Answer => ({status: 200, body: '', message: '', retryAfterMs: undefined, ...answer});

const messages: ReadonlyArray<readonly [body: string, message: string]> = [
	['{"message":"Proxy is offline.","errorCode":"ProxyOffline","stackTrace":"at A.B()"}', 'Proxy is offline.'],
	['{"error":"invalid_grant","error_description":"Invalid credentials."}', 'Invalid credentials.'],
	['{"error":"invalid_grant"}', 'invalid_grant'],
	['{"message":null,"stackTrace":"at A.B()"}', ''],
	['{"message":{"deep":1}}', ''],
	[String.raw`{"message":"a\u001b[31mb\nc"}`, `a${mark}b c`],
	['["x"]', ''],
	['null', ''],
	['', ''],
	['<html>', ''],
	['{"message":"You sent p@ss word&1"}', ''],
	['{"message":"You sent p%40ss%20word%261"}', ''],
	['{"message":"You sent p%40ss+word%261"}', ''],
	[JSON.stringify({message: 'x'.repeat(999)}), `${'x'.repeat(200)}...`],
];

for (const [body, message] of messages) {
	test(`the message of ${body.slice(0, 60)}`, (t: TestContext) => {
		t.assert.strictEqual(serverMessage(body, ['', 'p@ss word&1']), message);
	});
}

const now = Date.UTC(2026, 2, 2, 8);

const waits: ReadonlyArray<readonly [header: string | undefined, ms: number | undefined]> = [
	['7', 7000],
	['0', 0],
	['Mon, 02 Mar 2026 08:00:30 GMT', 30_000],
	['Mon, 02 Mar 2026 07:00:00 GMT', 0],
	['999999999999', 24 * 60 * 60 * 1000],
	['1000000000', 24 * 60 * 60 * 1000],
	['Fri, 31 Dec 9999 23:59:59 GMT', undefined],
	['Mon, 01 Jan 0001 00:00:00 GMT', undefined],
	['-5', undefined],
	['1e9', undefined],
	['soon', undefined],
	['soon 12', undefined],
	['\u{9B}2J7', undefined],
	['', undefined],
	['undefined', undefined],
	[undefined, undefined],
];

for (const [header, ms] of waits) {
	test(`Retry-After ${String(header)} is ${String(ms)} ms`, (t: TestContext) => {
		t.assert.strictEqual(retryAfter(header, now), ms);
	});
}

const statuses: ReadonlyArray<readonly [status: number, kind: FaultKind]> = [
	[403, 'forbidden'],
	[404, 'notServed'],
	[429, 'busy'],
	[503, 'busy'],
	[500, 'serverError'],
	[502, 'serverError'],
	[301, 'badAnswer'],
	[400, 'badAnswer'],
	[409, 'badAnswer'],
	[204, 'badAnswer'],
];

for (const [status, kind] of statuses) {
	test(`HTTP ${status} is ${kind}`, (t: TestContext) => {
		const found = statusFault(answerOf({status, message: 'Why.', retryAfterMs: 5}));
		t.assert.deepStrictEqual([found.kind, found.retryAfterMs], [kind, 5]);
		t.assert.match(found.message, new RegExp(String.raw`: HTTP ${status}, Why\.$`, 'v'));
		t.assert.throws(() => jsonOf(answerOf({status})), fault(kind));
	});
}

test('a 200 is taken where it is JSON, whatever JSON', (t: TestContext) => {
	t.assert.deepStrictEqual(jsonOf(answerOf({body: ' [1] '})), [1]);
	t.assert.strictEqual(jsonOf(answerOf({body: 'null'})), null);
});

for (const body of ['', '  ', '<html>', '{"a":']) {
	test(`a 200 of ${JSON.stringify(body)} is a bad answer`, (t: TestContext) => {
		t.assert.throws(() => jsonOf(answerOf({body})), fault('badAnswer'));
	});
}

const backslash = String.fromCodePoint(0x5C);

const shapes: ReadonlyArray<readonly [what: string, body: string, wording: RegExp | undefined]> = [
	['64 levels', `${'['.repeat(64)}${']'.repeat(64)}`, undefined],
	['65 levels', `${'[{"a":'.repeat(33)}1${'}]'.repeat(33)}`, /: nested too deep$/v],
	['a million brackets that never end', '['.repeat(1_000_000), /: nested too deep$/v],
	['a million empty objects', `[${'{},'.repeat(1_000_000)}{}]`, /: too many parts$/v],
	['brackets in a text', JSON.stringify(['['.repeat(1000), `"${'{'.repeat(1000)}`, `${backslash}"${'['.repeat(1000)}`, `${backslash.repeat(3)}"${'['.repeat(1000)}${backslash}`, '{']), undefined],
	['a text that never ends', `["${'['.repeat(1000)}`, /: no JSON$/v],
];

for (const [what, body, wording] of shapes) {
	test(`a 200 of ${what} is ${wording ? 'a bad answer' : 'taken'}`, (t: TestContext) => {
		if (wording) {
			t.assert.throws(() => jsonOf(answerOf({body})), fault('badAnswer', wording));
		} else {
			t.assert.deepStrictEqual(jsonOf(answerOf({body})), JSON.parse(body));
		}
	});
}

test('an error whose body is nested too deep has no message', (t: TestContext) => {
	t.assert.strictEqual(serverMessage(`{"message":"x","more":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, []), '');
});
