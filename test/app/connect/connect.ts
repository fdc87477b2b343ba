import {test, type TestContext} from 'node:test';
import {inspect} from 'node:util';
import {
	connectFocus,
	corrected,
	enteredIn,
	isToken,
	openForm,
	type ConnectField,
	type ConnectFocus,
	type ConnectForm,
	type ConnectRequest,
} from '../../../source/app/connect/connect.js';
import {connectBindings, connectShortKeys, pasteConnect, pressConnect} from '../../../source/app/connect/connect-keys.js';
import type {KeyName} from '../../../source/model/key.js';

const empty = openForm({server: '', account: ''});
const filled = openForm({server: 'vb365', account: 'me@example.com'});

function pressed(form: ConnectForm, keys: readonly KeyName[], focus: ConnectFocus = 'connect'): ConnectForm {
	let after = form;
	for (const key of keys) {
		after = pressConnect(after, key, focus).form;
	}

	return after;
}

const typed = (form: ConnectForm, text: string) => pressed(form, [...text]);
const secretIn = ({secret: {secret}}: ConnectForm) => secret.open();
const texts = (form: ConnectForm) => [form.server.text, form.account.text, secretIn(form)];

for (const [server, account, focus] of [
	['', '', 'server'],
	['', 'me', 'server'],
	['vb365', '', 'account'],
	['vb365', 'me', 'secret'],
] as const) {
	test(`opened with "${server}" and "${account}", the cursor is in ${focus}`, (t: TestContext) => {
		const form = openForm({server, account});
		t.assert.strictEqual(form.focus, focus);
		t.assert.deepStrictEqual([form.problem, ...texts(form)], [undefined, server, account, '']);
	});
}

for (const [keys, focus] of [
	['tab', 'account'],
	['tab tab', 'secret'],
	['tab tab tab', 'demo'],
	['tab tab tab tab', 'server'],
	['down', 'account'],
	['up', 'demo'],
	['shift-tab', 'demo'],
	['shift-tab shift-tab', 'secret'],
	['down up', 'server'],
	['enter', 'account'],
	['enter enter', 'secret'],
] as const) {
	test(`${keys} leads to ${focus}`, (t: TestContext) => {
		t.assert.strictEqual(pressed(empty, keys.split(' ')).focus, focus);
	});
}

test('what is typed stands in the field of the cursor', (t: TestContext) => {
	const server = typed(empty, 'vb365:4443');
	const account = typed(pressed(server, ['tab']), String.raw`VB\me`);
	const form = typed(pressed(account, ['tab']), 'q y n');
	t.assert.deepStrictEqual(texts(form), ['vb365:4443', String.raw`VB\me`, 'q y n']);
	t.assert.deepStrictEqual([...'q y n'].filter(key => pressConnect(form, key, 'connect').request !== undefined), [], 'no letter of it asks for something');
});

test('keys edit the field of the cursor, and the demo has nothing to edit', (t: TestContext) => {
	const form = pressed(filled, ['up', 'home', 'delete', 'up', 'ctrl-u', 'a', 'left', 'b', 'backspace']);
	t.assert.deepStrictEqual(texts(form), ['a', 'e@example.com', '']);
	const demo = pressed(empty, ['up']);
	t.assert.strictEqual(pressed(demo, ['a', 'backspace', 'ctrl-u']), demo);
});

const pastes: ReadonlyArray<readonly [field: ConnectField, text: string, found: string]> = [
	['server', 'vb365.example.com\n', 'vb365.example.com'],
	['server', '\nvb365.test\nadmin\nhunter2', 'vb365.test'],
	['account', 'VB\\me\r\n', String.raw`VB\me`],
	['secret', 'pa ss\r\n', 'pa ss'],
	['secret', ' pa\tss \n', ' pass '],
	['secret', 'x'.repeat(2000), 'x'.repeat(2000)],
];

for (const [focus, text, found] of pastes) {
	test(`${JSON.stringify(text.slice(0, 30))} pasted into ${focus}`, (t: TestContext) => {
		const {form, request} = pasteConnect({...empty, focus}, text, 'connect');
		t.assert.strictEqual(focus === 'secret' ? secretIn(form) : form[focus].text, found);
		t.assert.strictEqual(request, undefined);
	});
}

test('a paste anywhere but in the form is nothing', (t: TestContext) => {
	for (const focus of ['checking', 'certificate', 'keep'] as const) {
		t.assert.deepStrictEqual(pasteConnect(filled, 'y', focus), {form: filled});
	}
});

const missing: ReadonlyArray<readonly [server: string, account: string, secret: string, focus: ConnectForm['focus'], problem: string | undefined]> = [
	['', '', '', 'server', 'Type the address of the server first.'],
	['  ', 'me', 'pw', 'server', 'Type the address of the server first.'],
	['vb365', 'me', '', 'secret', 'Type the password first.'],
	['vb365', '', '', 'secret', 'Type a bearer token, or an account above for a password.'],
	['vb365', ' ', '', 'secret', 'Type a bearer token, or an account above for a password.'],
	['vb365', '', 'token', 'secret', undefined],
	['vb365', 'me', ' ', 'secret', undefined],
];

for (const [server, account, secret, focus, problem] of missing) {
	test(`Enter in the last field with "${server}", "${account}" and "${secret}": ${problem ?? 'connects'}`, (t: TestContext) => {
		const {form, request} = pressConnect(typed({...openForm({server, account}), focus: 'secret'}, secret), 'enter', 'connect');
		t.assert.deepStrictEqual([form.focus, form.problem, request], [focus, problem, problem === undefined ? 'start' : undefined]);
	});
}

test('a problem goes as soon as something is typed', (t: TestContext) => {
	const form = pressed(filled, ['enter']);
	t.assert.notStrictEqual(form.problem, undefined);
	t.assert.strictEqual(pressed(form, ['tab']).problem, form.problem);
	t.assert.strictEqual(typed(form, 'a').problem, undefined);
});

const requests: ReadonlyArray<readonly [focus: ConnectFocus, key: KeyName, request: ConnectRequest | undefined]> = [
	['connect', 'escape', 'leave'],
	['connect', 'ctrl-c', 'leave'],
	['connect', 'ctrl-l', 'redraw'],
	['connect', 'y', undefined],
	['checking', 'escape', 'cancel'],
	['checking', 'ctrl-c', 'leave'],
	['checking', 'ctrl-l', 'redraw'],
	['checking', 'enter', undefined],
	['checking', 'y', undefined],
	['certificate', 'y', 'trust'],
	['certificate', 'n', 'cancel'],
	['certificate', 'escape', 'cancel'],
	['certificate', 'enter', undefined],
	['certificate', ' ', undefined],
	['certificate', 'Y', undefined],
	['certificate', 'ctrl-c', 'leave'],
	['keep', 'y', 'keep'],
	['keep', 'n', 'once'],
	['keep', 'escape', 'once'],
	['keep', 'enter', undefined],
	['keep', 'ctrl-c', 'leave'],
];

for (const [focus, key, expected] of requests) {
	test(`${key} at ${focus}: ${expected ?? 'nothing is asked for'}`, (t: TestContext) => {
		const {form, request} = pressConnect(filled, key, focus);
		t.assert.strictEqual(request, expected);
		t.assert.deepStrictEqual(texts(form), ['vb365', 'me@example.com', focus === 'connect' && key === 'y' ? 'y' : '']);
	});
}

test('Enter on the demo asks for it, whatever is typed', (t: TestContext) => {
	t.assert.strictEqual(pressConnect(pressed(empty, ['up']), 'enter', 'connect').request, 'demo');
});

test('what was asked for is not asked for again by the next key', (t: TestContext) => {
	const {form} = pressConnect(filled, 'ctrl-l', 'connect');
	t.assert.deepStrictEqual(pressConnect(form, 'left', 'checking'), {form});
});

test('what is typed or pasted as a secret is nowhere in the form as text', (t: TestContext) => {
	const {form} = pasteConnect(typed({...filled, focus: 'secret'}, 'hunter'), 'Two3', 'connect');
	t.assert.strictEqual(secretIn(form), 'hunterTwo3');
	const printedWays = [form, form.secret.secret, enteredIn(form)]
		.flatMap(value => [JSON.stringify(value), inspect(value, {depth: Infinity, showHidden: true, getters: true})]);
	t.assert.strictEqual(String(form.secret.secret), '[hidden]');
	for (const printed of printedWays) {
		t.assert.doesNotMatch(printed, /hunter|Two3/v);
	}
});

for (const [phase, focus] of [['idle', 'connect'], ['checking', 'checking'], ['certificate', 'certificate'], ['failed', 'connect'], ['signed-in', 'keep']] as const) {
	test(`${phase}: keys go to ${focus}`, (t: TestContext) => {
		t.assert.strictEqual(connectFocus(phase), focus);
	});
}

for (const [reason, focus, secret] of [
	[{problem: 'x'}, 'server', 'pw'],
	[{kind: 'signInRefused'}, 'secret', ''],
	[{kind: 'signInThrottled'}, 'secret', 'pw'],
	[{kind: 'refused'}, 'server', 'pw'],
	[{kind: 'tlsFailed'}, 'server', 'pw'],
	[{kind: 'notServed'}, 'server', 'pw'],
	[{kind: 'forbidden'}, 'account', 'pw'],
] as const) {
	test(`after ${JSON.stringify(reason)} the cursor is in ${focus}`, (t: TestContext) => {
		const form = corrected(typed(filled, 'pw'), reason);
		t.assert.deepStrictEqual([form.focus, secretIn(form), form.problem], [focus, secret, 'problem' in reason ? 'x' : undefined]);
	});
}

for (const [account, is] of [['', true], ['  ', true], ['me', false]] as const) {
	test(`with the account "${account}" the secret is a ${is ? 'token' : 'password'}`, (t: TestContext) => {
		t.assert.strictEqual(isToken(openForm({server: '', account})), is);
	});
}

for (const [keys, focus, words] of [
	[[], 'connect', 'Enter next, Ctrl-U clear, Tab field, Esc quit'],
	[['up'], 'connect', 'Enter watch demo, Ctrl-U clear, Tab field, Esc quit'],
	[['up', 'up'], 'connect', 'Enter connect, Ctrl-U clear, Tab field, Esc quit'],
	[[], 'checking', 'Esc stop'],
	[[], 'certificate', 'y trust it, n do not trust it'],
	[[], 'keep', 'y keep it, n this time only'],
] as const) {
	test(`the bottom line at ${focus} after "${keys.join(' ')}"`, (t: TestContext) => {
		t.assert.strictEqual(connectShortKeys(pressed(empty, keys), focus).map(entry => `${entry.key} ${entry.words}`).join(', '), words);
	});
}

test('no key has two meanings in a focus', (t: TestContext) => {
	const all = connectBindings.flatMap(({focuses, keys}) => focuses.flatMap(focus => keys.map(key => `${focus} ${key}`)));
	t.assert.deepStrictEqual(all, [...new Set(all)]);
});
