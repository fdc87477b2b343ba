import type {Certificate} from './certificate.js';

/** What the monitor does after a fault: try again with growing pauses, wait as long as the server asks, ask the user, or stop. */
export type FaultPolicy = 'retry' | 'wait' | 'ask' | 'stop';

type FaultWords = {
	readonly policy: FaultPolicy;
	/** Whether the server could be talked to at all: decides between OFFLINE and STALE. */
	readonly reached: boolean;
	/** What happened, as the start of a line on screen. */
	readonly word: string;
	/** What the header says of it, where that cannot wait until its line is read. */
	readonly headline?: string;
	/** What to do about it, on screen. */
	readonly advice: string;
	/** The same for a command without a screen, where that differs: there are no keys, and nothing is tried again by itself. */
	readonly commandAdvice?: string;
};

/**
Each kind of fault between this program and a server: its words and what it leads to.
Kinds and policies follow what VB365 servers answer (a wrong password is a 400 on the
token path, a missing token a 401 with an empty body, a version not served a 404).
*/
export const faultPolicies = {
	address: {policy: 'retry', reached: false, word: 'address not found', advice: 'Check the server name and the DNS of this machine.'},
	refused: {policy: 'retry', reached: false, word: 'connection refused', advice: 'Check the port (4443 by default) and that the REST API service of the server is on.'},
	connection: {policy: 'retry', reached: false, word: 'connection lost', advice: 'Check the network and the firewall between here and the server.'},
	timeout: {policy: 'retry', reached: false, word: 'no answer in time', advice: 'Check the network and the load of the server.'},
	tlsFailed: {policy: 'retry', reached: false, word: 'no TLS there', advice: 'Check the port: this one does not speak TLS. The REST API listens on 4443 unless that was changed.'},
	tlsUntrusted: {policy: 'stop', reached: false, word: 'certificate not trusted', advice: 'Run vbtop login to see it and trust it once, or give the certificate of its issuer with --ca FILE.'},
	tlsName: {policy: 'stop', reached: false, word: 'certificate is for another name', advice: 'Use the name that the certificate carries as the server address.'},
	tlsExpired: {policy: 'stop', reached: false, word: 'certificate expired', advice: 'Renew the certificate of the REST API, or set the clock of this machine.'},
	tlsNotYetValid: {policy: 'stop', reached: false, word: 'certificate not yet valid', advice: 'Set the clock of this machine, or of the server.'},
	tlsChanged: {policy: 'stop', reached: false, word: 'certificate changed', headline: 'certificate changed', advice: 'Nothing secret was sent. Renewed? Accept it: vbtop login, or its new --pin.'},
	proxy: {policy: 'retry', reached: false, word: 'proxy failed', advice: 'Check HTTPS_PROXY; NO_PROXY names servers that are reached without it.'},
	signInNeeded: {policy: 'ask', reached: true, word: 'password needed', advice: 'R asks for it.', commandAdvice: 'Run vbtop login to enter it, or give it with --password-stdin, --password-file or --password-command.'},
	signInRefused: {policy: 'ask', reached: true, word: 'sign-in refused', advice: 'Wrong password, MFA, or operators only? R asks anew; none is sent twice. The account must be a VB365 administrator without MFA; the server must not be limited to operators.', commandAdvice: 'Wrong password, MFA, or operators only? A refused password is not sent again: vbtop login takes it typed anew. The account must be a VB365 administrator without MFA; the server must not be limited to operators.'},
	signInThrottled: {policy: 'wait', reached: true, word: 'too many sign-ins', headline: 'busy', advice: 'The server limits sign-ins; the next try waits for it.', commandAdvice: 'The server limits sign-ins: wait a minute, then run the command again.'},
	forbidden: {policy: 'stop', reached: true, word: 'not allowed', advice: 'The account must be a VB365 administrator on the server.'},
	notServed: {policy: 'stop', reached: true, word: 'REST API not found there', advice: 'Check the address and its path. v6, v7 and v8 are spoken; without --api the newest served is found.'},
	busy: {policy: 'wait', reached: true, word: 'server busy', headline: 'busy', advice: 'The server asked for a pause; the next try waits for it.', commandAdvice: 'The server asked for a pause: wait a minute, then run the command again.'},
	serverError: {policy: 'retry', reached: true, word: 'server error', advice: 'Look at the VB365 services and their logs on the server.'},
	badAnswer: {policy: 'retry', reached: true, word: 'unreadable answer', advice: 'Look at the VB365 services, and whether a proxy answers in the place of the server.'},
	maybeDegraded: {policy: 'retry', reached: true, word: 'maybe degraded', advice: 'The old list stays until the server repeats for half a minute that it has none. Look at its services.', commandAdvice: 'Look at the services of the server.'},
	cancelled: {policy: 'retry', reached: false, word: 'cancelled', advice: 'Press r to ask again.', commandAdvice: 'Run the command again.'},
} as const satisfies Record<string, FaultWords>;

export type FaultKind = keyof typeof faultPolicies;

/** Something between this program and a server went wrong; `kind` decides words and policy. */
export class ServerFault extends Error {
	override readonly name = 'ServerFault' as const;
	readonly kind: FaultKind;
	/** Milliseconds that the server asked to wait (`Retry-After`), where it did. */
	readonly retryAfterMs: number | undefined;
	/** The certificate that the server showed, where that is what is wrong. */
	readonly certificate: Certificate | undefined;

	/**
	@param what - what came or happened, in a few words and without any secret; shown after the kind's word.
	*/
	constructor(kind: FaultKind, what = '', options: {cause?: unknown; retryAfterMs?: number; certificate?: Certificate} = {}) {
		super(what === '' ? faultPolicies[kind].word : `${faultPolicies[kind].word}: ${what}`, 'cause' in options ? {cause: options.cause} : undefined);
		this.kind = kind;
		this.retryAfterMs = options.retryAfterMs;
		this.certificate = options.certificate;
	}

	get headline(): string | undefined {
		const {headline}: FaultWords = faultPolicies[this.kind];
		return headline;
	}

	get advice(): string {
		return faultPolicies[this.kind].advice;
	}

	/** What to do about it where there is no screen: for commands in a shell. */
	get commandAdvice(): string {
		const {advice, commandAdvice = advice}: FaultWords = faultPolicies[this.kind];
		return commandAdvice;
	}

	get policy(): FaultPolicy {
		return faultPolicies[this.kind].policy;
	}
}

/** The user asked for something that cannot be done as asked: wrong flag, address or terminal. Exit code 2. */
export class UsageError extends Error {
	override readonly name = 'UsageError' as const;
	readonly advice: string;

	constructor(message: string, advice: string) {
		super(message);
		this.advice = advice;
	}
}
