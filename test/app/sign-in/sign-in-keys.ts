import assert from 'node:assert/strict';
import {test} from 'node:test';
import {inspect} from 'node:util';
import fc from 'fast-check';
import {focusOf} from '../../../source/app/focus.js';
import {askedLine} from '../../../source/app/footer-lines.js';
import {openLayer} from '../../../source/app/shared/state/layers.js';
import type {Message} from '../../../source/app/shared/state/messages.js';
import type {State} from '../../../source/app/shared/state/state.js';
import {messageOf, update} from '../../../source/app/update.js';
import {later, minute, now, second, snapshot} from '../../helpers/sessions.js';
import {
	answered,
	effectsOf,
	goodContact,
	kindsOf,
	numbered,
	pasted,
	press,
	pressed,
	refused,
	sent,
	sentStep,
	stateOf,
	typed,
} from '../../helpers/state.js';

const start = stateOf({snapshots: [numbered(3)]});
const asking = refused(start);
const signIn = ({layers}: State) => openLayer(layers, 'sign-in');
const focus = ({layers}: State) => focusOf(layers);
const secretOf = (state: State) => signIn(state)?.field.secret.open();
const good = (state: State, at = now) => sent(state, {type: 'contact', serverId: 'vb1', contact: goodContact(at), now: at});
const signedIn = {type: 'signed-in', serverId: 'vb1'} as const;
const signInRefused = {type: 'sign-in-refused', serverId: 'vb1', problem: 'sign-in refused'} as const;

test('a server that waits for its password asks for it, once', () => {
	assert.deepEqual([signIn(asking)?.question, signIn(asking)?.stage, focus(asking)], [String.raw`Password of DEMO\operator at vb365-prod`, 'password', 'password']);
	assert.equal(kindsOf(refused(asking)), 'list sign-in');
	const left = pressed(asking, 'escape');
	assert.equal(kindsOf(left), 'list');
	assert.equal(kindsOf(refused(left, 'vb1', later(minute))), 'list', 'who left it opens it again');
	assert.equal(kindsOf(refused(good(left), 'vb1', later(minute))), 'list sign-in', 'it waited no longer, and does again');
});

test('without an account a bearer token is asked for', () => {
	const state = refused(stateOf({servers: {account: undefined}}));
	assert.equal(signIn(state)?.question, 'Bearer token for vb365-prod');
});

test('R asks again instead of connecting anew, where a server waits', () => {
	const left = pressed(asking, 'escape');
	assert.deepEqual([kindsOf(pressed(left, 'R')), effectsOf(left, 'R')], ['list sign-in', []]);
	assert.deepEqual(effectsOf(start, 'R'), [{type: 'reconnect'}]);
});

test('of two servers that wait the second one asks once the first one is left', () => {
	const two = stateOf({snapshots: [snapshot(), snapshot({serverId: 'vb2', serverName: 'vb-there'})]});
	const both = refused(refused(two), 'vb2');
	assert.deepEqual([kindsOf(both), signIn(both)?.serverId], ['list sign-in', 'vb1']);
	const other = pressed(both, 'escape');
	assert.deepEqual([kindsOf(other), signIn(other)?.serverId], ['list sign-in', 'vb2']);
	assert.equal(kindsOf(pressed(other, 'escape')), 'list');
	assert.equal(signIn(pressed(pressed(other, 'escape'), 'R'))?.serverId, 'vb1');
});

const lines = ['/ x', ': q', 'l / x', '? / x'];

for (const keys of lines) {
	test(`a question that comes while ${keys} is typed goes below it, and has the keys after it`, () => {
		const typing = refused(pressed(start, keys));
		const kinds = kindsOf(pressed(start, keys)).split(' ');
		assert.equal(kindsOf(typing), [...kinds.slice(0, -1), 'sign-in', kinds.at(-1)].join(' '));
		assert.notEqual(focus(typing), 'password');
		const more = pressed(typing, 'y');
		assert.equal(secretOf(more), '');
		assert.equal(focus(pressed(more, 'escape')), 'password');
	});
}

test('a question lies over detail, help and text to copy', () => {
	for (const keys of ['enter', 'l', '?', 'enter ?', 'd', 'c']) {
		assert.equal(focus(refused(pressed(start, keys))), 'password', keys);
	}
});

test('what keys and pastes give in the password is a secret text', () => {
	const at = (state: State, key: string) => messageOf(state, {type: 'key', key}).type;
	assert.deepEqual(['a', '?', ' ', '東', '1'].map(key => at(asking, key)), Array.from({length: 5}, () => 'secret-text'));
	assert.deepEqual(['enter', 'escape', 'backspace', 'ctrl-u', 'left', 'tab'].map(key => at(asking, key)), Array.from({length: 6}, () => 'key'));
	assert.equal(messageOf(asking, {type: 'paste', text: 'x'}).type, 'secret-text');
	assert.deepEqual([at(start, 'a'), messageOf(start, {type: 'paste', text: 'x'}).type], ['key', 'paste']);
	assert.equal(at(refused(pressed(start, '/')), 'a'), 'key');
});

test('the password is edited as other lines are, and drawn as stars', () => {
	assert.equal(secretOf(typed(asking, 'p q?')), 'p q?');
	assert.equal(secretOf(pressed(typed(asking, 'abc'), 'left backspace')), 'ac');
	assert.equal(secretOf(pressed(typed(asking, 'abc'), 'ctrl-u x')), 'x');
	assert.equal(secretOf(pasted(typed(asking, 'a'), 'b c')), 'ab c');
	const {prompt} = askedLine(typed(asking, 'ab👩‍👩‍👧')).prompt!;
	assert.deepEqual([prompt.text, prompt.cursor], ['***', 3]);
});

test('Enter tries the password, nothing typed is not tried', () => {
	assert.deepEqual(press(asking, 'enter'), {state: asking, effects: []});
	const {state, effects} = press(typed(asking, 'secret'), 'enter');
	assert.deepEqual([signIn(state)?.stage, effects.length], ['signing-in', 1]);
	const [effect] = effects;
	assert.deepEqual(effect?.type === 'sign-in' && [effect.serverId, effect.secret.open()], ['vb1', 'secret']);
	assert.equal(effectsOf(typed(asking, 'secret'), 'enter enter enter').length, 1);
	assert.equal(sent(state, {type: 'key', key: 'x'}), state, 'while it is tried nothing is typed');
});

const trying = pressed(typed(asking, 'secret'), 'enter');

test('a password that is refused is asked for anew, with the reason', () => {
	const state = sent(trying, signInRefused);
	assert.deepEqual([signIn(state)?.stage, secretOf(state), signIn(state)?.problem, signIn(state)?.secret], ['password', '', 'sign-in refused', undefined]);
	const left = pressed(trying, 'escape');
	assert.equal(sent(left, signInRefused), left);
});

test('one that is taken can be kept, or used this time only', () => {
	const {state, effects} = sentStep(trying, signedIn);
	assert.deepEqual([focus(state), effects, secretOf(state)], ['keep-password', [{type: 'poll', serverId: 'vb1'}], '']);
	const kept = press(state, 'y');
	const [save] = kept.effects;
	assert.deepEqual(save?.type === 'save-secret' && [save.serverId, save.secret.open()], ['vb1', 'secret']);
	assert.equal(kindsOf(kept.state), 'list', 'the next key is the list\'s');
	assert.deepEqual(effectsOf(state, 'y q'), [save, {type: 'quit'}]);
	const saved = sent(kept.state, {type: 'secret-saved', serverId: 'vb1', problem: undefined});
	assert.deepEqual([kindsOf(saved), saved.notice?.text], ['list', 'kept, encrypted']);
	assert.equal(sent(kept.state, {type: 'secret-saved', serverId: 'vb1', problem: 'no room'}).notice?.text, 'no room');
	const asked = refused(good(kept.state), 'vb1', later(second));
	assert.equal(focus(sent(asked, {type: 'secret-saved', serverId: 'vb1', problem: undefined})), 'password', 'a question that was opened since stays');
	for (const key of ['n', 'escape']) {
		assert.deepEqual([kindsOf(pressed(state, key)), effectsOf(state, key)], ['list', []]);
	}
});

test('one that cannot be kept is used at once', () => {
	const once = pressed(typed(refused(stateOf({servers: {canSaveSecret: false}})), 'secret'), 'enter');
	const {state, effects} = sentStep(once, signedIn);
	assert.deepEqual([kindsOf(state), state.notice?.text, effects], ['list', 'signed in', [{type: 'poll', serverId: 'vb1'}]]);
});

test('one that was taken and is refused by now is asked for again, the fault from before is none', () => {
	const keeping = sent(trying, signedIn);
	const {fault} = keeping.servers[0]!.contact;
	const same = sent(keeping, {type: 'contact', serverId: 'vb1', contact: {...keeping.servers[0]!.contact, fault}, now: later(second)});
	assert.equal(focus(same), 'keep-password');
	assert.equal(focus(refused(keeping, 'vb1', later(second))), 'password');
	assert.equal(focus(good(keeping)), 'keep-password');
});

test('a password that was left is none once it is signed in', () => {
	const {state, effects} = sentStep(pressed(trying, 'escape'), signedIn);
	assert.deepEqual([kindsOf(state), state.notice?.text, effects], ['list', 'signed in', [{type: 'poll', serverId: 'vb1'}]]);
});

test('what a command or a list does leaves the question', () => {
	const over = pressed(refused(pressed(start, 'enter : v i e w Space n o w')), 'enter');
	assert.equal(kindsOf(over), 'list sign-in');
	assert.equal(kindsOf(answered(asking, numbered(2))), 'list sign-in', 'what is asked already stays');
});

const mark = '§Zq';
const passwords = fc.string({unit: 'grapheme', maxLength: 20}).map(text => `${mark}${text.replaceAll(/[\n\r]/gv, '')}`);

const segmenter = new Intl.Segmenter('en', {granularity: 'grapheme'});
const graphemes = (text: string) => [...segmenter.segment(text)].map(({segment}) => segment);

/** Whatever writes the value out, with all that is in it. */
const written = (value: unknown) => `${JSON.stringify(value)} ${inspect(value, {depth: Infinity, showHidden: true, maxArrayLength: null, maxStringLength: null})}`;

test('a password is never a plain string in the state, in messages or in effects', () => {
	fc.assert(fc.property(passwords, fc.boolean(), fc.constantFrom<readonly Message[]>([], [signInRefused], [signedIn], [signedIn, {type: 'secret-saved', serverId: 'vb1', problem: undefined}]), (password, isPasted, answers) => {
		const inputs = isPasted ? [{type: 'paste', text: password} as const] : graphemes(password).map(key => ({type: 'key', key} as const));
		let state = asking;
		const seen: unknown[] = [];
		const apply = (message: Message) => {
			const step = update(state, message);
			state = step.state;
			seen.push(message, step);
		};

		for (const input of inputs) {
			apply(messageOf(state, input));
		}

		assert.equal(secretOf(state), password);
		for (const message of [{type: 'key', key: 'enter'} as const, ...answers, {type: 'tick', now: later(second)} as const]) {
			apply(message);
		}

		assert.ok(!written(seen).includes(mark));
	}), {numRuns: 60});
});
