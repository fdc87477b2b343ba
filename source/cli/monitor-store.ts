import {initialState, type Beginning} from '../app/initial-state.js';
import type {Ports} from '../app/ports.js';
import {createStore, type Store} from '../app/store.js';
import {createLive, type Live} from '../live/live.js';
import type {WatchedServer} from '../live/watched-server.js';
import {ServerFault} from '../model/errors.js';

export type MonitorStoreOptions = {
	/** At least one. */
	readonly servers: readonly WatchedServer[];
	readonly beginning: Omit<Beginning, 'servers' | 'now'>;
	/** What the monitor needs besides servers. */
	readonly ports: Omit<Ports, 'server' | 'signIn' | 'saveSecret'>;
};

/** The store of a monitor and what its servers say, wired to each other. */
export type MonitorStore = {readonly store: Store; readonly live: Live};

/** Wires the servers to a store: what they say becomes messages, what the state asks of them is done. Nothing is asked before `live.start`. */
export function createMonitorStore({servers, beginning, ports}: MonitorStoreOptions): MonitorStore {
	const live = createLive({
		servers,
		send(message) {
			store.dispatch(message);
		},
	});
	const serverOf = (serverId: string) => servers.find(({id}) => id === serverId);
	const first = initialState({
		...beginning,
		now: live.now(),
		servers: servers.map(({id, name, account, saveSecret}) => ({id, name, account, canSaveSecret: saveSecret !== undefined})),
	});
	const store = createStore(first, {
		...ports,
		server: live.run,
		async signIn(serverId, secret) {
			try {
				await serverOf(serverId)?.api.signIn(secret);
				return undefined;
			} catch (error) {
				return error instanceof ServerFault ? error.message : String(error);
			}
		},
		saveSecret: async (serverId, secret) => serverOf(serverId)?.saveSecret?.(secret),
	});
	return {store, live};
}
