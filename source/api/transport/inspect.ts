import {once} from 'node:events';
import {connect as connectSocket, isIP, type Socket} from 'node:net';
import {connect as connectTls, type TLSSocket} from 'node:tls';
import type {Inspection} from '../../model/inspection.js';
import {ServerFault, type FaultKind} from '../../model/errors.js';
import type {Route} from './connector.js';
import {openTunnel} from './proxy.js';
import {transportFault} from './transport-fault.js';
import {leadsToTrusted, objections, readCertificate, trustedBy} from './trust.js';

export type InspectOptions = Omit<Route, 'pin'> & {
	readonly connectMs: number;
	/** Called back once the address answers, before TLS. */
	readonly onReached: () => void;
	readonly signal: AbortSignal;
};

/**
Opens a connection until its certificate can be read, and closes it. Only the TLS handshake is
sent. Undefined for plain http. Rejects with `ServerFault`, or with the signal's reason.
*/
export async function inspectServer(options: InspectOptions): Promise<Inspection | undefined> {
	const {address, signal, connectMs} = options;
	const where = `${address.hostname}:${address.port}`;
	const late = new ServerFault('timeout', `${where} within ${connectMs / 1000} s`);
	const deadline = AbortSignal.timeout(connectMs);
	let open: Socket | undefined;
	try {
		const socket = await openSocket(options, AbortSignal.any([signal, deadline]));
		open = socket;
		options.onReached();
		signal.throwIfAborted();
		if (!address.isEncrypted) {
			return undefined;
		}

		const secured = connectTls({
			socket,
			host: address.hostname,
			servername: isIP(address.hostname) === 0 ? address.hostname : undefined,
			secureContext: trustedBy(options.ca),
			// The certificate is checked below; no request is sent over this connection.
			rejectUnauthorized: false,
		});
		open = secured;
		await once(secured, 'secureConnect', {signal: AbortSignal.any([signal, deadline])});
		return judge(secured, options);
	} catch (error) {
		signal.throwIfAborted();
		throw deadline.aborted && !(error instanceof ServerFault) ? late : transportFault(error, where);
	} finally {
		// Destroying the outer socket destroys the inner one; destroying both at once crashes node (24.21).
		open?.destroy();
	}
}

async function openSocket(options: InspectOptions, signal: AbortSignal): Promise<Socket> {
	options.signal.throwIfAborted();
	const {address, proxy, ca, connectMs} = options;
	if (proxy && address.isEncrypted) {
		// The tunnel has the same time limit, and its own fault says where the time went.
		return openTunnel(proxy, address, {ca, timeoutMs: connectMs, signal: options.signal});
	}

	const socket = connectSocket({host: address.hostname, port: address.port});
	try {
		await once(socket, 'connect', {signal});
		return socket;
	} catch (error) {
		socket.destroy();
		throw error;
	}
}

function judge(socket: TLSSocket, {address, ca}: InspectOptions): Inspection {
	const peer = socket.getPeerX509Certificate();
	if (!peer) {
		throw new ServerFault('tlsUntrusted', 'the server shows no certificate');
	}

	// Node gives OpenSSL's error code as a text, though its types say an error.
	const verdict = socket.authorizationError as Error | string | undefined;
	const chain = socket.authorized || !verdict ? undefined : chainFault(verdict);
	const isOfTime = chain === 'tlsExpired' || chain === 'tlsNotYetValid';
	const worst = isOfTime && !leadsToTrusted(peer, ca) ? 'tlsUntrusted' : chain;
	return {certificate: readCertificate(peer), objections: objections(peer, address.hostname, worst, Date.now())};
}

function chainFault(verdict: Error | string): FaultKind {
	return transportFault(verdict instanceof Error ? verdict : Object.assign(new Error(verdict), {code: verdict})).kind;
}
