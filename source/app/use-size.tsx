import {useStdout} from 'ink';
import {useCallback, useSyncExternalStore} from 'react';

/** The size of the terminal. Unlike Ink's `useWindowSize` it is shown of a change before Ink draws. */
export function useSize(): {readonly columns: number; readonly rows: number} {
	// Ink's type leaves out what only a terminal has.
	const {stdout} = useStdout() as unknown as {readonly stdout: NodeJS.WriteStream};
	const subscribe = useCallback((onChange: () => void) => {
		stdout.prependListener('resize', onChange);
		return () => {
			stdout.off('resize', onChange);
		};
	}, [stdout]);
	return {
		columns: useSyncExternalStore(subscribe, () => stdout.columns),
		rows: useSyncExternalStore(subscribe, () => stdout.rows),
	};
}
