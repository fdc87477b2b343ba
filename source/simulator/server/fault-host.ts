import {createServer, type RequestListener, type Server} from 'node:http';
import {Server as HttpsServer} from 'node:https';
import type {AddressInfo, Socket} from 'node:net';
import {makeCertificate, type ServerCertificate} from './certificate.js';
import {closeServer, listen} from './listening.js';
import type {FaultHost} from '../faults/fault.js';

type FaultHostOptions = Pick<FaultHost, 'tokens' | 'seed' | 'clock'> & {
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
	readonly #options: FaultHostOptions;
	#port = 0;
	/** Set while connections are refused. */
	#refusal: NodeJS.Timeout | undefined;
	#decoy: {server: Server; port: number} | undefined;

	constructor(options: FaultHostOptions) {
		this.tokens = options.tokens;
		this.seed = options.seed;
		this.clock = options.clock;
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
		this.#refusal = setTimeout(() => {
			this.acceptConnections();
		}, ms).unref();
		this.dropConnections();
	}

	acceptConnections(): void {
		clearTimeout(this.#refusal);
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
