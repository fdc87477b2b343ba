/**
What stands in the model where the server sent something that cannot be read as
the field's type (a word for a number, an object for a text). It is drawn as `?`,
never as a wrong figure.
*/
export const unreadable = Symbol('unreadable');

/**
A field as the server sent it: a value, absent (`undefined`: the version lacks it,
or it was left out or null) or unreadable. No field of a session is required by
the API, in any version.
*/
export type Field<Value> = Value | undefined | typeof unreadable;

/** The field's value, or `undefined` where it is absent or unreadable. */
export function valueOf<Value>(field: Field<Value>): Value | undefined {
	return field === unreadable ? undefined : field;
}
