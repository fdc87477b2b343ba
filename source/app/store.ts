import {createStore as createZustandStore} from 'zustand/vanilla';
import {runEffect} from './effects.js';
import type {Ports} from './ports.js';
import type {Message} from './shared/state/messages.js';
import type {State} from './shared/state/state.js';
import {messageOf, update} from './update.js';

/** Keeps the one state of the monitor. It works without React. */
export type Store = {
	readonly state: () => State;
	/** Calls back after each change with the message that led to it; gives what ends that. */
	readonly subscribe: (listener: (message: Message) => void) => () => void;
	/** Applies a message, then runs each effect once. A message that comes from an effect is applied after all that came before it. */
	readonly dispatch: (message: Message) => void;
	/** Applies what was read from the terminal, one after another, each to the state that the one before has left. */
	readonly input: (inputs: ReadonlyArray<Parameters<typeof messageOf>[1]>) => void;
};

/** A store with a first state, whose effects are run by the ports. */
export function createStore(first: State, ports: Ports): Store {
	const store = createZustandStore(() => first);
	// What was read from the terminal becomes a message only when its turn has come: what it means depends on all before it.
	const waiting: Array<(state: State) => Message> = [];
	let isApplying = false;
	let applied: Message;

	const apply = (message: Message) => {
		const {state, effects} = update(store.getState(), message);
		applied = message;
		store.setState(state, true);
		for (const effect of effects) {
			runEffect(effect, ports, dispatch);
		}
	};

	const enqueue = (messageFor: (state: State) => Message) => {
		waiting.push(messageFor);
		if (isApplying) {
			return;
		}

		isApplying = true;
		try {
			for (let next = waiting.shift(); next; next = waiting.shift()) {
				apply(next(store.getState()));
			}
		} finally {
			isApplying = false;
		}
	};

	const dispatch = (message: Message) => {
		enqueue(() => message);
	};

	return {
		state: store.getState,
		subscribe: listener => store.subscribe(() => {
			listener(applied);
		}),
		dispatch,
		input(inputs) {
			for (const input of inputs) {
				enqueue(state => messageOf(state, input));
			}
		},
	};
}
