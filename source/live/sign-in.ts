import type {ServerAddress} from '../api/transport/address.js';
import type {Route} from '../api/transport/connector.js';
import type {ServerApi} from '../api/server-api.js';
import type {Inspection} from '../model/inspection.js';
import {faultPolicies, ServerFault} from '../model/errors.js';
import type {Secret} from '../model/secret.js';
import {signInSteps, type SignInState, type SignInStep, type StepState} from '../model/sign-in.js';

/** What is tried. */
export type Attempt = {
	readonly address: ServerAddress;
	/** Undefined where the secret is a bearer token. */
	readonly account: string | undefined;
	readonly secret: Secret;
	/** The pin that is kept of this server. */
	readonly pin: string | undefined;
};

/** Gets from an address to a signed-in server, step by step; each step says how it went. */
export type SignIn = {
	readonly state: () => SignInState;
	readonly subscribe: (listener: () => void) => () => void;
	/** Begins; an attempt under way ends. */
	readonly start: (attempt: Attempt) => void;
	/** Trusts the certificate that is shown, and goes on. */
	readonly trust: () => void;
	/** Ends what is under way; nothing more is sent. */
	readonly cancel: () => void;
};

export type SignInOptions = {
	readonly inspect: (route: Pick<Route, 'address'>, onReached: () => void, signal: AbortSignal) => Promise<Inspection | undefined>;
	readonly createApi: (attempt: Attempt) => Pick<ServerApi, 'detect' | 'signIn' | 'close'>;
};

const waiting: StepState = {state: 'waiting', note: ''};

const idle: SignInState = {
	phase: 'idle',
	steps: {address: waiting, certificate: waiting, version: waiting, 'sign-in': waiting},
	inspection: undefined, replaces: undefined, fault: undefined, version: undefined, pin: undefined,
};

export function createSignIn(options: SignInOptions): SignIn {
	return new SteppedSignIn(options);
}

class SteppedSignIn implements SignIn {
	readonly #inspect: SignInOptions['inspect'];
	readonly #createApi: SignInOptions['createApi'];
	readonly #listeners = new Set<() => void>();
	#state = idle;
	#running = new AbortController();
	#answer: ((isTrusted: boolean) => void) | undefined;
	// What the user trusted in this run is not asked for again.
	readonly #trusted = new Set<string>();

	constructor({inspect, createApi}: SignInOptions) {
		this.#inspect = inspect;
		this.#createApi = createApi;
	}

	readonly state = () => this.#state;

	readonly subscribe = (listener: () => void) => {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	};

	readonly start = (attempt: Attempt) => {
		this.#running.abort();
		this.#running = new AbortController();
		const {signal} = this.#running;
		this.#state = idle;
		this.#publish({phase: 'checking'});
		this.#run(attempt, signal).catch((error: unknown) => {
			this.#fail(error, signal);
		});
	};

	readonly trust = () => {
		this.#answer?.(true);
	};

	readonly cancel = () => {
		this.#running.abort();
		this.#answer?.(false);
		this.#state = idle;
		this.#publish({});
	};

	#publish(changes: Partial<SignInState>) {
		this.#state = {...this.#state, ...changes};
		for (const listener of this.#listeners) {
			listener();
		}
	}

	// An attempt that was ended changes nothing any more, also where a listener ended it.
	#report(signal: AbortSignal, changes: Partial<SignInState>) {
		signal.throwIfAborted();
		this.#publish(changes);
	}

	#step(signal: AbortSignal, name: SignInStep, now: StepState['state'], note = '') {
		this.#report(signal, {steps: {...this.#state.steps, [name]: {state: now, note}}});
	}

	async #confirm(signal: AbortSignal, inspection: Inspection, replaces: string | undefined) {
		const {promise, resolve} = Promise.withResolvers<boolean>();
		this.#answer = resolve;
		this.#report(signal, {phase: 'certificate', inspection, replaces});
		return promise;
	}

	async #take({address, pin}: Attempt, signal: AbortSignal): Promise<string | undefined> {
		this.#step(signal, 'address', 'running', `${address.hostname}:${address.port}`);
		const found = await this.#inspect({address}, () => {
			this.#step(signal, 'address', 'passed', `${address.hostname}:${address.port} answers`);
			this.#step(signal, 'certificate', 'running');
		}, signal);
		if (!found) {
			this.#step(signal, 'certificate', 'passed', 'none: plain http on this machine');
			return undefined;
		}

		const {certificate: {fingerprint}, objections} = found;
		const isChanged = pin !== undefined && pin !== fingerprint;
		const mustAsk = !this.#trusted.has(`${address.origin} ${fingerprint}`) && (isChanged || (pin === undefined && objections.length > 0));
		if (mustAsk) {
			this.#step(signal, 'certificate', 'running', isChanged ? faultPolicies.tlsChanged.word : objections.map(kind => faultPolicies[kind].word).join(', '));
			if (!await this.#confirm(signal, found, isChanged ? pin : undefined)) {
				throw new ServerFault(objections[0] ?? 'tlsChanged', '', {certificate: found.certificate});
			}

			this.#trusted.add(`${address.origin} ${fingerprint}`);
			this.#report(signal, {phase: 'checking', inspection: undefined, replaces: undefined});
		}

		const isPinned = pin === fingerprint || objections.length > 0;
		this.#step(signal, 'certificate', 'passed', isPinned ? 'pinned by its fingerprint' : 'issued by a trusted authority');
		return isPinned ? fingerprint : undefined;
	}

	async #run(attempt: Attempt, signal: AbortSignal) {
		const pin = await this.#take(attempt, signal);
		const api = this.#createApi({...attempt, pin});
		try {
			this.#step(signal, 'version', 'running');
			const version = await api.detect(signal);
			this.#step(signal, 'version', 'passed', `REST API ${version}`);
			this.#step(signal, 'sign-in', 'running');
			await api.signIn(attempt.secret, signal);
			this.#step(signal, 'sign-in', 'passed', attempt.account ?? 'bearer token');
			this.#report(signal, {phase: 'signed-in', version, pin});
		} finally {
			await api.close();
		}
	}

	#fail(error: unknown, signal: AbortSignal) {
		if (signal.aborted) {
			return;
		}

		const fault = error instanceof ServerFault ? error : new ServerFault('badAnswer', error instanceof Error ? error.message : String(error), {cause: error});
		const failed = signInSteps.find(name => this.#state.steps[name].state === 'running') ?? 'address';
		this.#publish({phase: 'failed', steps: {...this.#state.steps, [failed]: {state: 'failed', note: fault.message}}, fault, inspection: undefined, replaces: undefined});
	}
}
