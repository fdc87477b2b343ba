import {Buffer} from 'node:buffer';
import {test, type TestContext} from 'node:test';
import fc, {type Arbitrary} from 'fast-check';
import {decode, encode} from '../../source/model/codec.js';
import {faultPolicies, ServerFault, type FaultKind} from '../../source/model/errors.js';
import {unreadable, type Field} from '../../source/model/field.js';
import type {Contact, ServerEffect, ServerMessage} from '../../source/model/messages.js';
import type {Now} from '../../source/model/now.js';
import {Secret} from '../../source/model/secret.js';
import type {Session} from '../../source/model/session.js';
import type {Snapshot} from '../../source/model/snapshot.js';

const text = fc.string({unit: 'binary', maxLength: 12});
const number = fc.oneof(fc.double(), fc.constantFrom(-0, NaN, Infinity, -Infinity), fc.integer());
const maybe = <Value>(value: Arbitrary<Value>) => fc.option(value, {nil: undefined});
const field = <Value>(value: Arbitrary<Value>): Arbitrary<Field<Value>> =>
	fc.oneof({weight: 5, arbitrary: value}, {weight: 1, arbitrary: fc.constantFrom(undefined, unreadable)});
const mapOf = <Value>(value: Arbitrary<Value>) => fc.array(fc.tuple(text, value), {maxLength: 4}).map(entries => new Map(entries));
// As object literals are: with the prototype of objects.
const record = <Fields extends object, Keys extends keyof Fields = keyof Fields>(
	model: {[Key in keyof Fields]: Arbitrary<Fields[Key]>},
	options: {requiredKeys?: Keys[]} = {},
) => fc.record<Fields, Keys>(model, {...options, noNullPrototype: true});
const list = <Value>(value: Arbitrary<Value>) => fc.array(value, {maxLength: 4});

const certificate = record({fingerprint: text, subject: text, issuer: text, names: list(text), validFrom: number, validTo: number});

const fault: Arbitrary<ServerFault> = record({
	kind: fc.constantFrom(...Object.keys(faultPolicies) as FaultKind[]),
	what: text,
	retryAfterMs: maybe(number),
	certificate: maybe(certificate),
}).map(({kind, what, ...options}) => new ServerFault(kind, what, options));

const session: Arbitrary<Session> = record({
	serverId: text, id: text, jobId: field(text), jobType: field(text), kind: field(text), status: field(text),
	createdAt: field(number), endedAt: field(number),
	retryCount: field(number), willBeRetried: field(fc.boolean()), mainSessionId: field(text), progress: field(number), details: field(text),
	repositoryId: field(text), proxyId: field(text), proxyPoolId: field(text), eTag: field(text),
	statistics: record({
		processingRateBytesPerSecond: field(number), processingRateItemsPerSecond: field(number), readRateBytesPerSecond: field(number),
		writeRateBytesPerSecond: field(number), transferredBytes: field(number), processedItems: field(number), bottleneck: field(text),
	}),
});

const named = record({id: text, name: field(text)});
const now: Arbitrary<Now> = record({server: number, skewMs: number, monotonic: number, clocks: mapOf(number)}, {requiredKeys: ['server', 'monotonic']});
const scope = record({jobType: fc.constantFrom('Backup' as const, 'Copy' as const, undefined), rangeMs: number});
const contact: Arbitrary<Contact> = record({fault: maybe(fault), lastGoodAt: maybe(number), nextTryAt: maybe(number), faultSince: maybe(number)});

const snapshot = record({
	serverId: text, serverName: text, version: maybe(text), certificate: maybe(certificate), lacks: list(text).map(names => new Set(names)), scope,
	sessions: list(session), isLoading: fc.boolean(), missing: maybe(text), jobs: mapOf(named), organizations: mapOf(named), repositories: mapOf(named),
	proxies: mapOf(named), changes: record({added: list(text), updated: list(text), removed: list(text)}),
	observations: mapOf(list(record({at: number, progress: field(number), transferredBytes: field(number), processedItems: field(number), eTag: field(text)}))),
}) as Arbitrary<unknown> as Arbitrary<Snapshot>;

const logItem = record({id: text, usn: field(number), type: field(text), text: field(text), createdAt: field(number), endedAt: field(number)});
const itemsRead = record({items: list(logItem), readAt: number});
const logEvidence = record({
	opening: itemsRead, newest: itemsRead, problems: record({items: list(logItem), isCut: fc.boolean(), readAt: number}),
	longestQuiet: record({ms: number, readAt: number}),
}, {requiredKeys: []});
const urgency = fc.constantFrom('opened' as const, 'problem' as const, 'rest' as const);

const message: Arbitrary<ServerMessage> = fc.oneof(
	record({type: fc.constant('snapshot' as const), serverId: text, snapshot, now}),
	record({type: fc.constant('contact' as const), serverId: text, contact, now}),
	record({
		type: fc.constant('evidence' as const), serverId: text,
		evidence: record({
			histories: mapOf(record({sessions: list(session), readAt: number})), logs: mapOf(logEvidence), failed: list(text).map(keys => new Set(keys)),
		}),
	}),
	record({
		type: fc.constant('log' as const), serverId: text, sessionId: text, failure: maybe(text),
		log: maybe(record({items: list(logItem), isCut: fc.boolean(), reading: fc.constantFrom('older' as const, 'newer' as const, undefined)})),
	}),
	record({
		type: fc.constant('objects' as const), serverId: text, sessionId: text, failure: maybe(text),
		objects: fc.oneof(
			fc.constantFrom(undefined, {kind: 'gone' as const}, {kind: 'notInVersion' as const}),
			record({kind: fc.constant('listed' as const), entries: list(record({id: text, type: field(text), status: field(text)})), isCut: fc.boolean(), dropped: number}),
		),
	}),
	record({type: fc.constant('tick' as const), now}),
);

const effect: Arbitrary<ServerEffect> = fc.oneof(
	record({type: fc.constantFrom('poll' as const, 'reconnect' as const), serverId: text}, {requiredKeys: ['type']}),
	record({type: fc.constant('scope' as const), scope}),
	record({type: fc.constant('refresh-interval' as const), refreshMs: number}),
	record({
		type: fc.constant('pending-reads' as const), serverId: text,
		reads: list(fc.oneof(
			record({kind: fc.constant('history' as const), jobId: text, jobType: fc.constantFrom('Backup' as const, 'Copy' as const), urgency}),
			record({kind: fc.constant('log' as const), sessionId: text, part: fc.constantFrom('opening' as const, 'problems' as const), urgency}),
		)),
	}),
	record({
		type: fc.constant('follow' as const), serverId: text,
		target: maybe(record({what: fc.constantFrom('log' as const, 'objects' as const), sessionId: text, isActive: fc.boolean()})),
	}),
);

test('every message and effect reads back equal', (t: TestContext) => {
	fc.assert(fc.property(fc.oneof(message, effect), value => {
		const back = decode(encode(value));
		t.assert.deepStrictEqual(back, value);
		t.assert.deepStrictEqual(Object.keys(back as object), Object.keys(value));
	}), {numRuns: 500});
});

test('any plain data reads back equal, whatever its keys are', (t: TestContext) => {
	const key = fc.oneof(text, fc.constantFrom('$', '__proto__', 'toString', 'constructor', 'entries', 'value'));
	const leaf = fc.oneof(text, number, fc.boolean(), fault, fc.constantFrom(null, undefined, unreadable));
	const {data} = fc.letrec(tie => ({
		data: fc.oneof({maxDepth: 4, depthSize: 'small'}, leaf, list(tie('data')), fc.dictionary(key, tie('data'), {maxKeys: 4, noNullPrototype: true}), mapOf(tie('data')), list(tie('data')).map(values => new Set(values))),
	}));
	fc.assert(fc.property(data, value => {
		t.assert.deepStrictEqual(decode(encode(value)), value);
	}), {numRuns: 500});
});

test('a fault comes back as one, with all that decides what is shown of it and done about it', (t: TestContext) => {
	fc.assert(fc.property(fault, value => {
		const back = decode(encode(value));
		t.assert.ok(back instanceof ServerFault);
		const said = ({kind, message: words, name, policy, advice, headline, retryAfterMs, certificate: shown}: ServerFault) =>
			({kind, words, name, policy, advice, headline, retryAfterMs, shown});
		t.assert.deepStrictEqual(said(back), said(value));
	}));
});

test('what an undefined field, minus zero and the numbers that JSON lacks are stays the same', (t: TestContext) => {
	const value = {absent: undefined, zero: -0, none: NaN, most: Infinity, least: -Infinity, field: unreadable};
	const back = decode(encode(value)) as typeof value;
	t.assert.ok('absent' in back);
	t.assert.ok(Object.is(back.zero, -0));
	t.assert.deepStrictEqual(back, value);
});

test('nothing of a secret is written, wherever it stands; it comes back empty', (t: TestContext) => {
	const words = JSON.stringify({$: 'secret', type: 'sign-in', map: 'entries', serverId: 'vb1', list: []});
	const secretText = fc.string({minLength: 4, maxLength: 20}).filter(value => !words.includes(value));
	fc.assert(fc.property(secretText, value => {
		const secret = new Secret(value);
		const written = encode({type: 'sign-in', serverId: 'vb1', secret, list: [secret], map: new Map([['vb1', secret]])});
		for (const form of [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), Buffer.from(value).toString('base64')]) {
			t.assert.ok(!written.includes(form));
		}

		const back = decode(written) as {readonly secret: unknown};
		t.assert.ok(back.secret instanceof Secret);
		t.assert.strictEqual(back.secret.open(), '');
	}));
});

test('what is no plain data is refused, not written as something else', (t: TestContext) => {
	class Other {
		readonly entries = new Map<string, string>();
	}

	for (const value of [() => 1, Symbol('other'), 1n, new Date(0), new Other(), new Error('x'), {deep: [new AbortController()]}]) {
		t.assert.throws(() => encode(value), TypeError);
	}
});

test('a text that is not of encode is refused', (t: TestContext) => {
	for (const written of ['', '{', '{"$":"other"}', '{"$":"toString"}', '{"$":1}', '{"$":"map"}', '{"$":"fault","kind":"none","message":"x"}']) {
		t.assert.throws(() => decode(written), SyntaxError, written);
	}
});
