import {test, type TestContext} from 'node:test';
import {ConnectTooSmall, ConnectView} from '../../../source/app/connect/connect-view.js';
import {signInSteps, type SignInState} from '../../../source/model/sign-in.js';
import {ServerFault} from '../../../source/model/errors.js';
import {connectContent} from '../../../source/app/connect/connect-content.js';
import {connectFocus, openForm, type ConnectForm} from '../../../source/app/connect/connect.js';
import {draw} from '../../helpers/frame.js';

const waiting = {state: 'waiting', note: ''} as const;
const idle: SignInState = {
	phase: 'idle', steps: {address: waiting, certificate: waiting, version: waiting, 'sign-in': waiting},
	inspection: undefined, replaces: undefined, fault: undefined, version: undefined, pin: undefined,
};

function view(form: ConnectForm, signIn: SignInState, width = 59, height = 15) {
	const content = connectContent({form, signIn, unsaved: undefined, zone: 'UTC', width, height});
	return <ConnectView content={content} form={form} focus={connectFocus(signIn.phase)} message={[]} width={width} height={height}/>;
}

const form: ConnectForm = {...openForm({server: 'vb365', account: ''}), focus: 'account'};
const rule = '-'.repeat(59);

test('header, fields, what is to be known, keys', (t: TestContext) => {
	t.assert.deepStrictEqual(draw(t, view(form, idle)).lines().map(line => line.trimEnd()), [
		' vbtop read-only  Connect to a server',
		rule,
		'  Server     vb365',
		String.raw`> Account                       DOMAIN\user or user@domain`,
		'  Password',
		'',
		'  No server? Watch the demo',
		'',
		'  The account must be a VB365 administrator without MFA.',
		'  vbtop only reads.',
		...Array.from({length: 7}, () => ''),
		rule,
		'',
		' Enter next  Ctrl-U clear  Tab field  Esc quit',
	]);
});

test('steps with what they found, while it connects', (t: TestContext) => {
	const steps: SignInState['steps'] = {...idle.steps, address: {state: 'passed', note: 'vb365:4443 answers'}, certificate: {state: 'running', note: ''}};
	t.assert.deepStrictEqual(draw(t, view(form, {...idle, phase: 'checking', steps}, 59, 8)).lines().map(line => line.trimEnd()), [
		' vbtop read-only  Connect to a server',
		rule,
		'  Server     vb365',
		'  Account',
		'  Password',
		'',
		'  address      ok      vb365:4443 answers',
		'  certificate  ...',
		'  version      -',
		'  sign-in      -',
		rule,
		'',
		' Esc stop',
	]);
});

test('no state is told by colour alone', (t: TestContext) => {
	const states = ['passed', 'running', 'failed', 'waiting'] as const;
	const steps = Object.fromEntries(signInSteps.map((name, index) => [name, {state: states[index], note: ''}])) as SignInState['steps'];
	const {lines} = draw(t, view(form, {...idle, phase: 'failed', steps, fault: new ServerFault('timeout')}, 59, 19));
	t.assert.deepStrictEqual(lines().slice(8, 12).map(line => line.trim().split(/\s+/v)), [['address', 'ok'], ['certificate', '...'], ['version', 'failed'], ['sign-in', '-']]);
});

test('a terminal that is too small says what it needs', (t: TestContext) => {
	t.assert.deepStrictEqual(draw(t, <ConnectTooSmall width={20} height={5}/>).lines().map(line => line.trimEnd()), [' vbtop read-only..', ' needs 40x10']);
	t.assert.strictEqual(draw(t, <ConnectTooSmall width={1} height={1}/>).lines().length, 1);
});
