import type {Field} from './field.js';

/** An organization, backup repository or backup proxy server, as far as a row needs it: its name. */
export type Named = {
	readonly id: string;
	readonly name: Field<string>;
};

/** A backup repository. */
export type Repository = Named & {
	/** The proxy server that it is on. */
	readonly proxyId?: Field<string>;
	/** Why nothing can be written to it; v8, absent while all is well. */
	readonly outOfOrderReason?: Field<string>;
};

/** A backup proxy server or a pool of them. */
export type Proxy = Named & {
	/** `Online` or `Offline`; a pool has none. */
	readonly status?: Field<string>;
};
