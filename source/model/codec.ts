import {faultPolicies, ServerFault, type FaultKind} from './errors.js';
import {unreadable} from './field.js';
import {Secret} from './secret.js';

/*
Messages and effects as text: JSON, in which what JSON has no word for is an object with the one extra key `tag`. A plain object
that has that key itself is written as its entries.
*/

const tag = '$';

type Fields = Readonly<Record<string, unknown>>;

/**
Plain data as text that `decode` reads back equal: unreadable fields, `undefined`, maps, sets, faults and numbers that JSON
does not have among it. Of a fault its cause and its stack are left out, of a secret everything.
Throws `TypeError` for what is no plain data (functions, other classes).
*/
export function encode(value: unknown): string {
	return JSON.stringify(tagged(value));
}

/** What `encode` was given; a secret comes back empty. Throws `SyntaxError` for a text that is not of `encode`. */
export function decode(text: string): unknown {
	return untagged(JSON.parse(text));
}

function tagged(value: unknown): unknown {
	switch (typeof value) {
		case 'string':
		case 'boolean': {
			return value;
		}

		case 'number': {
			return Number.isFinite(value) && !Object.is(value, -0) ? value : {[tag]: 'number', value: Object.is(value, -0) ? '-0' : String(value)};
		}

		case 'undefined': {
			return {[tag]: 'undefined'};
		}

		case 'object': {
			return value === null ? null : taggedObject(value);
		}

		case 'bigint':
		case 'function':
		case 'symbol': {
			if (value === unreadable) {
				return {[tag]: 'unreadable'};
			}

			throw new TypeError(`A ${typeof value} is no plain data.`);
		}
	}
}

function taggedObject(value: object): unknown {
	if (Array.isArray(value)) {
		return value.map(element => tagged(element));
	}

	if (value instanceof Map) {
		return {[tag]: 'map', entries: [...value].map(entry => tagged(entry))};
	}

	if (value instanceof Set) {
		return {[tag]: 'set', values: [...value].map(element => tagged(element))};
	}

	if (value instanceof Secret) {
		return {[tag]: 'secret'};
	}

	if (value instanceof ServerFault) {
		const {kind, message, retryAfterMs, certificate} = value;
		return {[tag]: 'fault', kind, message, retryAfterMs: tagged(retryAfterMs), certificate: tagged(certificate)};
	}

	const prototype: unknown = Object.getPrototypeOf(value);
	if (prototype !== Object.prototype && prototype !== null) {
		throw new TypeError(`A ${value.constructor.name} is no plain data.`);
	}

	const fields = Object.entries(value).map(([key, field]) => [key, tagged(field)] as const);
	return Object.hasOwn(value, tag) ? {[tag]: 'object', entries: fields} : Object.fromEntries(fields);
}

function untagged(value: unknown): unknown {
	if (Array.isArray(value)) {
		return value.map(element => untagged(element));
	}

	if (typeof value !== 'object' || value === null) {
		return value;
	}

	if (!Object.hasOwn(value, tag)) {
		return untaggedEntries(Object.entries(value));
	}

	const {$: name, ...fields} = value as Fields;
	const reader = Object.hasOwn(readers, String(name)) ? readers[String(name)] : undefined;
	if (!reader) {
		throw new SyntaxError(`Unknown tag ${JSON.stringify(name)}.`);
	}

	return reader(fields);
}

const readers: Readonly<Record<string, (fields: Fields) => unknown>> = {
	undefined: () => undefined,
	unreadable: () => unreadable,
	secret: () => new Secret(''),
	number: ({value}) => Number(value),
	map: ({entries}) => new Map(listOf(entries).map(entry => untagged(entry) as [unknown, unknown])),
	set: ({values}) => new Set(listOf(values).map(element => untagged(element))),
	object: ({entries}) => untaggedEntries(listOf(entries) as Array<[string, unknown]>),
	fault: faultOf,
};

function untaggedEntries(entries: ReadonlyArray<readonly [string, unknown]>): Fields {
	return Object.fromEntries(entries.map(([key, field]) => [key, untagged(field)]));
}

function listOf(value: unknown): readonly unknown[] {
	if (!Array.isArray(value)) {
		throw new SyntaxError('A list is missing.');
	}

	return value;
}

function faultOf({kind, message, retryAfterMs, certificate}: Fields): ServerFault {
	if (!Object.hasOwn(faultPolicies, String(kind))) {
		throw new SyntaxError(`Unknown kind of fault ${JSON.stringify(kind)}.`);
	}

	const fault = new ServerFault(kind as FaultKind, '', {
		retryAfterMs: untagged(retryAfterMs) as ServerFault['retryAfterMs'],
		certificate: untagged(certificate) as ServerFault['certificate'],
	});
	// The constructor puts the kind's words before what it is given; here they are in the message already.
	fault.message = String(message);
	return fault;
}
