/** What the user made of the columns of one list; those in neither are shown where they fit. */
export type ColumnChoice = {
	/** Ids of columns that are not shown. */
	readonly off: readonly string[];
	/** Ids of columns that are shown on any terminal that has room beside those that always are. */
	readonly on: readonly string[];
};

/** How the monitor is set, whatever is on screen. */
export type Preferences = {
	/** Milliseconds from the end of one poll to the next. */
	readonly refreshMs: number;
	/** How far back the list looks, in milliseconds. */
	readonly rangeMs: number;
	/** Whether a preview is wanted beside the list, where there is room for it. */
	readonly hasPreview: boolean;
	/** Whether a new problem rings the bell. */
	readonly rings: boolean;
	/** By the name of a list. */
	readonly columns: Readonly<Record<string, ColumnChoice | undefined>>;
};
