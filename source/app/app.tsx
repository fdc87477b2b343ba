import {useStdout} from 'ink';
import {useLayoutEffect, useRef} from 'react';
import {SWRConfig} from 'swr';
import type {ServerWatch} from '../live/server-watch.js';
import {usePolling} from '../live/use-polling.js';
import {MonitorScreen} from './monitor-screen.js';
import type {Store} from './store.js';
import {useDrawnState} from './use-drawn-state.js';

export type AppProps = {
	readonly store: Store;
	/** The servers, polled while this is shown. */
	readonly watches: readonly ServerWatch[];
};

/** The monitor. SWR's cache is its own, so that two of them in one process do not share one. */
export function App({store, watches}: AppProps) {
	const cache = useRef(new Map());
	return (
		<SWRConfig value={{provider: () => cache.current}}>
			<Monitor store={store} watches={watches}/>
		</SWRConfig>
	);
}

function Monitor({store, watches}: AppProps) {
	const state = useDrawnState(store);
	usePolling(watches, state.preferences.refreshMs);
	useTerminalSize(store);
	return <MonitorScreen state={state}/>;
}

// Informed of a change before Ink draws, so that no frame of the old size is drawn on the new one.
function useTerminalSize({dispatch}: Store): void {
	// Ink's type leaves out what only a terminal has.
	const {stdout} = useStdout() as unknown as {readonly stdout: NodeJS.WriteStream};
	useLayoutEffect(() => {
		const resize = () => {
			dispatch({type: 'resize', columns: stdout.columns, rows: stdout.rows});
		};

		resize();
		stdout.prependListener('resize', resize);
		return () => {
			stdout.off('resize', resize);
		};
	}, [stdout, dispatch]);
}
