import {isCharacter, type KeyName} from '../../model/key.js';
import {editKeys, shortKeys, type KeyWords} from '../shared/state/key-table.js';
import {connect, type ConnectAction, type ConnectForm, type ConnectFocus, type ConnectStep} from './connect.js';

type ConnectBinding = KeyWords & {
	readonly focuses: readonly ConnectFocus[];
	readonly does: ConnectAction;
};

const everywhere: readonly ConnectFocus[] = ['connect', 'checking', 'certificate', 'keep'];
const request = (name: Extract<ConnectAction, {type: 'request'}>['request']): ConnectAction => ({type: 'request', request: name});

/** Every key of the Connect view, in the order of the help. */
export const connectBindings: readonly ConnectBinding[] = [
	{id: 'connect', keys: ['enter'], focuses: ['connect'], label: 'Next field; from the last one connect', short: 'next', does: {type: 'enter'}},
	...editKeys.map(({edit, ...words}): ConnectBinding => ({...words, focuses: ['connect'], does: {type: 'edit', edit}})),
	{id: 'next-field', keys: ['tab', 'down'], focuses: ['connect'], label: 'Next field', short: 'field', does: {type: 'field', by: 1}},
	{id: 'previous-field', keys: ['shift-tab', 'up'], focuses: ['connect'], label: 'Previous field', does: {type: 'field', by: -1}},
	{id: 'stop', keys: ['escape'], focuses: ['checking'], label: 'Stop connecting', short: 'stop', does: request('cancel')},
	{id: 'trust', keys: ['y'], focuses: ['certificate'], label: 'Trust this certificate from now on', short: 'trust it', does: request('trust')},
	{id: 'distrust', keys: ['n', 'escape'], focuses: ['certificate'], label: 'Do not trust it; nothing was sent', short: 'do not trust it', does: request('cancel')},
	{id: 'keep', keys: ['y'], focuses: ['keep'], label: 'Keep the password on this machine', short: 'keep it', does: request('keep')},
	{id: 'once', keys: ['n', 'escape'], focuses: ['keep'], label: 'Use the password this time only', short: 'this time only', does: request('once')},
	{id: 'redraw', keys: ['ctrl-l'], focuses: everywhere, label: 'Draw the screen anew', does: request('redraw')},
	{id: 'suspend', keys: ['ctrl-z'], focuses: everywhere, label: 'Suspend: to the shell; fg comes back', does: request('suspend')},
	{id: 'leave', keys: ['escape'], focuses: ['connect'], label: 'Quit', short: 'quit', does: request('leave')},
	{id: 'quit', keys: ['ctrl-c'], focuses: everywhere, label: 'Quit at once', does: request('leave')},
];

/** The keys for the bottom line; Enter says what it does where the cursor is. */
export function connectShortKeys(form: ConnectForm, focus: ConnectFocus): ReturnType<typeof shortKeys> {
	const enter = {server: 'next', account: 'next', secret: 'connect', demo: 'watch demo'}[form.focus];
	return shortKeys(connectBindings.map(binding => binding.id === 'connect' ? {...binding, short: enter} : binding), focus);
}

/** The form after a key. */
export function pressConnect(form: ConnectForm, key: KeyName, focus: ConnectFocus): ConnectStep {
	const binding = connectBindings.find(({focuses, keys}) => focuses.includes(focus) && keys.includes(key));
	if (binding) {
		return connect(form, binding.does);
	}

	return focus === 'connect' && isCharacter(key) ? connect(form, {type: 'edit', edit: {type: 'insert', text: key}}) : {form};
}

/** The form after a paste; anywhere but in a field it is nothing. */
export function pasteConnect(form: ConnectForm, text: string, focus: ConnectFocus): ConnectStep {
	return focus === 'connect' ? connect(form, {type: 'edit', edit: {type: 'insert', text: firstLine(text)}}) : {form};
}

// Lines that were copied together belong to several fields: the others would be read in this one.
function firstLine(text: string): string {
	return text.split(/[\n\r]/v).find(line => line.trim() !== '') ?? '';
}
