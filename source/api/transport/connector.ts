import type {Socket} from 'node:net';
import type {TLSSocket} from 'node:tls';
import type {buildConnector} from 'undici';
import type {Certificate} from '../../model/certificate.js';
import type {ServerAddress} from './address.js';
import {openTunnel, type HttpProxy} from './proxy.js';
import {changedFault, readCertificate, trustedBy} from './trust.js';

/** How a server is reached, and how it is verified. */
export type Route = {
	readonly address: ServerAddress;
	/** PEM texts of certificates to trust beside node's and the system's. */
	readonly ca: readonly string[];
	/** SHA-256 of the only certificate to accept, whoever issued it; undefined for one that is issued by a trusted authority. */
	readonly pin?: string;
	/** The proxy through which the server is reached; undefined for none. */
	readonly proxy?: HttpProxy;
};

export type ConnectorOptions = Route & {
	readonly connectMs: number;
	/** Aborts requests to the proxy for a tunnel. */
	readonly signal?: AbortSignal;
	/** Called with the certificate of each accepted connection. */
	readonly onCertificate?: (certificate: Certificate) => void;
};

/**
Opens undici's connections: through the proxy where there is one, and with a certificate
that was verified before the first byte of a request is sent.
*/
export function createConnector(build: typeof buildConnector, options: ConnectorOptions): buildConnector.connector {
	const {address, ca, pin, proxy, connectMs, signal} = options;
	const connect = build({
		timeout: connectMs,
		allowH2: false,
		// A resumed connection shows no certificate that could be compared.
		maxCachedSessions: 0,
		// Explicit, since NODE_TLS_REJECT_UNAUTHORIZED=0 would turn the default off.
		// With a pin the chain does not matter: the certificate itself is compared below.
		rejectUnauthorized: pin === undefined,
		...(address.isEncrypted && {secureContext: trustedBy(ca)}),
	});

	const connectVerified: buildConnector.connector = (target, callback) => {
		connect(target, (error, socket) => {
			if (error) {
				callback(error, null);
				return;
			}

			const fault = address.isEncrypted ? verify(socket as TLSSocket, options) : undefined;
			if (fault) {
				socket.destroy();
				callback(fault, null);
			} else {
				callback(null, socket);
			}
		});
	};

	if (!proxy || !address.isEncrypted) {
		return connectVerified;
	}

	const connectThrough = async (...[target, callback]: Parameters<typeof connectVerified>) => {
		let httpSocket: Socket;
		try {
			httpSocket = await openTunnel(proxy, address, {ca, timeoutMs: connectMs, signal});
		} catch (error) {
			callback(error as Error, null);
			return;
		}

		connectVerified({...target, httpSocket}, callback);
	};

	return (target, callback) => {
		void connectThrough(target, callback);
	};
}

function verify(socket: TLSSocket, {pin, onCertificate}: ConnectorOptions) {
	const peer = socket.getPeerX509Certificate();
	const certificate = peer && readCertificate(peer);
	if (pin !== undefined && certificate?.fingerprint !== pin) {
		return changedFault(pin, certificate);
	}

	if (certificate) {
		onCertificate?.(certificate);
	}

	return undefined;
}
