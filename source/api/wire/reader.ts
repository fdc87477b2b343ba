import {unreadable, type Field} from '../../model/field.js';
import {visibleText} from './visible-text.js';

/** Reads the fields of one object of the wire; null and absent are undefined, a wrong type is unreadable. */
export type Reader = {
	/** A text, made visible. */
	text(name: string): Field<string>;
	/** An id as text, UUIDs in lower case, as links have them; unreadable where it cannot be a name in a path. */
	id(name: string): Field<string>;
	/** A number of at least 0 and at most 2^53 - 1, also where it comes as a numeric string. */
	count(name: string): Field<number>;
	/** A count that is a position in an order: a whole number. */
	ordinal(name: string): Field<number>;
	/** A whole number of either sign, also where it comes as a numeric string. */
	integer(name: string): Field<number>;
	flag(name: string): Field<boolean>;
	/** An array of that many booleans, as a text of `1` and `0`. */
	flags(name: string, length: number): Field<string>;
	/** Milliseconds since 1970, fractions dropped. */
	time(name: string): Field<number>;
	/** A version mark that may come as a number or as a text. */
	tag(name: string): Field<string>;
	/** The last path segment of `_links[link].href`, as an id; the href itself is never followed. */
	lastSegment(link: string): Field<string>;
	/** The reader of an object in a field; where that is no object, all of its fields are unreadable. */
	nested(name: string): Reader;
};

type WireObject = Readonly<Record<string, unknown>>;

/** The reader of a wire object; undefined where `wire` is no object. */
export function reader(wire: unknown): Reader | undefined {
	return isWireObject(wire) ? new FieldReader(name => wire[name]) : undefined;
}

function isWireObject(wire: unknown): wire is WireObject {
	return typeof wire === 'object' && wire !== null && !Array.isArray(wire);
}

class FieldReader implements Reader {
	readonly #valueAt: (name: string) => unknown;

	constructor(valueAt: (name: string) => unknown) {
		this.#valueAt = valueAt;
	}

	text(name: string): Field<string> {
		return this.#read(name, readText);
	}

	id(name: string): Field<string> {
		return this.#read(name, readId);
	}

	count(name: string): Field<number> {
		return this.#read(name, readCount);
	}

	ordinal(name: string): Field<number> {
		return this.#read(name, readOrdinal);
	}

	integer(name: string): Field<number> {
		return this.#read(name, readInteger);
	}

	flag(name: string): Field<boolean> {
		return this.#read(name, readFlag);
	}

	flags(name: string, length: number): Field<string> {
		return this.#read(name, value => readFlags(value, length));
	}

	time(name: string): Field<number> {
		return this.#read(name, readTime);
	}

	tag(name: string): Field<string> {
		return this.#read(name, readTag);
	}

	lastSegment(link: string): Field<string> {
		const href = this.nested('_links').nested(link).text('href');
		return typeof href === 'string' ? readSegment(href) : href;
	}

	nested(name: string): Reader {
		const value = this.#valueAt(name) ?? {};
		return new FieldReader(inner => isWireObject(value) ? value[inner] : unreadable);
	}

	#read<Value>(name: string, read: (value: unknown) => Field<Value>): Field<Value> {
		const value = this.#valueAt(name) ?? undefined;
		return value === undefined ? undefined : read(value);
	}
}

function readText(value: unknown): Field<string> {
	return typeof value === 'string' ? visibleText(value) : unreadable;
}

function readId(value: unknown): Field<string> {
	if (typeof value !== 'string') {
		return unreadable;
	}

	if (value === '') {
		return undefined;
	}

	// An id is sent back in a path, where `.` and `..` lead elsewhere, however they are encoded; a text that had to be made visible is no id.
	if (value.length > longestId || value === '.' || value === '..' || visibleText(value) !== value) {
		return unreadable;
	}

	return value.length === uuidLength ? value.toLowerCase() : value;
}

const longestId = 200;

const uuidLength = 36;

function readSegment(href: string): Field<string> {
	return readId(href.split(/[#?]/v, 1).join('').split('/').findLast(segment => segment !== '') ?? '');
}

function readCount(value: unknown): Field<number> {
	const number = typeof value === 'string' && /^\s*\d+(?:\.\d+)?\s*$/v.test(value) ? Number(value) : value;
	return typeof number === 'number' && number >= 0 && number <= Number.MAX_SAFE_INTEGER ? number : unreadable;
}

function readOrdinal(value: unknown): Field<number> {
	const number = readCount(value);
	return Number.isSafeInteger(number) ? number : unreadable;
}

function readFlag(value: unknown): Field<boolean> {
	return typeof value === 'boolean' ? value : unreadable;
}

function readInteger(value: unknown): Field<number> {
	const number = typeof value === 'string' && /^\s*-?\d+\s*$/v.test(value) ? Number(value) : value;
	return Number.isSafeInteger(number) ? number as number : unreadable;
}

function readFlags(value: unknown, length: number): Field<string> {
	const isRow = Array.isArray(value) && value.length === length && value.every(flag => typeof flag === 'boolean');
	return isRow ? value.map(Number).join('') : unreadable;
}

function readTag(value: unknown): Field<string> {
	return Number.isSafeInteger(value) ? String(value) : readText(value);
}

const isoTime = /^(?<day>\d{4}-\d\d-\d\d)[ t](?<clock>\d\d:\d\d(?::\d\d)?)(?:\.(?<fraction>\d+))?(?<zone>z|[+\-]\d\d:?\d\d)?$/iv;

// The servers send 1 to 7 fractional digits and Z; product versions before 6 also sent local offsets.
function readTime(value: unknown): Field<number> {
	const parts = typeof value === 'string' ? isoTime.exec(value)?.groups : undefined;
	if (!parts) {
		return unreadable;
	}

	const clock = parts['clock']!.length === 5 ? `${parts['clock']}:00` : parts['clock'];
	const milliseconds = (parts['fraction'] ?? '').slice(0, 3).padEnd(3, '0');
	const utc = Date.parse(`${parts['day']}T${clock}.${milliseconds}Z`);
	// 30 February parses, as a day in March; every month has 28 days.
	const isRealDay = !Number.isNaN(utc) && (Number(parts['day']!.slice(-2)) <= 28 || new Date(utc).toISOString().startsWith(parts['day']!));
	return isRealDay ? utc - offsetOf(parts['zone'] ?? 'Z') : unreadable;
}

function offsetOf(zone: string): number {
	if (zone.toUpperCase() === 'Z') {
		return 0;
	}

	const offset = ((Number(zone.slice(1, 3)) * 60) + Number(zone.slice(-2))) * 60_000;
	return zone.startsWith('-') ? -offset : offset;
}
