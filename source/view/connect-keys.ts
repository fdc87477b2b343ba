import {connect, type ConnectAction, type ConnectForm, type ConnectPlace} from './connect.js';
import {isCharacter, type KeyName} from './input.js';
import {editBindings, shortKeys, type KeyWords} from './keys.js';

type ConnectBinding = KeyWords & {
	readonly places: readonly ConnectPlace[];
	readonly does: ConnectAction;
};

const everywhere: readonly ConnectPlace[] = ['connect', 'checking', 'certificate', 'keep'];
const wish = (name: Extract<ConnectAction, {type: 'wish'}>['wish']): ConnectAction => ({type: 'wish', wish: name});

/** Every key of the Connect view, in the order of the help. */
export const connectBindings: readonly ConnectBinding[] = [
	{id: 'connect', keys: ['enter'], places: ['connect'], label: 'Next field; from the last one connect', short: 'next', does: {type: 'enter'}},
	...editBindings(['connect']),
	{id: 'next-field', keys: ['tab', 'down'], places: ['connect'], label: 'Next field', short: 'field', does: {type: 'field', by: 1}},
	{id: 'previous-field', keys: ['shift-tab', 'up'], places: ['connect'], label: 'Previous field', does: {type: 'field', by: -1}},
	{id: 'stop', keys: ['escape'], places: ['checking'], label: 'Stop connecting', short: 'stop', does: wish('cancel')},
	{id: 'trust', keys: ['y'], places: ['certificate'], label: 'Trust this certificate from now on', short: 'trust it', does: wish('trust')},
	{id: 'distrust', keys: ['n', 'escape'], places: ['certificate'], label: 'Do not trust it; nothing was sent', short: 'do not trust it', does: wish('cancel')},
	{id: 'keep', keys: ['y'], places: ['keep'], label: 'Keep the password on this machine', short: 'keep it', does: wish('keep')},
	{id: 'once', keys: ['n', 'escape'], places: ['keep'], label: 'Use the password this time only', short: 'this time only', does: wish('once')},
	{id: 'redraw', keys: ['ctrl-l'], places: everywhere, label: 'Draw the screen anew', does: wish('redraw')},
	{id: 'suspend', keys: ['ctrl-z'], places: everywhere, label: 'Suspend: to the shell; fg comes back', does: wish('suspend')},
	{id: 'leave', keys: ['escape'], places: ['connect'], label: 'Quit', short: 'quit', does: wish('leave')},
	{id: 'quit', keys: ['ctrl-c'], places: everywhere, label: 'Quit at once', does: wish('leave')},
];

/** The keys for the bottom line; Enter says what it does where the cursor stands. */
export function connectShortKeys({focus}: ConnectForm, place: ConnectPlace): ReturnType<typeof shortKeys> {
	const enter = {server: 'next', account: 'next', secret: 'connect', demo: 'watch demo'}[focus];
	return shortKeys(connectBindings.map(binding => binding.id === 'connect' ? {...binding, short: enter} : binding), place);
}

/** The form after a key, while keys go to that place. */
export function pressConnect(form: ConnectForm, key: KeyName, place: ConnectPlace): ConnectForm {
	const binding = connectBindings.find(({places, keys}) => places.includes(place) && keys.includes(key));
	if (binding) {
		return connect(form, binding.does);
	}

	return place === 'connect' && isCharacter(key) ? connect(form, {type: 'edit', edit: {type: 'insert', text: key}}) : form;
}

/** The form after a paste; anywhere but in a field it is nothing. */
export function pasteConnect(form: ConnectForm, text: string, place: ConnectPlace): ConnectForm {
	return place === 'connect' ? connect(form, {type: 'edit', edit: {type: 'insert', text: firstLine(text)}}) : form;
}

// Lines that were copied together belong to several fields: the others would be read in this one.
function firstLine(text: string): string {
	return text.split(/[\n\r]/v).find(line => line.trim() !== '') ?? '';
}
