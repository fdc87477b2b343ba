import {Server as HttpsServer} from 'node:https';
import type {Server} from 'node:http';
import type {Socket} from 'node:net';

/** A TCP connection that was accepted. */
export type SocketConnection = {
	/** So far; with TLS, decrypted bytes: 0 for a client that sent nothing after the handshake, or failed it. */
	readonly bytesReceived: number;
};

const mostConnections = 10_000;

/** The connections that a server accepts from now on, oldest first; the last 10,000. */
export function watchConnections(server: Server | HttpsServer): readonly SocketConnection[] {
	const connections: SocketConnection[] = [];
	const isEncrypted = server instanceof HttpsServer;
	// By the client's port: a TLS socket does not say which TCP connection it uses.
	const unread = new Map<number | undefined, (socket: Socket) => void>();

	function open(): (socket: Socket) => void {
		let received = () => 0;
		connections.push({
			get bytesReceived() {
				return received();
			},
		});
		if (connections.length > mostConnections) {
			connections.shift();
		}

		return socket => {
			received = () => socket.bytesRead;
			socket.once('close', () => {
				const {bytesRead} = socket;
				received = () => bytesRead;
			});
		};
	}

	server.on('connection', (socket: Socket) => {
		const read = open();
		if (!isEncrypted) {
			read(socket);
			return;
		}

		const {remotePort} = socket;
		unread.set(remotePort, read);
		socket.once('close', () => {
			if (unread.get(remotePort) === read) {
				unread.delete(remotePort);
			}
		});
	});
	server.on('secureConnection', (socket: Socket) => {
		// A socket whose client is gone has no port any more, but what it sent must be counted.
		const read = unread.get(socket.remotePort) ?? open();
		read(socket);
	});
	return connections;
}
