import {useMemo, useSyncExternalStore} from 'react';
import {isServerMessage} from './shared/state/messages.js';
import type {State} from './shared/state/state.js';
import type {Store} from './store.js';

/** Answers that come together are drawn together. */
const gatherMs = 20;
/** So far apart are two frames that no user asked for. */
const betweenMs = 60;

/**
The state to draw: at once where a user has changed it, a moment later where servers or the clock have. At the start, or while many
logs are read, answers come faster than frames can be drawn.
*/
export function useDrawnState(store: Store): State {
	const drawn = useMemo(() => createDrawnState(store), [store]);
	return useSyncExternalStore(drawn.subscribe, drawn.state);
}

function createDrawnState({state, subscribe}: Store) {
	let shown = state();
	return {
		state: () => shown,
		subscribe(onChange: () => void) {
			let timer: NodeJS.Timeout | undefined;
			let drawnAt = -Infinity;
			const draw = () => {
				clearTimeout(timer);
				timer = undefined;
				drawnAt = performance.now();
				shown = state();
				onChange();
			};

			const end = subscribe(message => {
				if (isServerMessage(message)) {
					timer ??= setTimeout(draw, Math.max(gatherMs, drawnAt + betweenMs - performance.now()));
				} else {
					draw();
				}
			});
			// What came before this is seen by React, which asks once more.
			shown = state();
			return () => {
				clearTimeout(timer);
				end();
			};
		},
	};
}
