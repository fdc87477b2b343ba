import {useRef} from 'react';
import type {Feed} from './feed.js';
import {useFeed, type FeedState} from './use-feed.js';

/**
Keeps the feeds of several servers polled, each by itself: none waits for another.
@param feeds - as many at each call
@returns what is known of each, in the order of the feeds; the same array while nothing changed
*/
export function useFeeds(feeds: readonly Feed[], refreshMs: number): readonly FeedState[] {
	// eslint-disable-next-line react-hooks/rules-of-hooks -- the number of feeds is constant
	return useSameArray(feeds.map(feed => useFeed(feed, refreshMs)));
}

/** The array as it was before, while what is in it is the same. */
export function useSameArray<Value>(values: readonly Value[]): readonly Value[] {
	const before = useRef(values);
	if (before.current.length !== values.length || values.some((value, index) => value !== before.current[index])) {
		before.current = values;
	}

	return before.current;
}
