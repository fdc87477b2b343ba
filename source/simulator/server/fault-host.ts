import {createServer, type RequestListener, type Server} from 'node:http';
import {Server as HttpsServer} from 'node:https';
import type {AddressInfo, Socket} from 'node:net';
import type {FaultHost} from '../faults/fault.js';
import {makeCertificate, type ServerCertificate} from './certificate.js';
import {closeServer, listen} from './listening.js';

type FaultHostOptions = Pick<FaultHost, 'tokens' | 'seed' | 'clock' | 'delay'> & {
	server: Server | HttpsServer;
	/** With TLS only. */
	identity: ServerCertificate | undefined;
	/** Answers on the port that a redirect leads to. */
	decoyListener: RequestListener;
};

/** What a fault can do to a running HTTP server. */
export class ServerFaultHost implements FaultHost {
	readonly tokens: FaultHost['tokens'];
	readonly seed: number;
	readonly clock: FaultHost['clock'];
	readonly delay: FaultHost['delay'];
	readonly #options: FaultHostOptions;
	#port = 0;
	/** Set while connections are refused. */
	#refusal: AbortController | undefined;
	#decoy: {server: Server; port: number} | undefined;

	constructor(options: FaultHostOptions) {
		this.tokens = options.tokens;
		this.seed = options.seed;
		this.clock = options.clock;
		this.delay = options.delay;
		this.#options = options;
		// Before the server reads a byte.
		options.server.prependListener('connection', (socket: Socket) => {
			if (this.#refusal) {
				socket.destroy();
			}
		});
	}

	get decoyUrl(): string {
		return `http://127.0.0.1:${this.#decoy?.port}`;
	}

	async openDecoy(): Promise<void> {
		const server = createServer(this.#options.decoyListener);
		this.#decoy = {server, port: await listen(server, 0)};
	}

	closeDecoy(): void {
		this.#decoy?.server.close();
		this.#decoy?.server.closeAllConnections();
		this.#decoy = undefined;
	}

	dropConnections(): void {
		this.#options.server.closeAllConnections();
	}

	refuseConnections(ms: number): void {
		this.acceptConnections();
		const refusal = new AbortController();
		this.#refusal = refusal;
		this.delay(ms, refusal.signal).then(() => {
			// A later refusal has its own end.
			if (this.#refusal === refusal) {
				this.acceptConnections();
			}
		}).catch(() => undefined);
		this.dropConnections();
	}

	acceptConnections(): void {
		this.#refusal?.abort();
		this.#refusal = undefined;
	}

	stopListening(): void {
		const {server} = this.#options;
		if (server.listening) {
			this.#port = (server.address() as AddressInfo).port;
			server.close();
		}

		this.dropConnections();
	}

	async listenAgain(): Promise<void> {
		if (!this.#options.server.listening) {
			await listen(this.#options.server, this.#port);
		}
	}

	async changeCertificate(): Promise<void> {
		this.#present(await makeCertificate());
	}

	restoreCertificate(): void {
		if (this.#options.identity) {
			this.#present(this.#options.identity);
		}
	}

	/** Ends all connections and timers, and frees the port. */
	async close(): Promise<void> {
		this.acceptConnections();
		this.closeDecoy();
		await closeServer(this.#options.server);
	}

	#present({key, certificate}: ServerCertificate): void {
		const {server} = this.#options;
		if (server instanceof HttpsServer) {
			server.setSecureContext({key, cert: certificate});
			this.dropConnections();
		}
	}
}
