const hidden = '[hidden]';

const known = new Set<WeakRef<Secret>>();

/**
The text without any secret that the program holds, for what is written outside it (crash reports): a
second line of defence, should a secret have got into an error.
*/
export function withoutSecrets(text: string): string {
	let clean = text;
	for (const reference of known) {
		const value = reference.deref()?.open() ?? '';
		if (value === '') {
			known.delete(reference);
			continue;
		}

		for (const form of [value, encodeURIComponent(value.toWellFormed()), JSON.stringify(value).slice(1, -1)]) {
			clean = clean.replaceAll(form, () => hidden);
		}
	}

	return clean;
}

/**
A password or token that cannot be printed, logged, serialised or inspected by
mistake. Only the line that sends it, in
`api/transport.ts`, opens it.
*/
export class Secret {
	readonly #value: string;

	constructor(value: string) {
		this.#value = value;
		known.add(new WeakRef(this));
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
