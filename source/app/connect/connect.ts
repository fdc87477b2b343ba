import type {FaultKind} from '../../model/errors.js';
import {edit, openPrompt, type Edit, type Prompt} from '../../ui/text-field/edit.js';

/** What is asked for to connect to a server. */
export const connectFields = ['server', 'account', 'secret'] as const;

export type ConnectField = (typeof connectFields)[number];

/** Where keys go in the Connect view. */
export type ConnectFocus = 'connect' | 'checking' | 'certificate' | 'keep';

/** What the view asks of the program. */
export type ConnectRequest = 'start' | 'cancel' | 'trust' | 'keep' | 'once' | 'demo' | 'leave' | 'redraw' | 'suspend';

export type ConnectAction =
	| {readonly type: 'edit'; readonly edit: Edit}
	| {readonly type: 'field'; readonly by: 1 | -1}
	| {readonly type: 'enter'}
	| {readonly type: 'request'; readonly request: ConnectRequest};

/** All that was typed and chosen in the Connect view. */
export type ConnectForm = {
	readonly fields: Readonly<Record<ConnectField, Prompt>>;
	readonly focus: ConnectField | 'demo';
	/** Why what was typed cannot be tried. */
	readonly problem: string | undefined;
	/** What was last asked of the program, and how many times anything was. */
	readonly request: {readonly name: ConnectRequest; readonly count: number} | undefined;
};

/** The form at the start, the cursor in the first field that is empty. */
export function openForm({server, account}: {readonly server: string; readonly account: string}): ConnectForm {
	const fields = {server: openPrompt(server), account: openPrompt(account), secret: openPrompt('')};
	return {fields, focus: connectFields.find(name => fields[name].text === '') ?? 'secret', problem: undefined, request: undefined};
}

/** Whether what is typed as secret is a bearer token: there is no account that it could be the password of. */
export function isToken({fields}: ConnectForm): boolean {
	return fields.account.text.trim() === '';
}

/** Where keys go while the sign-in stands in that phase. */
export function connectFocus(phase: 'idle' | 'checking' | 'certificate' | 'failed' | 'signed-in'): ConnectFocus {
	return ({checking: 'checking', certificate: 'certificate', 'signed-in': 'keep', idle: 'connect', failed: 'connect'} as const)[phase];
}

/** The form after an action. */
export function connect(form: ConnectForm, action: ConnectAction): ConnectForm {
	switch (action.type) {
		case 'edit': {
			const {focus} = form;
			return focus === 'demo' ? form : {...form, problem: undefined, fields: {...form.fields, [focus]: edit(form.fields[focus], action.edit, focus === 'secret')}};
		}

		case 'field': {
			return {...form, focus: neighbour(form.focus, action.by)};
		}

		case 'enter': {
			return entered(form);
		}

		case 'request': {
			return requested(form, action.request);
		}
	}
}

/** The form with why it could not be tried, or after an attempt that failed: at the field to correct. A refused secret is to be typed anew. */
export function corrected(form: ConnectForm, reason: {readonly problem: string} | {readonly kind: FaultKind}): ConnectForm {
	if ('problem' in reason) {
		return {...form, problem: reason.problem, focus: 'server'};
	}

	return reason.kind === 'signInRefused'
		? {...form, focus: 'secret', fields: {...form.fields, secret: openPrompt('')}}
		: {...form, focus: fieldAtFault[reason.kind] ?? 'server'};
}

const fieldAtFault: Partial<Record<FaultKind, ConnectField>> = {signInNeeded: 'secret', signInThrottled: 'secret', forbidden: 'account'};

function requested(form: ConnectForm, name: ConnectRequest): ConnectForm {
	return {...form, request: {name, count: (form.request?.count ?? 0) + 1}};
}

const order = [...connectFields, 'demo'] as const;

function neighbour(focus: ConnectForm['focus'], by: 1 | -1): ConnectForm['focus'] {
	return order[(order.indexOf(focus) + by + order.length) % order.length]!;
}

function missing(form: ConnectForm): {readonly field: ConnectField; readonly problem: string} | undefined {
	if (form.fields.server.text.trim() === '') {
		return {field: 'server', problem: 'Type the address of the server first.'};
	}

	return form.fields.secret.text === ''
		? {field: 'secret', problem: isToken(form) ? 'Type a bearer token, or an account above for a password.' : 'Type the password first.'}
		: undefined;
}

// Enter goes on to the next field, and from the last one to the server.
function entered(form: ConnectForm): ConnectForm {
	if (form.focus === 'demo') {
		return requested(form, 'demo');
	}

	if (form.focus !== 'secret') {
		return {...form, focus: neighbour(form.focus, 1)};
	}

	const empty = missing(form);
	return empty ? {...form, focus: empty.field, problem: empty.problem} : requested({...form, problem: undefined}, 'start');
}
