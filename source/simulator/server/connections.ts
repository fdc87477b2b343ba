import {Server as HttpsServer} from 'node:https';
import type {Server} from 'node:http';
import type {Socket} from 'node:net';

/** A TCP connection that was accepted. */
export type SocketConnection = {
	/** So far; with TLS what was in it: 0 for a client that shook hands, or refused to, and said nothing. */
	readonly bytesReceived: number;
};

const mostConnections = 10_000;

/** The connections that a server accepts from now on, oldest first; the last 10,000. */
export function watchConnections(server: Server | HttpsServer): readonly SocketConnection[] {
	const connections: SocketConnection[] = [];
	const isEncrypted = server instanceof HttpsServer;
	// By the port of the other side: a TLS socket does not tell which connection it is in.
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
		// One whose other side is gone has no port any more; what it sent must be seen all the same.
		const read = unread.get(socket.remotePort) ?? open();
		read(socket);
	});
	return connections;
}
