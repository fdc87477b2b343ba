import type {ServerApi} from '../api/server-api.js';
import {ServerFault} from '../model/errors.js';
import type {Job} from '../model/job.js';
import type {Now} from '../model/now.js';
import {emptySnapshot, type Scope, type Snapshot} from '../model/snapshot.js';
import {createDirectory, jobIdsOf, type DirectoryReader} from './directory.js';
import {createSessionReader, type Reading, type SessionReader} from './session-reader.js';
import {createSessionStore} from './session-store.js';

/** Partial snapshots of a first load are published no more often than this. */
const publishEveryMs = 200;
/** Names that come later than this are not waited for: an answer that stalls must not delay the sessions. */
const namesPatienceMs = 2000;
/** A server that lists no session though it had some is believed after it has said so for this long: a service that starts does. */
const believedAfterMs = 30_000;
/** A list of which something is missing is read again once answers are whole: after half a minute, then less and less often. */
const firstRereadMs = 30_000;
const longestRereadMs = 10 * 60_000;
/** The server's clock is known to about this. */
const clockErrorMs = 2000;
/** A clock that moves further than this from one poll to the next was set, or was wrong. */
const clockJumpMs = 60_000;
/** A session that ended so shortly before the list was read may have slipped between two of its pages. */
const justEndedMs = 60_000;

/**
What one server says now. It asks for as little as it can, merges what comes, and publishes
snapshots that never change. It knows nothing of React; what schedules it calls `poll`.
*/
export type Feed = {
	readonly serverId: string;
	/** The newest snapshot; the same object until something in it changes. */
	readonly snapshot: () => Snapshot;
	/** Calls back after each new snapshot, also during a first load. */
	readonly subscribe: (listener: () => void) => () => void;
	/**
	Brings the snapshot up to date; callers at the same time share one run.
	Rejects with `ServerFault`; the snapshot then stays as far as it was read.
	*/
	readonly poll: () => Promise<Snapshot>;
	/** Narrows or widens what is asked for; takes effect with the next poll, or with the one under way. */
	readonly setScope: (scope: Scope) => void;
	/** Has the next poll read the whole scope again, and leave out what the server no longer has. */
	readonly reload: () => void;
	readonly now: () => Now;
};

export type FeedOptions = {
	readonly serverId: string;
	/** How the server is called on screen. */
	readonly serverName: string;
	readonly api: ServerApi;
	readonly scope: Scope;
	readonly now: () => Now;
};

/** The functions of the feed can be called without it, and a copy of the feed works as the feed does. */
export function createFeed(options: FeedOptions): Feed {
	const {serverId, snapshot, subscribe, poll, reload, setScope, now} = new PolledFeed(options);
	return {serverId, snapshot, subscribe, poll, reload, setScope, now};
}

class PolledFeed implements Feed {
	readonly serverId: string;
	readonly now: () => Now;
	readonly #api: ServerApi;
	readonly #store = createSessionStore();
	readonly #reader: SessionReader;
	readonly #directory: DirectoryReader;
	readonly #listeners = new Set<() => void>();
	#scope: Scope;
	// What the store has whole, and the server's time up to which it does.
	#loaded: {readonly scope: Scope; readonly upTo: number} | undefined;
	// Why the sessions are not whole, and what names could not be read for.
	#unread: string | undefined;
	#namesFault: unknown;
	#namesUnderWay: Promise<void> | undefined;
	// Jobs that say they are active and were not searched for yet.
	#activeJobs: readonly Job[] = [];
	// Since when (monotonic ms) the server has listed none of the sessions in the store.
	#emptySince: number | undefined;
	// By which clock the sessions were read: how far it is from the monotonic one.
	#readBy: number;
	#isReloadDue = false;
	// When the list was last read whole (monotonic ms), and how often it was because something was missing.
	#loadedAt = -Infinity;
	#rereads = 0;
	#publishedAt = -Infinity;
	#inFlight: Promise<Snapshot> | undefined;
	#snapshot: Snapshot;

	constructor({serverId, serverName, api, scope, now}: FeedOptions) {
		this.serverId = serverId;
		this.now = now;
		this.#api = api;
		this.#reader = createSessionReader(api, this.#store);
		this.#directory = createDirectory(api, () => now().monotonic);
		this.#scope = scope;
		this.#readBy = this.#clockOffset();
		this.#snapshot = emptySnapshot(serverId, serverName, scope);
	}

	readonly snapshot = () => this.#snapshot;

	readonly subscribe = (listener: () => void) => {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	};

	readonly poll = async () => {
		this.#inFlight ??= this.#pollOnce().finally(() => {
			this.#inFlight = undefined;
		});
		return this.#inFlight;
	};

	readonly reload = () => {
		this.#loaded = undefined;
	};

	readonly setScope = (wanted: Scope) => {
		if (wanted.rangeMs === this.#scope.rangeMs && wanted.jobType === this.#scope.jobType) {
			return;
		}

		if (wanted.jobType !== undefined && wanted.jobType !== this.#scope.jobType) {
			this.#store.clear();
			this.#loaded = undefined;
		}

		if (this.#loaded && isWithin(wanted, this.#loaded.scope)) {
			this.#loaded = {...this.#loaded, scope: wanted};
		}

		this.#scope = wanted;
		this.#store.prune(this.#serverTime() - wanted.rangeMs);
		this.#publish();
	};

	readonly #serverTime = () => this.now().server;

	readonly #publishPartly = () => {
		if (this.now().monotonic - this.#publishedAt >= publishEveryMs) {
			this.#publish();
		}
	};

	#clockOffset(): number {
		const {server, monotonic} = this.now();
		return server - monotonic;
	}

	#isLoaded(): boolean {
		return this.#loaded?.scope === this.#scope;
	}

	#isWhole(): boolean {
		return this.#unread === undefined && this.#store.unreadable() === 0;
	}

	#publish(): void {
		const capabilities = this.#api.capabilities();
		const parts = {
			...this.#directory.current(),
			version: capabilities?.version,
			certificate: this.#api.certificate(),
			lacks: capabilities?.lacks ?? this.#snapshot.lacks,
			scope: this.#scope,
			sessions: this.#store.sessions(),
			isLoading: !this.#isLoaded(),
			missing: missingOf(this.#unread, this.#store.unreadable(), this.#namesFault),
			observations: this.#store.observations(),
		};
		if ((Object.keys(parts) as Array<keyof typeof parts>).every(part => parts[part] === this.#snapshot[part])) {
			return;
		}

		this.#snapshot = {...this.#snapshot, ...parts, changes: this.#store.takeChanges()};
		this.#publishedAt = this.now().monotonic;
		for (const listener of this.#listeners) {
			listener();
		}
	}

	// Waits for the names for a while only, and not again for those that stalled before: they are published when they come.
	async #readNames(): Promise<void> {
		if (this.#namesUnderWay) {
			return;
		}

		const patience = withPatience();
		this.#namesUnderWay = this.#directory.refresh(jobIdsOf(this.#store.sessions())).then(fault => {
			this.#namesFault = fault;
			this.#namesUnderWay = undefined;
			patience.end();
			if (!this.#inFlight) {
				this.#publish();
			}
		});
		await patience.over;
	}

	#checkListed(isListed: boolean): void {
		if (isListed) {
			this.#emptySince = undefined;
			return;
		}

		const known = this.#store.sessions().length;
		const {monotonic} = this.now();
		this.#emptySince ??= monotonic;
		if (!isEmptyBelieved(known, monotonic - this.#emptySince)) {
			throw new ServerFault('maybeDegraded', `it lists none of its ${known} sessions`);
		}

		this.#store.clear();
	}

	#checkWhole(isClean: boolean): void {
		if (isClean && !this.#isWhole() && isRereadDue(this.now().monotonic - this.#loadedAt, this.#rereads)) {
			this.#rereads++;
			this.#isReloadDue = true;
		}
	}

	async #load(wanted: Scope): Promise<void> {
		const isOver = () => this.#scope !== wanted;
		const serverTime = this.#serverTime;
		const startedAt = serverTime();
		this.#readBy = this.#clockOffset();
		this.#loadedAt = this.now().monotonic;
		// Names are read beside the sessions: the first rows need both, and neither waits for the other.
		const names = this.#readNames().then(this.#publishPartly);
		try {
			const {missing, seen} = await this.#reader.readAll({scope: wanted, serverTime, isOver}, this.#publishPartly);
			if (!isOver()) {
				this.#checkListed(seen.size > 0);
				this.#loaded = {scope: wanted, upTo: startedAt};
				this.#unread = missing;
				this.#rereads = this.#isWhole() ? 0 : this.#rereads;
			}

			if (!isOver() && missing === undefined) {
				this.#store.retainOnly(seen, {since: startedAt - justEndedMs, until: serverTime() + clockErrorMs});
			}
		} finally {
			await names;
		}
	}

	// A narrower range makes nothing wrong that comes; another job type does.
	#readingNow(): Reading {
		const wanted = this.#scope;
		return {scope: wanted, serverTime: this.#serverTime, isOver: () => this.#scope.jobType !== wanted.jobType};
	}

	async #readNewest(): Promise<void> {
		const reading = this.#readingNow();
		const startedAt = this.#serverTime();
		const {isListed, isClean} = await this.#reader.readNewest(reading, this.#loaded!.upTo);
		if (this.#loaded && !reading.isOver()) {
			this.#checkListed(isListed);
			this.#checkWhole(isClean);
			this.#loaded = {...this.#loaded, upTo: startedAt};
		}
	}

	async #readSessions(): Promise<void> {
		if (this.#isReloadDue) {
			this.#isReloadDue = false;
			this.#loaded = undefined;
		}

		if (this.#isLoaded()) {
			await this.#readNewest();
		}

		while (!this.#isLoaded()) {
			// eslint-disable-next-line no-await-in-loop -- again only when the scope was changed meanwhile
			await this.#load(this.#scope);
		}
	}

	async #readRest(): Promise<void> {
		await this.#readNames();
		const found = this.#directory.takeActiveJobs();
		this.#activeJobs = found.length > 0 ? found : this.#activeJobs;
		const {jobType} = this.#scope;
		await this.#reader.findActive(this.#readingNow(), this.#activeJobs);
		// Those of the other type are searched for once it is asked for.
		this.#activeJobs = this.#activeJobs.filter(({type}) => jobType !== undefined && type !== jobType);
		if (this.#directory.hasJobs()) {
			await this.#reader.findTypes(this.#readingNow(), this.#directory.current().jobs);
		}
	}

	async #pollOnce(): Promise<Snapshot> {
		try {
			do {
				await this.#api.connect(); // eslint-disable-line no-await-in-loop -- again only when the scope was changed meanwhile
				await this.#readSessions(); // eslint-disable-line no-await-in-loop -- as above
				await this.#readRest(); // eslint-disable-line no-await-in-loop -- as above
			} while (!this.#isLoaded());

			if (hasJumped(this.#readBy, this.#clockOffset())) {
				// The range was asked for by another clock: nothing is left out by it, and all is read again.
				this.#isReloadDue = true;
			} else {
				this.#store.prune(this.#serverTime() - this.#scope.rangeMs);
			}
		} finally {
			this.#publish();
		}

		return this.#snapshot;
	}
}

// Whether all of one scope is part of another.
function isWithin(inner: Scope, outer: Scope): boolean {
	return inner.jobType === outer.jobType && inner.rangeMs <= outer.rangeMs;
}

// Sessions that were there a moment ago do not all go at once, but a service that starts may say so.
function isEmptyBelieved(known: number, emptyForMs: number): boolean {
	return known === 0 || emptyForMs >= believedAfterMs;
}

// Whether a list of which something is missing is read again; each time it waits twice as long.
function isRereadDue(sinceLoadedMs: number, rereads: number): boolean {
	return sinceLoadedMs >= Math.min(longestRereadMs, firstRereadMs * (2 ** rereads));
}

function hasJumped(offsetBefore: number, offsetNow: number): boolean {
	return Math.abs(offsetNow - offsetBefore) > clockJumpMs;
}

function missingOf(unread: string | undefined, unreadable: number, namesFault: unknown): string | undefined {
	const parts = [
		unread,
		unreadable === 0 ? undefined : `fields of ${unreadable} ${unreadable === 1 ? 'session' : 'sessions'} cannot be read (?)`,
		namesFault instanceof Error ? `names could not all be read (${namesFault.message})` : undefined,
	].filter(part => part !== undefined);
	return parts.length === 0 ? undefined : parts.join('; ');
}

// Resolves when it is ended, or after a while.
function withPatience(): {readonly over: Promise<void>; readonly end: () => void} {
	const {promise: over, resolve: end} = Promise.withResolvers<void>();
	const timer = setTimeout(end, namesPatienceMs);
	return {
		over,
		end() {
			clearTimeout(timer);
			end();
		},
	};
}
