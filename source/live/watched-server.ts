import type {ServerApi} from '../api/server-api.js';
import type {Feed} from './feed.js';

/** One server that is watched; each has its own token, clock, errors and retries. */
export type WatchedServer = {
	readonly id: string;
	/** How the server is called on screen. */
	readonly name: string;
	readonly feed: Feed;
	readonly api: ServerApi;
};
