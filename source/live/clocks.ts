import type {Now} from '../model/now.js';
import type {Feed} from './feed.js';

/**
The time of several servers in one: that of the first one's clock, and how far those of the others
are ahead of it. Their monotonic clocks must be the same one.
*/
export function clockOf([first, ...others]: ReadonlyArray<Pick<Feed, 'serverId' | 'now'>>): () => Now {
	if (others.length === 0) {
		return first!.now;
	}

	return () => {
		const now = first!.now();
		return {...now, clocks: new Map(others.map(({serverId, now: read}) => [serverId, offsetOf(read()) - offsetOf(now)]))};
	};
}

// Each reading is of a moment of its own: what is the same in all of them is how far the clocks are apart.
function offsetOf({server, monotonic}: Now): number {
	return server - monotonic;
}
