import {once} from 'node:events';
import {connect as connectSocket, isIP, type Socket} from 'node:net';
import {connect as connectTls, type TLSSocket} from 'node:tls';
import type {Inspection} from '../model/certificate.js';
import {ServerFault, type FaultKind} from '../model/errors.js';
import type {Route} from './connector.js';
import {openTunnel} from './proxy.js';
import {transportFault} from './transport-fault.js';
import {objections, readCertificate, trustedBy} from './trust.js';

export type InspectOptions = Omit<Route, 'pin'> & {
	readonly connectMs: number;
	/** Called back once the address answers, before TLS. */
	readonly onReached: () => void;
	readonly signal: AbortSignal;
};

/**
Opens a connection as far as its certificate can be read, and closes it. Nothing is sent over it
but the handshake. Undefined for plain http. Rejects with `ServerFault`, or with the signal's reason.
*/
export async function inspectServer(options: InspectOptions): Promise<Inspection | undefined> {
	const {address, signal, connectMs} = options;
	const where = `${address.hostname}:${address.port}`;
	const late = new ServerFault('timeout', `${where} within ${connectMs / 1000} s`);
	const deadline = AbortSignal.timeout(connectMs);
	const stop = AbortSignal.any([signal, deadline]);
	try {
		const tunnel = options.proxy && address.isEncrypted ? await openTunnel(options.proxy, address, connectMs, stop) : undefined;
		return await (address.isEncrypted ? readShown(options, tunnel, stop) : reach(options, stop));
	} catch (error) {
		signal.throwIfAborted();
		throw deadline.aborted ? late : transportFault(error, where);
	}
}

async function reach({address, onReached}: InspectOptions, signal: AbortSignal): Promise<undefined> {
	const socket = connectSocket({host: address.hostname, port: address.port});
	try {
		await once(socket, 'connect', {signal});
		onReached();
	} finally {
		socket.destroy();
	}
}

async function readShown(options: InspectOptions, tunnel: Socket | undefined, signal: AbortSignal): Promise<Inspection> {
	const {address, ca, onReached} = options;
	const socket = connectTls({
		...(tunnel ? {socket: tunnel} : {port: address.port}),
		host: address.hostname,
		servername: isIP(address.hostname) === 0 ? address.hostname : undefined,
		secureContext: trustedBy(ca),
		// What it shows is judged here; no request goes over this connection.
		rejectUnauthorized: false,
	});
	if (tunnel) {
		onReached();
	} else {
		socket.once('connect', onReached);
	}

	try {
		await once(socket, 'secureConnect', {signal});
		return judge(socket, options);
	} finally {
		socket.destroy();
	}
}

function judge(socket: TLSSocket, {address}: InspectOptions): Inspection {
	const peer = socket.getPeerX509Certificate();
	if (!peer) {
		throw new ServerFault('tlsUntrusted', 'the server shows no certificate');
	}

	// Node gives the code of OpenSSL's verdict as a text, though its types say an error.
	const verdict = socket.authorizationError as Error | string | undefined;
	const chain = socket.authorized || !verdict ? undefined : chainFault(verdict);
	return {certificate: readCertificate(peer), objections: objections(peer, address.hostname, chain, Date.now())};
}

function chainFault(verdict: Error | string): FaultKind {
	return transportFault(verdict instanceof Error ? verdict : Object.assign(new Error(verdict), {code: verdict})).kind;
}
