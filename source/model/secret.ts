const hidden = '[hidden]';

const known = new Set<WeakRef<Secret>>();

/**
The text without any secret that is in memory, for texts that leave the program (crash reports): a
second line of defence, in case a secret got into an error.
*/
export function withoutSecrets(text: string): string {
	const values: string[] = [];
	for (const reference of known) {
		const value = reference.deref()?.open() ?? '';
		if (value === '') {
			known.delete(reference);
		} else {
			values.push(value);
		}
	}

	let clean = text;
	// The longest first: where one is the beginning of another, the rest of that would stay.
	for (const value of values.toSorted((a, b) => b.length - a.length)) {
		for (const form of [value, encodeURIComponent(value.toWellFormed()), JSON.stringify(value).slice(1, -1)]) {
			clean = clean.replaceAll(form, () => hidden);
		}
	}

	return clean;
}

/**
A password or token that cannot be printed, logged, serialised or inspected by
mistake. Only `api/transport/` opens it, to send it.
*/
export class Secret {
	readonly #value: string;

	/**
	@param isWhole - whether it is all of a secret. A part of one, as while it is typed, is not looked for in texts that are
	written out: its few characters stand in any text, and what is hidden of it would tell them.
	*/
	constructor(value: string, isWhole = true) {
		this.#value = value;
		if (isWhole) {
			known.add(new WeakRef(this));
		}
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
