/**
A pure function that keeps what it gave by its first argument, which says all that the others do; what it gives is shared, and
never undefined.
@param most - so many are kept, more than a frame has unless said; then all are forgotten
*/
export function kept<Key, Rest extends readonly unknown[], Value>(of: (key: Key, ...rest: Rest) => Value, most = 2000): (key: Key, ...rest: Rest) => Value {
	const values = new Map<Key, Value>();
	return (key, ...rest) => {
		const known = values.get(key);
		if (known !== undefined) {
			return known;
		}

		const value = of(key, ...rest);
		if (values.size >= most) {
			values.clear();
		}

		values.set(key, value);
		return value;
	};
}
