const hidden = '[hidden]';

/**
A password or token that cannot be printed, logged, serialised or inspected by
mistake. Only the line that sends it, in
`api/transport.ts`, opens it.
*/
export class Secret {
	readonly #value: string;

	constructor(value: string) {
		this.#value = value;
	}

	/** The secret itself, for the one request that needs it. */
	open(): string {
		return this.#value;
	}

	toString(): string {
		return hidden;
	}

	toJSON(): string {
		return hidden;
	}

	[Symbol.for('nodejs.util.inspect.custom')](): string {
		return hidden;
	}
}
