import type {ServerAddress} from '../api/transport/address.js';
import type {Route} from '../api/transport/connector.js';
import type {ServerApi} from '../api/server-api.js';
import type {Inspection} from '../model/certificate.js';
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

export function createSignIn({inspect, createApi}: SignInOptions): SignIn {
	const listeners = new Set<() => void>();
	let state = idle;
	let running = new AbortController();
	let answer: (isTrusted: boolean) => void = () => undefined;
	// What the user trusted in this run is not asked for again.
	const trusted = new Set<string>();

	const publish = (changes: Partial<SignInState>) => {
		state = {...state, ...changes};
		for (const listener of listeners) {
			listener();
		}
	};

	// An attempt that was ended changes nothing any more, also where a listener ended it.
	const report = (signal: AbortSignal, changes: Partial<SignInState>) => {
		signal.throwIfAborted();
		publish(changes);
	};

	const step = (signal: AbortSignal, name: SignInStep, now: StepState['state'], note = '') => {
		report(signal, {steps: {...state.steps, [name]: {state: now, note}}});
	};

	const confirm = async (signal: AbortSignal, inspection: Inspection, replaces: string | undefined) => {
		const {promise, resolve} = Promise.withResolvers<boolean>();
		answer = resolve;
		report(signal, {phase: 'certificate', inspection, replaces});
		return promise;
	};

	const take = async ({address, pin}: Attempt, signal: AbortSignal): Promise<string | undefined> => {
		step(signal, 'address', 'running', `${address.hostname}:${address.port}`);
		const found = await inspect({address}, () => {
			step(signal, 'address', 'passed', `${address.hostname}:${address.port} answers`);
			step(signal, 'certificate', 'running');
		}, signal);
		if (!found) {
			step(signal, 'certificate', 'passed', 'none: plain http on this machine');
			return undefined;
		}

		const {certificate: {fingerprint}, objections} = found;
		const isChanged = pin !== undefined && pin !== fingerprint;
		const mustAsk = !trusted.has(`${address.origin} ${fingerprint}`) && (isChanged || (pin === undefined && objections.length > 0));
		if (mustAsk) {
			step(signal, 'certificate', 'running', isChanged ? faultPolicies.tlsChanged.word : objections.map(kind => faultPolicies[kind].word).join(', '));
			if (!await confirm(signal, found, isChanged ? pin : undefined)) {
				throw new ServerFault(objections[0] ?? 'tlsChanged', '', {certificate: found.certificate});
			}

			trusted.add(`${address.origin} ${fingerprint}`);
			report(signal, {phase: 'checking', inspection: undefined, replaces: undefined});
		}

		const isPinned = pin === fingerprint || objections.length > 0;
		step(signal, 'certificate', 'passed', isPinned ? 'pinned by its fingerprint' : 'issued by a trusted authority');
		return isPinned ? fingerprint : undefined;
	};

	const run = async (attempt: Attempt, signal: AbortSignal) => {
		const pin = await take(attempt, signal);
		const api = createApi({...attempt, pin});
		try {
			step(signal, 'version', 'running');
			const version = await api.detect(signal);
			step(signal, 'version', 'passed', `REST API ${version}`);
			step(signal, 'sign-in', 'running');
			await api.signIn(attempt.secret, signal);
			step(signal, 'sign-in', 'passed', attempt.account ?? 'bearer token');
			report(signal, {phase: 'signed-in', version, pin});
		} finally {
			await api.close();
		}
	};

	const fail = (error: unknown, signal: AbortSignal) => {
		if (signal.aborted) {
			return;
		}

		const fault = error instanceof ServerFault ? error : new ServerFault('badAnswer', error instanceof Error ? error.message : String(error), {cause: error});
		const failed = signInSteps.find(name => state.steps[name].state === 'running') ?? 'address';
		publish({phase: 'failed', steps: {...state.steps, [failed]: {state: 'failed', note: fault.message}}, fault, inspection: undefined, replaces: undefined});
	};

	return {
		state: () => state,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		start(attempt) {
			running.abort();
			running = new AbortController();
			const {signal} = running;
			state = idle;
			publish({phase: 'checking'});
			run(attempt, signal).catch((error: unknown) => {
				fail(error, signal);
			});
		},
		trust() {
			answer(true);
		},
		cancel() {
			running.abort();
			answer(false);
			state = idle;
			publish({});
		},
	};
}
