import {useRef} from 'react';
import {keepDrawn, type RowContent} from './row-content.js';

/** The same object while the content looks the same, so that nothing is drawn again at each tick. */
export function useSteady(content: RowContent): RowContent {
	const drawn = useRef(content);
	drawn.current = keepDrawn(drawn.current, content);
	return drawn.current;
}
