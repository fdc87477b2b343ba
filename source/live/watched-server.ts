import type {ServerApi} from '../api/server-api.js';
import type {Secret} from '../model/secret.js';
import type {EvidenceReader} from './evidence.js';
import type {Feed} from './feed.js';
import type {LogApi, ObjectsApi} from './read-queue.js';

/** One server that is watched; each has its own token, clock, errors and retries. */
export type WatchedServer = {
	readonly id: string;
	/** How the server is called on screen. */
	readonly name: string;
	/** Undefined with a bearer token. */
	readonly account?: string;
	readonly feed: Feed;
	readonly api: ServerApi;
	/** Reads the log and the objects of the session that is open, in their turn among the server's background reads. */
	readonly logs: LogApi & ObjectsApi;
	/** Reads what verdicts want to know besides, in turns of the same queue. */
	readonly evidence: EvidenceReader;
	/** Keeps a secret that the server just took; gives why it could not be. Undefined where nothing can be kept. */
	readonly saveSecret?: (secret: Secret) => Promise<string | undefined>;
};
