import type {Field} from './field.js';

/** An organization, backup repository or backup proxy server, as far as a row needs it: its name. */
export type Named = {
	readonly id: string;
	readonly name: Field<string>;
};
