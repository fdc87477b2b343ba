/**
A pure function that keeps what it gave; what it gives is shared, and never undefined.
@param most - so many are kept, more than a frame has unless said; then all are forgotten
*/
export function kept<Key, Value>(of: (key: Key) => Value, most = 2000): (key: Key) => Value {
	const values = new Map<Key, Value>();
	return key => {
		const known = values.get(key);
		if (known !== undefined) {
			return known;
		}

		const value = of(key);
		if (values.size >= most) {
			values.clear();
		}

		values.set(key, value);
		return value;
	};
}
