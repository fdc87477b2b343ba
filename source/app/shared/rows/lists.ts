/** The lists that the monitor shows, in the order of their keys. */
export const listNames = ['now', 'sessions', 'window'] as const;

export type ListName = (typeof listNames)[number];

/** How each is named on screen. */
export const listLabels: Readonly<Record<ListName, string>> = {now: 'Now', sessions: 'Sessions', window: 'Window'};

/** The names of all, the one on screen in brackets: `[1 Now] 2 Sessions 3 Window`. */
export function viewNames(shown: ListName): string {
	return listNames.map((view, index) => view === shown ? `[${index + 1} ${listLabels[view]}]` : `${index + 1} ${listLabels[view]}`).join(' ');
}

/** What a row of each is. */
export const rowWords: Readonly<Record<ListName, 'job' | 'session'>> = {now: 'job', sessions: 'session', window: 'job'};
