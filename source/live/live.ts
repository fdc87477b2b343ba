import type {ServerEffect, ServerMessage} from '../model/messages.js';
import type {Now} from '../model/now.js';
import {clockOf} from './clocks.js';
import {nextTick} from './policy.js';
import {pollLoop, type PollLoop} from './poll-loop.js';
import {createServerWatch, type ServerWatch} from './server-watch.js';
import type {WatchedServer} from './watched-server.js';

/** All servers that are watched: what they say comes as messages, what is asked of them goes in as effects. */
export type Live = {
	/** In the order of the servers. */
	readonly watches: readonly ServerWatch[];
	/** Does what an effect asks for; what comes of it is sent later. */
	readonly run: (effect: ServerEffect) => void;
	/** The time of all servers' clocks. */
	readonly now: () => Now;
	/** Begins to send messages, a tick at once and each second of the first server's clock among them. */
	readonly start: () => void;
	/** Ends that; nothing more is sent. The clients of the servers stay open. */
	readonly end: () => void;
};

export type LiveOptions = {
	/** At least one. */
	readonly servers: readonly WatchedServer[];
	readonly send: (message: ServerMessage) => void;
	/** Gives 0 to 1. */
	readonly random?: () => number;
	/** Milliseconds between two polls of plain loops, for commands without a screen; without it `usePolling` polls. */
	readonly refreshMs?: number;
};

/** Watches servers without React: each has its own clock, client and feed, so one failure cannot affect another. */
export function createLive({servers, send, random, refreshMs: firstRefreshMs}: LiveOptions): Live {
	const now = clockOf(servers.map(({feed}) => feed));
	const watches = servers.map(server => createServerWatch({server, send, now, random}));
	const runners = runnersOf(watches);
	let refreshMs = firstRefreshMs;
	let loops: readonly PollLoop[] = [];
	let hasEnded = false;
	let timer: NodeJS.Timeout | undefined;
	const tick = () => {
		const at = now();
		timer = setTimeout(tick, nextTick(at.server));
		send({type: 'tick', now: at});
	};

	return {
		watches,
		now,
		run(effect) {
			if (hasEnded) {
				return;
			}

			if (effect.type !== 'refresh-interval') {
				(runners[effect.type] as (effect: ServerEffect) => void)(effect);
				return;
			}

			// The polling hook gets its interval from the state that it draws.
			refreshMs &&= effect.refreshMs;
			for (const loop of loops) {
				loop.setRefresh(effect.refreshMs);
			}
		},
		start() {
			for (const watch of watches) {
				watch.start();
			}

			tick();
			loops = refreshMs === undefined ? [] : watches.map(watch => pollLoop(watch, {refreshMs: refreshMs!}));
		},
		end() {
			hasEnded = true;
			clearTimeout(timer);
			for (const loop of loops) {
				loop.end();
			}

			for (const watch of watches) {
				watch.end();
			}
		},
	};
}

type WatchEffect = Exclude<ServerEffect, {readonly type: 'refresh-interval'}>;

type Runners = {readonly [Type in WatchEffect['type']]: (effect: Extract<WatchEffect, {readonly type: Type}>) => void};

function runnersOf(watches: readonly ServerWatch[]): Runners {
	const each = ({serverId}: {readonly serverId?: string}, run: (watch: ServerWatch) => void) => {
		for (const watch of watches) {
			if (serverId === undefined || watch.serverId === serverId) {
				run(watch);
			}
		}
	};

	return {
		poll(effect) {
			each(effect, ({wake}) => {
				wake();
			});
		},
		reconnect(effect) {
			each(effect, ({reconnect}) => {
				reconnect();
			});
		},
		scope({scope}) {
			each({}, ({setScope}) => {
				setScope(scope);
			});
		},
		'pending-reads'(effect) {
			each(effect, ({request}) => {
				request(effect.reads);
			});
		},
		follow(effect) {
			each(effect, ({follow}) => {
				follow(effect.target);
			});
		},
	};
}
