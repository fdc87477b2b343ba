import {useEffect, useMemo, useSyncExternalStore} from 'react';
import {createStore} from 'zustand/vanilla';
import type {SignIn} from '../../live/sign-in.js';
import type {Input} from '../../model/key.js';
import type {Secret} from '../../model/secret.js';
import {layoutOf} from '../shared/layout.js';
import {useInputs} from '../use-inputs.js';
import {useSize} from '../use-size.js';
import {connectContent} from './connect-content.js';
import {pasteConnect, pressConnect} from './connect-keys.js';
import {connectFocus, corrected, enteredIn, openForm, type ConnectRequest, type Entered} from './connect.js';
import {ConnectTooSmall, ConnectView} from './connect-view.js';

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
	/** What is shown in the fields at the start. */
	readonly start: {readonly server: string; readonly account: string};
	/** Tries what was entered; gives why it cannot be tried. */
	readonly onStart: (entered: Entered) => string | undefined;
	/** Why nothing can be saved; then it is not asked whether to. */
	readonly unsaved: string | undefined;
	readonly zone: string;
	readonly onDone: (connected: Connected) => void;
	readonly onRedraw: () => void;
	/** Gives the terminal to the shell until it may go on. */
	readonly onSuspend: () => void;
};

// Header and rule above; rule, message, keys below.
const frame = 5;

/** Asks for a server and an account, and gets signed in there step by step. */
export function ConnectApp(props: ConnectAppProps) {
	const {signIn, unsaved, zone} = props;
	const {columns, rows} = useSize();
	const {width, isTooSmall} = layoutOf(columns, rows);
	const state = useSyncExternalStore(signIn.subscribe, signIn.state);
	const {store, press, finish, isDone} = useConnect(props);
	const form = useSyncExternalStore(store.subscribe, store.getState);
	useInputs(inputs => {
		let taken = 0;
		for (; taken < inputs.length && !isDone(); taken++) {
			const input = inputs[taken]!;
			// Nobody is to say yes to what cannot be seen.
			if (!isTooSmall || (input.type === 'key' && (input.key === 'ctrl-c' || input.key === 'ctrl-z'))) {
				press(input);
			}
		}

		return isDone() ? inputs.slice(taken) : undefined;
	});
	useEffect(() => {
		if (state.fault) {
			store.setState(corrected(store.getState(), {kind: state.fault.kind}), true);
		}
	}, [state.fault, store]);
	useEffect(() => {
		if (state.phase === 'signed-in' && unsaved !== undefined) {
			finish(false);
		}
	}, [state.phase, unsaved, finish]);

	const height = Math.max(1, rows - frame);
	const content = connectContent({form, signIn: state, unsaved, zone, width, height});
	return isTooSmall
		? <ConnectTooSmall width={width} height={rows}/>
		: <ConnectView content={content} form={form} focus={connectFocus(state.phase)} message={[]} width={width} height={height}/>;
}

// The form, and what its keys ask for: each request is done at once, so that none is lost where several keys come together.
function useConnect({signIn, start, onStart, onDone, onRedraw, onSuspend}: ConnectAppProps) {
	// eslint-disable-next-line react-hooks/exhaustive-deps -- what is shown at the start is that of the first time
	const store = useMemo(() => createStore(() => openForm(start)), []);
	return useMemo(() => {
		let isDone = false;
		const done = (connected: Connected) => {
			isDone = true;
			onDone(connected);
		};

		const finish = (isToBeSaved: boolean) => {
			const {version, pin} = signIn.state();
			done({type: 'signed-in', ...enteredIn(store.getState()), version, pin, isToBeSaved});
		};

		const requests: Readonly<Record<ConnectRequest, () => void>> = {
			start() {
				const problem = onStart(enteredIn(store.getState()));
				if (problem !== undefined) {
					store.setState(corrected(store.getState(), {problem}), true);
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
				done({type: 'demo'});
			},
			leave() {
				signIn.cancel();
				done({type: 'left'});
			},
			redraw: onRedraw,
			suspend: onSuspend,
		};
		const press = (input: Input) => {
			const focus = connectFocus(signIn.state().phase);
			const {form, request} = input.type === 'key' ? pressConnect(store.getState(), input.key, focus) : pasteConnect(store.getState(), input.text, focus);
			store.setState(form, true);
			if (request) {
				requests[request]();
			}
		};

		return {store, press, finish, isDone: () => isDone};
	}, [store, signIn, onStart, onDone, onRedraw, onSuspend]);
}
