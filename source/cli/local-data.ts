import {getProxyForUrl} from 'proxy-from-env';
import type {ServerAddress} from '../api/transport/address.js';
import {createServerApi} from '../api/client.js';
import type {Route} from '../api/transport/connector.js';
import {parseProxy} from '../api/transport/proxy.js';
import type {ApiVersion, DateReading, ServerApi} from '../api/server-api.js';
import type {Exchange} from '../api/transport/observed-transport.js';
import type {SignInMemory} from '../api/auth/token.js';
import {openCredentials, type Credentials} from '../storage/credentials.js';
import type {Directories} from '../storage/directories.js';
import {openMarks, type MarksStore} from '../storage/marks.js';
import {openRunState, type RunState} from '../storage/run-state.js';
import type {RunLog} from './run-log.js';
import type {ServerSettings} from './settings.js';

/** What vbtop stores on this machine. */
export type LocalData = {
	readonly directories: Directories;
	readonly credentials: Credentials;
	readonly state: RunState;
	readonly problems: MarksStore;
};

/** Reads what is stored; a file that cannot be read has a `problem`, and vbtop runs without it. */
export async function openLocalData(directories: Directories): Promise<LocalData> {
	const [credentials, state, problems] = await Promise.all([openCredentials(directories), openRunState(directories), openMarks(directories)]);
	return {directories, credentials, state, problems};
}

/** How servers are reached, by the flags of this run. */
export type Reach = {
	/** PEM texts of certificates to trust besides the system's. */
	readonly ca: readonly string[];
	readonly api: ApiVersion | undefined;
	/** The log of the run, if there is one. */
	readonly log?: RunLog;
};

/** The way to a server, through the proxy that the environment names for it. Throws `UsageError` where that cannot be used. */
export function routeOf(address: ServerAddress, pin: string | undefined, {ca}: Reach): Route {
	// Plain http is for this machine only.
	const proxy = address.isEncrypted ? getProxyForUrl(address.origin) : '';
	return {address, ca, pin, proxy: proxy === '' ? undefined : parseProxy(proxy)};
}

export type ApiOptions = Reach & {
	readonly memory?: SignInMemory;
	readonly monotonic?: () => number;
	readonly onDate?: (reading: DateReading) => void;
	readonly onExchange?: (exchange: Exchange) => void;
};

type Reached = Pick<ServerSettings, 'id' | 'address' | 'pin' | 'account' | 'secret'> & Partial<Pick<ServerSettings, 'tokens'>>;

/** The API of a server by its settings. */
export function apiOf({id, address, pin, account, secret, tokens}: Reached, options: ApiOptions): ServerApi {
	const {memory, monotonic = () => performance.now(), onDate, onExchange, api} = options;
	return createServerApi({...routeOf(address, pin, options), serverId: id, account, secret, tokens, memory, api, monotonic, onDate, onExchange});
}

/**
The memory of the sign-ins to a server: passwords that it refused, and the newest token pair where its password is stored.
@param isSecretStored - asked each time, since the user may have it stored while vbtop runs
*/
export function memoryOf({id, account}: Pick<ServerSettings, 'id' | 'account'>, {state, credentials}: LocalData, isSecretStored: () => boolean): SignInMemory {
	const name = account ?? '';
	return {
		isRefused: async password => state.isRefused(id, name, password),
		refused(password) {
			void state.addRefusal(id, name, password);
		},
		renewed(tokens) {
			if (tokens) {
				void state.clearRefusals(id, name);
			}

			if (isSecretStored()) {
				void credentials.change(id, {tokens});
			}
		},
	};
}
