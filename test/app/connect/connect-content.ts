import {test, type TestContext} from 'node:test';
import fc from 'fast-check';
import type {Certificate} from '../../../source/model/certificate.js';
import type {Inspection} from '../../../source/model/inspection.js';
import {faultPolicies, ServerFault, type FaultKind} from '../../../source/model/errors.js';
import {signInSteps, type SignInState} from '../../../source/model/sign-in.js';
import {visibleText} from '../../../source/api/wire/visible-text.js';
import {connectContent, type ConnectOptions} from '../../../source/app/connect/connect-content.js';
import {openForm, type ConnectForm} from '../../../source/app/connect/connect.js';
import {cellWidth} from '../../../source/ui/text/fit-cell.js';

const pairs = (first: number) => Array.from({length: 32}, (_pair, index) => ((first + index) % 256).toString(16).padStart(2, '0').toUpperCase()).join(':');

const certificate: Certificate = {
	fingerprint: pairs(160), subject: 'CN=vb365.example.com', issuer: 'CN=Example CA', names: ['vb365.example.com', '10.1.2.3'],
	validFrom: Date.UTC(2026, 0, 2, 3, 4, 5), validTo: Date.UTC(2027, 0, 2, 3, 4, 5),
};

const waiting = {state: 'waiting', note: ''} as const;

function stateOf(changes: Partial<SignInState> = {}): SignInState {
	return {
		phase: 'idle', steps: {address: waiting, certificate: waiting, version: waiting, 'sign-in': waiting},
		inspection: undefined, replaces: undefined, fault: undefined, version: undefined, pin: undefined, ...changes,
	};
}

const form = openForm({server: 'vb365', account: String.raw`VB\me`});

function contentOf(changes: Partial<ConnectOptions> = {}) {
	return connectContent({form, signIn: stateOf(), unsaved: undefined, zone: 'UTC', width: 79, height: 19, ...changes});
}

const linesOf = (changes: Partial<ConnectOptions> = {}) => contentOf(changes).lines.map(cell => cell.map(({text}) => text).join('').trimEnd());
const asked = (inspection: Partial<Inspection> = {}, changes: Partial<SignInState> = {}) =>
	stateOf({phase: 'certificate', inspection: {certificate, objections: ['tlsUntrusted'], ...inspection}, ...changes});

test('a certificate with all that is known of it', (t: TestContext) => {
	t.assert.deepStrictEqual(linesOf({signIn: asked({objections: ['tlsUntrusted', 'tlsName']})}).slice(6), [
		'  Trust the certificate of this server?',
		'  This machine cannot vouch for it: no authority trusted here issued it; it is',
		'  for another name.',
		'  SHA-256    A0:A1:A2:A3:A4:A5:A6:A7:A8:A9:AA:AB:AC:AD:AE:AF',
		'             B0:B1:B2:B3:B4:B5:B6:B7:B8:B9:BA:BB:BC:BD:BE:BF',
		'  subject    CN=vb365.example.com',
		'  issuer     CN=Example CA',
		'  names      vb365.example.com, 10.1.2.3',
		'  valid      Fri 2 Jan 2026 03:04:05 to Sat 2 Jan 2027 03:04:05',
		'  Nothing secret was sent yet. Compare the fingerprint with that on the server.',
	]);
});

test('a changed certificate with both fingerprints', (t: TestContext) => {
	const signIn = asked({objections: []}, {replaces: pairs(0)});
	t.assert.deepStrictEqual(linesOf({signIn, width: 59, height: 40}).slice(6, 18), [
		'  The certificate changed. Trust it?',
		'  It is not the one that was trusted before: it was',
		'  renewed, or another server answers.',
		'  A trusted authority issued it.',
		'  SHA-256    A0:A1:A2:A3:A4:A5:A6:A7',
		'             A8:A9:AA:AB:AC:AD:AE:AF',
		'             B0:B1:B2:B3:B4:B5:B6:B7',
		'             B8:B9:BA:BB:BC:BD:BE:BF',
		'  before     00:01:02:03:04:05:06:07',
		'             08:09:0A:0B:0C:0D:0E:0F',
		'             10:11:12:13:14:15:16:17',
		'             18:19:1A:1B:1C:1D:1E:1F',
	]);
});

for (const [width, height] of [[39, 5], [39, 19], [59, 5], [79, 19], [199, 55]] as const) {
	test(`the whole fingerprint is there in ${width} columns and ${height} lines, changed or not`, (t: TestContext) => {
		for (const replaces of [undefined, pairs(0)]) {
			const objections = ['tlsUntrusted', 'tlsName', 'tlsExpired'] as const;
			const text = linesOf({signIn: asked({objections}, {replaces}), width, height}).join('');
			t.assert.ok(text.replaceAll(/[^\dA-F]/gv, '').includes(certificate.fingerprint.replaceAll(':', '')), text);
			t.assert.match(text, /Trust (?:the certificate|it)/v);
		}
	});
}

test('every objection that can be has its words', (t: TestContext) => {
	const words = (['tlsUntrusted', 'tlsName', 'tlsExpired', 'tlsNotYetValid', 'connection'] as const).map(kind => linesOf({signIn: asked({objections: [kind]})}).find(line => line.includes('vouch')));
	t.assert.deepStrictEqual(words, [
		'  This machine cannot vouch for it: no authority trusted here issued it.',
		'  This machine cannot vouch for it: it is for another name.',
		'  This machine cannot vouch for it: it has expired.',
		'  This machine cannot vouch for it: it is not valid yet.',
		'  This machine cannot vouch for it: connection lost.',
	]);
});

test('a certificate that issued itself, for no name', (t: TestContext) => {
	const lines = linesOf({signIn: asked({certificate: {...certificate, issuer: certificate.subject, names: []}})});
	t.assert.ok(lines.includes('  issuer     itself (self-signed)'));
	t.assert.ok(lines.includes('  names      none'));
});

const withFocus = (focus: ConnectForm['focus'], fields: {server?: string; account?: string} = {}): ConnectForm => ({...openForm({server: '', account: '', ...fields}), focus});

const fieldCases: ReadonlyArray<readonly [what: string, form: ConnectForm, width: number, labels: readonly string[], notes: readonly string[]]> = [
	['at the start', withFocus('server'), 79, ['> Server', '  Account', '  Password'], ['host, host:port or https URL', '', '']],
	['on a narrow terminal', withFocus('server'), 39, ['> Server', '  Account', '  Password'], ['host or host:port', '', '']],
	['with a server', withFocus('server', {server: 'v'}), 79, ['> Server', '  Account', '  Password'], ['', '', '']],
	['in the account', withFocus('account'), 79, ['  Server', '> Account', '  Password'], ['', String.raw`DOMAIN\user or user@domain; empty for a token`, '']],
	['in the account on a narrow terminal', withFocus('account'), 39, ['  Server', '> Account', '  Password'], ['', 'user@domain', '']],
	['past an empty account', withFocus('secret'), 79, ['  Server', '  Account', '> Token'], ['', '', 'bearer token, as no account is given']],
	['past an account', withFocus('secret', {account: 'me'}), 79, ['  Server', '  Account', '> Password'], ['', '', '']],
	['on the demo', withFocus('demo'), 79, ['  Server', '  Account', '  Password'], ['', '', '']],
];

for (const [what, changed, width, labels, notes] of fieldCases) {
	test(`fields ${what}`, (t: TestContext) => {
		const {fields} = contentOf({form: changed, width});
		t.assert.deepStrictEqual(fields.map(({label}) => label.trimEnd()), labels);
		t.assert.deepStrictEqual(fields.map(({note}) => note), notes);
		t.assert.ok(fields.every(({label}) => label.length === 13));
	});
}

test('while it connects no field has the cursor, and no demo is offered', (t: TestContext) => {
	const {fields} = contentOf({signIn: stateOf({phase: 'checking'})});
	t.assert.ok(fields.every(({label, note}) => !label.startsWith('>') && note === ''));
	t.assert.ok(linesOf({signIn: stateOf({phase: 'checking'})}).every(line => !line.includes('demo')));
});

test('the demo says how it is reached', (t: TestContext) => {
	t.assert.strictEqual(linesOf({form: withFocus('demo')})[1], '> No server? Watch the demo: Enter');
	t.assert.strictEqual(linesOf({form: withFocus('server')})[1], '  No server? Watch the demo');
});

for (const [kind, advice] of [
	['signInRefused', 'Type it again; each try counts, and accounts lock.'],
	['signInThrottled', 'The server limits sign-ins. Wait a minute, then press Enter.'],
	['refused', faultPolicies.refused.advice.slice(0, 40)],
] as const) {
	test(`the advice after ${kind} names no key of the monitor`, (t: TestContext) => {
		const text = linesOf({signIn: stateOf({phase: 'failed', fault: new ServerFault(kind, 'x')})}).join('\n');
		t.assert.ok(text.includes(`  ${faultPolicies[kind].word}: x`), text);
		t.assert.ok(text.includes(advice), text);
		t.assert.doesNotMatch(text, /\bR asks|[Pp]ress r\b/v);
	});
}

test('a token that is not taken has advice of its own', (t: TestContext) => {
	const lines = linesOf({form: withFocus('secret', {server: 'vb365'}), signIn: stateOf({phase: 'failed', fault: new ServerFault('signInRefused')})});
	t.assert.strictEqual(lines.at(-1), '  Paste another token, or type an account for a password.');
});

test('a problem takes the place of an older fault', (t: TestContext) => {
	const lines = linesOf({form: {...form, problem: 'Type the password first.'}, signIn: stateOf({phase: 'failed', fault: new ServerFault('refused')})});
	t.assert.strictEqual(lines.at(-1), '  Type the password first.');
	t.assert.ok(!lines.join('\n').includes('refused'));
});

test('the question whether to keep says what of, and how safe it is', (t: TestContext) => {
	const lines = (account: string) => linesOf({form: openForm({server: 'vb365', account}), signIn: stateOf({phase: 'signed-in'})}).slice(6);
	t.assert.deepStrictEqual(lines('me'), [
		'  Signed in. Keep the password on this machine?',
		'  Then the next start asks for nothing.',
		'  It is encrypted, its key in another folder: no vault. Who can read your files',
		'  can read it.',
	]);
	t.assert.strictEqual(lines('')[0], '  Signed in. Keep the token on this machine?');
});

test('why nothing can be kept is said at the start', (t: TestContext) => {
	t.assert.ok(linesOf({unsaved: 'the folder is read-only.'}).includes('  Nothing can be kept: the folder is read-only.'));
});

test('a paragraph that is too long for a low terminal ends with a mark', (t: TestContext) => {
	const fault = new ServerFault('signInRefused', 'Invalid credentials.');
	t.assert.deepStrictEqual(linesOf({signIn: stateOf({phase: 'failed', fault}), width: 39, height: 5}), ['  sign-in refused: Invalid credentials.', '  Type it again; each try counts, and..']);
});

const anyText = fc.oneof(
	fc.string({unit: 'grapheme', maxLength: 120}),
	fc.string({unit: 'binary', maxLength: 60}),
	fc.constantFrom('', 'CN=東京メール受信箱株式会社, O=コントソ', '👨‍👩‍👧👍🏽❤️🏴󠁧󠁢󠁥󠁮󠁧󠁿🇩🇪', 'x'.repeat(300), '\u{202E}\u{1B}[2J\r\n', 'मराठी ภาษาไทย عربي e\u{301}\u{302}\u{303}'),
).map(text => visibleText(text));
const time = fc.integer({min: -8.64e15, max: 8.64e15});
const kinds = Object.keys(faultPolicies) as FaultKind[];
const anyStep = fc.record({state: fc.constantFrom('waiting', 'running', 'passed', 'failed'), note: anyText});
const anyPin = fc.nat(255).map(first => pairs(first));
const anyNames = fc.array(anyText, {maxLength: 50});
const anyFault = fc.tuple(fc.constantFrom(...kinds), anyText);
const anyState = fc.record({
	phase: fc.constantFrom<SignInState['phase']>('idle', 'checking', 'certificate', 'failed', 'signed-in'),
	steps: fc.array(anyStep, {minLength: 4, maxLength: 4})
		.map(steps => Object.fromEntries(signInSteps.map((name, index) => [name, steps[index]])) as SignInState['steps']),
	certificate: fc.record({fingerprint: anyPin, subject: anyText, issuer: anyText, names: anyNames, validFrom: time, validTo: time}),
	objections: fc.subarray(kinds),
	replaces: fc.option(anyPin, {nil: undefined}),
	fault: fc.option(anyFault, {nil: undefined}),
}).map(({phase, steps, certificate: shown, objections, replaces, fault}) => stateOf({
	phase, steps, replaces: phase === 'certificate' ? replaces : undefined,
	inspection: phase === 'certificate' ? {certificate: shown, objections} : undefined,
	fault: phase === 'failed' && fault ? new ServerFault(...fault) : undefined,
}));
const anyForm = fc.record({
	server: anyText, account: anyText, focus: fc.constantFrom<ConnectForm['focus']>('server', 'account', 'secret', 'demo'), problem: fc.option(anyText, {nil: undefined}),
}).map(({server, account, focus, problem}) => ({...openForm({server, account}), focus, problem}));

const anySize = fc.record({columns: fc.integer({min: 40, max: 200}), rows: fc.integer({min: 10, max: 60})});
const anyReason = fc.option(anyText, {nil: undefined});

test('at any size every line fits its width, and all lines their height', (t: TestContext) => {
	const holds = fc.property(anyForm, anyState, anyReason, anySize, (anyFields, signIn, unsaved, {columns, rows}) => {
		const {fields, lines} = contentOf({form: anyFields, signIn, unsaved, width: columns - 1, height: rows - 5});
		t.assert.ok(fields.length + lines.length <= rows - 5);
		for (const cell of lines) {
			t.assert.ok(cellWidth(cell) <= columns - 1, cell.map(({text}) => text).join(''));
		}

		for (const {label, note} of fields) {
			t.assert.ok(label.length + note.length + 2 <= columns - 1);
		}

		if (signIn.inspection) {
			const digits = lines.flat().map(({text}) => text).join('').replaceAll(/[^\dA-F]/gv, '');
			t.assert.ok(digits.includes(signIn.inspection.certificate.fingerprint.replaceAll(':', '')));
		}
	});
	fc.assert(holds, {numRuns: 1000});
});
