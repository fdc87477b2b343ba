import {createServer, type RequestListener, type Server} from 'node:http';
import {Server as HttpsServer} from 'node:https';
import type {AddressInfo, Socket} from 'node:net';
import {makeCertificate, type ServerCertificate} from '../server/certificate.js';
import {closeServer, listen} from '../server/listening.js';
import type {FaultHost} from './fault.js';

export type FaultHostOptions = Pick<FaultHost, 'tokens' | 'seed' | 'clock'> & {
	server: Server | HttpsServer;
	/** With TLS only. */
	identity: ServerCertificate | undefined;
	/** Answers at the decoy. */
	decoyListener: RequestListener;
};

/** A server as the faults see it. */
export class ServerUnderFaults implements FaultHost {
	readonly tokens: FaultHost['tokens'];
	readonly seed: number;
	readonly clock: FaultHost['clock'];
	readonly #options: FaultHostOptions;
	#port = 0;
	#acceptsAgain: NodeJS.Timeout | undefined;
	#decoy: {server: Server; port: number} | undefined;

	constructor(options: FaultHostOptions) {
		this.tokens = options.tokens;
		this.seed = options.seed;
		this.clock = options.clock;
		this.#options = options;
		// Before the server takes a byte.
		options.server.prependListener('connection', (socket: Socket) => {
			if (this.#acceptsAgain) {
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
		this.#acceptsAgain = setTimeout(() => {
			this.acceptConnections();
		}, ms).unref();
		this.dropConnections();
	}

	acceptConnections(): void {
		clearTimeout(this.#acceptsAgain);
		this.#acceptsAgain = undefined;
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

	/** Ends whatever is under way, and frees the port. */
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
