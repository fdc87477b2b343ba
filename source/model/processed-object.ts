import type {Field} from './field.js';

/** An object that a session has processed, as the server lists it: without a name. */
export type ProcessedObject = {
	/** A text; what it refers to is not documented. */
	readonly id: string;
	/** `User`, `Group`, `Site` or `Team`; other words are kept as sent. */
	readonly type: Field<string>;
	/** `Success`, `Warning` or `Failed`; other words are kept as sent. */
	readonly status: Field<string>;
};
