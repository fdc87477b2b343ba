import type {Server} from 'node:http';
import type {AddressInfo} from 'node:net';

/** Listens on the loopback address; port 0 is any free one. Resolves with the port, rejects if it is in use. */
export async function listen(server: Server, port: number): Promise<number> {
	const {promise, resolve, reject} = Promise.withResolvers<number>();
	server.once('error', reject);
	server.listen(port, '127.0.0.1', () => {
		server.off('error', reject);
		resolve((server.address() as AddressInfo).port);
	});
	return promise;
}

/** Frees the port at once, open connections or not. */
export async function closeServer(server: Server): Promise<void> {
	const {promise, resolve} = Promise.withResolvers<void>();
	server.close(() => {
		resolve();
	});
	server.closeAllConnections();
	return promise;
}
