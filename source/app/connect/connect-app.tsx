import {useEffect, useReducer, useRef, useSyncExternalStore} from 'react';
import {parseServerAddress} from '../../api/transport/address.js';
import type {SignIn} from '../../live/sign-in.js';
import {UsageError, type FaultKind} from '../../model/errors.js';
import {Secret} from '../../model/secret.js';
import {useKeys} from '../use-keys.js';
import {useSize} from '../use-size.js';
import {layoutOf} from '../shared/layout.js';
import {ConnectTooSmall, ConnectView} from './connect-view.js';
import {connectContent} from './connect-content.js';
import {pasteConnect, pressConnect} from './connect-keys.js';
import {connectFocus, corrected, isToken, openForm, type ConnectForm, type ConnectRequest} from './connect.js';

/** What the Connect view came to. */
export type Connected =
	| {readonly type: 'left' | 'demo'}
	| {
		readonly type: 'signed-in';
		/** The address as it was typed, without spaces around. */
		readonly server: string;
		/** Undefined with a bearer token. */
		readonly account: string | undefined;
		readonly secret: Secret;
		readonly version: string | undefined;
		readonly pin: string | undefined;
		readonly isToBeSaved: boolean;
	};

export type ConnectAppProps = {
	readonly signIn: SignIn;
	/** What stands in the fields at the start. */
	readonly start: {readonly server: string; readonly account: string};
	/** The pin that is kept of an address. */
	readonly pinOf: (address: ReturnType<typeof parseServerAddress>) => string | undefined;
	/** Why nothing can be kept; then it is not asked whether to. */
	readonly unsaved: string | undefined;
	readonly zone: string;
	readonly onDone: (connected: Connected) => void;
	readonly onRedraw: () => void;
	/** Gives the terminal to the shell until it is told to go on. */
	readonly onSuspend: () => void;
};

type Input = {readonly key: string} | {readonly pasted: string} | {readonly problem: string} | {readonly kind: FaultKind};

// Header and rule above; rule, message, keys below.
const frame = 5;

/** Asks for a server and an account, and gets signed in there step by step. */
export function ConnectApp({signIn, start, pinOf, unsaved, zone, onDone, onRedraw, onSuspend}: ConnectAppProps) {
	const {columns, rows} = useSize();
	const {width, isTooSmall} = layoutOf(columns, rows);
	const state = useSyncExternalStore(signIn.subscribe, signIn.state);
	const [form, send] = useReducer((before: ConnectForm, input: Input) => next(before, input, connectFocus(signIn.state().phase)), start, openForm);
	useKeys(key => {
		// Nobody is to say yes to what cannot be seen.
		if (!isTooSmall || key === 'ctrl-c' || key === 'ctrl-z') {
			send({key});
		}
	}, pasted => {
		if (!isTooSmall) {
			send({pasted});
		}
	});

	const finish = (isToBeSaved: boolean) => {
		const {version, pin} = state;
		onDone({type: 'signed-in', server: form.fields.server.text.trim(), ...enteredAccount(form), version, pin, isToBeSaved});
	};

	useRequest(form, {
		start() {
			try {
				const address = parseServerAddress(form.fields.server.text);
				signIn.start({address, ...enteredAccount(form), pin: pinOf(address)});
			} catch (error) {
				send({problem: error instanceof UsageError ? `${error.message} ${error.advice}` : String(error)});
			}
		},
		cancel: signIn.cancel,
		trust: signIn.trust,
		keep() {
			finish(true);
		},
		once() {
			finish(false);
		},
		demo() {
			onDone({type: 'demo'});
		},
		leave() {
			signIn.cancel();
			onDone({type: 'left'});
		},
		redraw: onRedraw,
		suspend: onSuspend,
	});
	useEffect(() => {
		if (state.fault) {
			send({kind: state.fault.kind});
		}
	}, [state.fault]);
	useEffect(() => {
		if (state.phase === 'signed-in' && unsaved !== undefined) {
			finish(false);
		}
		// eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it is signed in
	}, [state.phase, unsaved]);

	const height = Math.max(1, rows - frame);
	const content = connectContent({form, signIn: state, unsaved, zone, width, height});
	return isTooSmall
		? <ConnectTooSmall width={width} height={rows}/>
		: <ConnectView content={content} form={form} focus={connectFocus(state.phase)} message={[]} width={width} height={height}/>;
}

function enteredAccount(form: ConnectForm) {
	const {account, secret} = form.fields;
	return {account: isToken(form) ? undefined : account.text.trim(), secret: new Secret(secret.text)};
}

function next(form: ConnectForm, input: Input, focus: ReturnType<typeof connectFocus>): ConnectForm {
	if ('key' in input) {
		return pressConnect(form, input.key, focus);
	}

	return 'pasted' in input ? pasteConnect(form, input.pasted, focus) : corrected(form, input);
}

function useRequest({request}: ConnectForm, does: Record<ConnectRequest, () => void>): void {
	const done = useRef(0);
	useEffect(() => {
		if (request && request.count !== done.current) {
			done.current = request.count;
			does[request.name]();
		}
	}, [request, does]);
}
