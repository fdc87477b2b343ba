import {createSelectorCreator, lruMemoize} from 'reselect';

/**
A selector that gives the same object while what it is made from is the same. It remembers one result: states come one after
another. The checks of reselect's development build are off, since they call each selector twice.
*/
export const createSelector = createSelectorCreator({
	memoize: lruMemoize,
	argsMemoize: lruMemoize,
	devModeChecks: {inputStabilityCheck: 'never', identityFunctionCheck: 'never'},
});

/** A selector of a list that gives the same array while each of its elements is the same. */
export function sameElements<Given, Value>(select: (given: Given) => readonly Value[]): (given: Given) => readonly Value[] {
	let last: readonly Value[] = [];
	return given => {
		const next = select(given);
		if (next.length !== last.length || next.some((value, index) => value !== last[index])) {
			last = next;
		}

		return last;
	};
}
