import type {ServerFault} from './errors.js';
import type {Inspection} from './inspection.js';

/** The steps from an address to a signed-in server, in order. */
export const signInSteps = ['address', 'certificate', 'version', 'sign-in'] as const;

export type SignInStep = (typeof signInSteps)[number];

export type StepState = {
	readonly state: 'waiting' | 'running' | 'passed' | 'failed';
	/** What was found, or what went wrong. */
	readonly note: string;
};

/** How far a sign-in to a server has come. */
export type SignInState = {
	/** `certificate` waits until the user trusts it, `failed` for another attempt. */
	readonly phase: 'idle' | 'checking' | 'certificate' | 'failed' | 'signed-in';
	readonly steps: Readonly<Record<SignInStep, StepState>>;
	/** The certificate that waits to be trusted. */
	readonly inspection: Inspection | undefined;
	/** The stored pin, where the server now shows another certificate. */
	readonly replaces: string | undefined;
	readonly fault: ServerFault | undefined;
	/** `v6`, `v7` or `v8`, of a sign-in that passed. */
	readonly version: string | undefined;
	/** The certificate to accept from now on; undefined where it is trusted by its issuer. */
	readonly pin: string | undefined;
};
