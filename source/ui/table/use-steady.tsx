import {useRef} from 'react';
import {keepDrawn, type RowContent} from './row-content.js';

/** The same content object while it shows the same, so that nothing is drawn anew at each tick. */
export function useSteady(content: RowContent): RowContent {
	const drawn = useRef(content);
	drawn.current = keepDrawn(drawn.current, content);
	return drawn.current;
}
