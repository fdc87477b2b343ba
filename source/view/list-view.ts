/** The lists that the monitor shows, in the order of their keys. */
export const listViews = ['now', 'sessions', 'window'] as const;

export type ListView = (typeof listViews)[number];

/** How each is named on screen. */
export const listNames: Readonly<Record<ListView, string>> = {now: 'Now', sessions: 'Sessions', window: 'Window'};

/** The names of all, the one on screen in brackets: `[1 Now] 2 Sessions 3 Window`. */
export function viewNames(shown: ListView): string {
	return listViews.map((view, index) => view === shown ? `[${index + 1} ${listNames[view]}]` : `${index + 1} ${listNames[view]}`).join(' ');
}

/** What a row of each is. */
export const rowWords: Readonly<Record<ListView, 'job' | 'session'>> = {now: 'job', sessions: 'session', window: 'job'};
