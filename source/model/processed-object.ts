import type {Field} from './field.js';

/** An object that a session has processed, as the server lists it: without a name. */
export type ProcessedObject = {
	/** A text; what it refers to is not documented. */
	readonly id: string;
	/** `User`, `Group`, `Site` or `Team`; other words are passed on as sent. */
	readonly type: Field<string>;
	/** `Success`, `Warning` or `Failed`; other words are passed on as sent. */
	readonly status: Field<string>;
};

/** The objects that a session has processed, or why there is no list of them. */
export type ProcessedObjects =
	| {
		readonly kind: 'listed';
		/** In the server's order, at most 100,000. */
		readonly entries: readonly ProcessedObject[];
		/** Whether there are more than these. */
		readonly isCut: boolean;
		/** Entries that could not be read at all. */
		readonly dropped: number;
	}
	/** The version has no such list, or the server no longer has the session. */
	| {readonly kind: 'notInVersion' | 'gone'};
