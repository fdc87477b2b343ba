import type {ServerFault} from '../model/errors.js';
import type {PendingRead} from '../model/evidence.js';
import type {FollowTarget, ServerMessage} from '../model/messages.js';
import type {Now} from '../model/now.js';
import type {Scope} from '../model/snapshot.js';
import {createFollower} from './follow.js';
import {asFault, contactAfter, notPolled} from './policy.js';
import type {WatchedServer} from './watched-server.js';

/** One server that is watched. A driver polls it (`usePolling`, `pollLoop`); everything that comes of it is sent on as messages. */
export type ServerWatch = {
	readonly serverId: string;
	/**
	Asks the server once, and sends a `contact` message. Who asks while an answer is awaited gets that one; where it
	fails, the server is asked once more at once. Rejects with `ServerFault`.
	*/
	readonly poll: () => Promise<void>;
	/** Milliseconds from the last poll to the next try while a fault stands; undefined where only the user can go on, and without a fault. */
	readonly retryDelay: () => number | undefined;
	/** Calls back when the driver is to poll now, also during a pause; gives what ends that. */
	readonly onWake: (listener: () => void) => () => void;
	/** Has the server polled now, also during a pause. */
	readonly wake: () => void;
	/** Narrows or widens what the list asks for; polls now where that changed something. */
	readonly setScope: (scope: Scope) => void;
	/** Leaves the connections, then polls now and reads the whole list again. */
	readonly reconnect: () => void;
	/** What the verdicts need read, the most urgent first; replaces what was pending before. */
	readonly request: (reads: readonly PendingRead[]) => void;
	/** Follows the log or the objects of a session and of no other one; undefined follows none. */
	readonly follow: (target: FollowTarget | undefined) => void;
	/** Sends snapshots and evidence from now on. */
	readonly start: () => void;
	/** Sends nothing any more, follows nothing, and has nothing read. */
	readonly end: () => void;
};

export type ServerWatchOptions = {
	readonly server: WatchedServer;
	readonly send: (message: ServerMessage) => void;
	/** The time that messages carry; that of the server's clock alone by default. */
	readonly now?: () => Now;
	/** Gives 0 to 1. */
	readonly random?: () => number;
};

/** A watch that neither asks nor sends anything until it is started or polled. */
export function createServerWatch({server, send, now = server.feed.now, random = Math.random}: ServerWatchOptions): ServerWatch {
	const {id: serverId, feed, api, evidence} = server;
	const wakeListeners = new Set<() => void>();
	let unsubscribes: ReadonlyArray<() => void> = [];
	let hasEnded = false;
	const sendOn = (message: ServerMessage) => {
		if (!hasEnded) {
			send(message);
		}
	};

	const follower = createFollower({serverId, api: server.logs, send: sendOn});
	let state = notPolled;
	const polls = joinedPolls(feed.poll, fault => {
		state = contactAfter(state, fault, feed.now().monotonic, random());
		sendOn({type: 'contact', serverId, contact: state.contact, now: now()});
	});

	const wake = () => {
		if (!polls.join()) {
			callAll(wakeListeners);
		}
	};

	return {
		serverId,
		poll: polls.poll,
		retryDelay: () => state.retryMs,
		onWake(listener) {
			wakeListeners.add(listener);
			return () => {
				wakeListeners.delete(listener);
			};
		},
		wake,
		setScope(scope) {
			const before = feed.snapshot().scope;
			if (scope.rangeMs !== before.rangeMs || scope.jobType !== before.jobType) {
				feed.setScope(scope);
				wake();
			}
		},
		reconnect() {
			feed.reload();
			void api.reconnect().then(wake);
		},
		request: evidence.request,
		follow: follower.follow,
		start() {
			unsubscribes = sendChanges(server, sendOn, now);
		},
		end() {
			hasEnded = true;
			callAll(unsubscribes);
			wakeListeners.clear();
			follower.follow(undefined);
			evidence.request([]);
		},
	};
}

function callAll(listeners: Iterable<() => void>) {
	for (const listener of listeners) {
		listener();
	}
}

function sendChanges({id: serverId, feed, evidence}: WatchedServer, send: (message: ServerMessage) => void, now: () => Now): ReadonlyArray<() => void> {
	return [
		feed.subscribe(() => {
			send({type: 'snapshot', serverId, snapshot: feed.snapshot(), now: now()});
		}),
		evidence.subscribe(() => {
			send({type: 'evidence', serverId, evidence: evidence.current()});
		}),
	];
}

// One poll at a time. Who wants an answer while one is awaited gets that one; where it fails (the connections were left
// for new ones, a request hung), the server is asked once more at once, and that counts as one poll.
function joinedPolls(ask: () => Promise<unknown>, onEnd: (fault: ServerFault | undefined) => void) {
	let underWay: Promise<void> | undefined;
	let isWantedAgain = false;
	const join = (): boolean => {
		isWantedAgain = underWay !== undefined;
		return isWantedAgain;
	};

	const askAgainIfWanted = async () => {
		try {
			await ask();
		} catch (error) {
			if (!isWantedAgain) {
				throw error;
			}

			await ask();
		}
	};

	const poll = async () => {
		let fault: ServerFault | undefined;
		try {
			await askAgainIfWanted();
		} catch (error) {
			fault = asFault(error);
		}

		// Before the message goes out: who asks because of it is asking anew.
		underWay = undefined;
		onEnd(fault);
		if (fault) {
			throw fault;
		}
	};

	return {
		/** Whether a poll is under way, which is then asked once more where it fails. */
		join,
		async poll() {
			if (!join()) {
				underWay = poll();
			}

			await underWay;
		},
	};
}
