import type {Cause} from './causes.js';

/** Which causes of a run are new for its job. */
export type News = {
	/** Causes that none of the earlier runs had, and that are not ignored; in the order of the causes. */
	readonly fresh: readonly Cause[];
	readonly known: readonly Cause[];
	/** Whether it can no longer change: enough earlier runs were compared, or no cause is left that could be new. */
	readonly isSettled: boolean;
};

type Options = {
	/** Keys of causes that are never new. */
	readonly ignored: ReadonlySet<string>;
	/** How many earlier runs must be compared, where there are as many. */
	readonly runsCompared: number;
	/** How many earlier finished runs of the job there are. */
	readonly runsThere: number;
};

/**
Separates the causes that are new from those that the job had before. For a job without earlier runs all are new.
@param earlier - the keys of the causes of earlier finished runs whose log was read; an empty set for a run that succeeded
*/
export function newsOf(causes: readonly Cause[], earlier: ReadonlyArray<ReadonlySet<string>>, {ignored, runsCompared, runsThere}: Options): News {
	const isKnown = ({key}: Cause) => ignored.has(key) || earlier.some(keys => keys.has(key));
	const fresh = causes.filter(cause => !isKnown(cause));
	return {
		fresh,
		known: causes.filter(cause => isKnown(cause)),
		isSettled: fresh.length === 0 || earlier.length >= Math.min(runsCompared, runsThere),
	};
}
