import {useEffect, useState} from 'react';
import type {Now} from '../model/now.js';

/**
The time, anew each second of the server's clock, so that the seconds on screen never skip,
and with each new answer, which may have told more of that clock.
@param answer - what is drawn with this time; another object reads the time anew
*/
export function useNow(read: () => Now, answer: unknown): Now {
	const [now, setNow] = useState(read);
	const [drawn, setDrawn] = useState(answer);
	if (drawn !== answer) {
		setDrawn(answer);
		setNow(read());
	}

	useEffect(() => {
		let timer: NodeJS.Timeout | undefined;
		const tick = () => {
			const current = read();
			setNow(current);
			// A little past the full second: a timer that fires early would show the old one twice.
			timer = setTimeout(tick, 1010 - (current.server % 1000));
		};

		tick();
		return () => {
			clearTimeout(timer);
		};
	}, [read]);
	return now;
}
