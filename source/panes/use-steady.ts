import {useRef} from 'react';
import {keepDrawn, type ListContent} from '../view/list-content.js';

/** The same content object while it shows the same, so that nothing is drawn anew at each tick. */
export function useSteady(content: ListContent): ListContent {
	const drawn = useRef(content);
	drawn.current = keepDrawn(drawn.current, content);
	return drawn.current;
}
