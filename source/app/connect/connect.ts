import type {FaultKind} from '../../model/errors.js';
import type {Secret} from '../../model/secret.js';
import {edit, openPrompt, type Edit, type Prompt} from '../../ui/text-field/edit.js';
import {editedSecret, emptySecretField, enteredSecret, isEmptySecret, type SecretField} from '../shared/state/secret-field.js';

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
	readonly server: Prompt;
	readonly account: Prompt;
	readonly secret: SecretField;
	readonly focus: ConnectField | 'demo';
	/** Why what was typed cannot be tried. */
	readonly problem: string | undefined;
};

/** The form after an action, and what that asks of the program. */
export type ConnectStep = {readonly form: ConnectForm; readonly request?: ConnectRequest};

/** What was entered, without spaces around; no account with a bearer token. */
export type Entered = {readonly server: string; readonly account: string | undefined; readonly secret: Secret};

/** The form at the start, the cursor in the first field that is empty. */
export function openForm({server, account}: {readonly server: string; readonly account: string}): ConnectForm {
	const form = {server: openPrompt(server), account: openPrompt(account), secret: emptySecretField, problem: undefined};
	return {...form, focus: connectFields.find(name => isEmptyField(form, name)) ?? 'secret'};
}

/** Whether nothing is in a field. */
export function isEmptyField(form: Pick<ConnectForm, ConnectField>, name: ConnectField): boolean {
	return name === 'secret' ? isEmptySecret(form.secret) : form[name].text === '';
}

/** What was entered. */
export function enteredIn(form: ConnectForm): Entered {
	const {server, account, secret} = form;
	return {server: server.text.trim(), account: isToken(form) ? undefined : account.text.trim(), secret: enteredSecret(secret)};
}

/** Whether what is typed as secret is a bearer token: there is no account that it could be the password of. */
export function isToken({account}: ConnectForm): boolean {
	return account.text.trim() === '';
}

/** Where keys go while the sign-in is in that phase. */
export function connectFocus(phase: 'idle' | 'checking' | 'certificate' | 'failed' | 'signed-in'): ConnectFocus {
	return ({checking: 'checking', certificate: 'certificate', 'signed-in': 'keep', idle: 'connect', failed: 'connect'} as const)[phase];
}

/** The form after an action. */
export function connect(form: ConnectForm, action: ConnectAction): ConnectStep {
	switch (action.type) {
		case 'edit': {
			return {form: edited(form, action.edit)};
		}

		case 'field': {
			return {form: {...form, focus: neighbour(form.focus, action.by)}};
		}

		case 'enter': {
			return entered(form);
		}

		case 'request': {
			return {form, request: action.request};
		}
	}
}

function edited(form: ConnectForm, change: Edit): ConnectForm {
	const {focus, secret} = form;
	if (focus === 'demo') {
		return form;
	}

	return focus === 'secret'
		? {...form, problem: undefined, secret: editedSecret(secret, change)}
		: {...form, problem: undefined, [focus]: edit(form[focus], change)};
}

/** The form with why it could not be tried, or after an attempt that failed: at the field to correct. A refused secret is to be typed anew. */
export function corrected(form: ConnectForm, reason: {readonly problem: string} | {readonly kind: FaultKind}): ConnectForm {
	if ('problem' in reason) {
		return {...form, problem: reason.problem, focus: 'server'};
	}

	return reason.kind === 'signInRefused'
		? {...form, focus: 'secret', secret: emptySecretField}
		: {...form, focus: fieldAtFault[reason.kind] ?? 'server'};
}

const fieldAtFault: Partial<Record<FaultKind, ConnectField>> = {signInNeeded: 'secret', signInThrottled: 'secret', forbidden: 'account'};

const order = [...connectFields, 'demo'] as const;

function neighbour(focus: ConnectForm['focus'], by: 1 | -1): ConnectForm['focus'] {
	return order[(order.indexOf(focus) + by + order.length) % order.length]!;
}

function missing(form: ConnectForm): {readonly field: ConnectField; readonly problem: string} | undefined {
	if (form.server.text.trim() === '') {
		return {field: 'server', problem: 'Type the address of the server first.'};
	}

	return isEmptySecret(form.secret)
		? {field: 'secret', problem: isToken(form) ? 'Type a bearer token, or an account above for a password.' : 'Type the password first.'}
		: undefined;
}

// Enter goes on to the next field, and from the last one to the server.
function entered(form: ConnectForm): ConnectStep {
	if (form.focus === 'demo') {
		return {form, request: 'demo'};
	}

	if (form.focus !== 'secret') {
		return {form: {...form, focus: neighbour(form.focus, 1)}};
	}

	const empty = missing(form);
	return empty ? {form: {...form, focus: empty.field, problem: empty.problem}} : {form: {...form, problem: undefined}, request: 'start'};
}
