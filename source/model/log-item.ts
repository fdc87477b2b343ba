import type {Field} from './field.js';

/** One line of a session's log. */
export type LogItem = {
	readonly id: string;
	/** Order within the log; gaps are normal (1, 2, 1000). */
	readonly usn: Field<number>;
	/** `Success`, `Warning`, `Error`, `Running`, `Stop`; v6 and v7 say it in a prefix of the title. */
	readonly type: Field<string>;
	/** The text without its `[Success]` prefix. Times inside it are the server's local ones. */
	readonly text: Field<string>;
	/** Milliseconds since 1970, UTC. */
	readonly createdAt: Field<number>;
	/** Milliseconds since 1970, UTC; absent while the step runs. */
	readonly endedAt: Field<number>;
};
