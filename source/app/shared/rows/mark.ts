import type {Cell} from '../../../ui/text/spans.js';
import type {Row} from './rows.js';

/** Whether a row is a problem that nobody has acknowledged. */
export function isOpenProblem({isProblem, isAcknowledged}: Row): boolean {
	return isProblem === true && !isAcknowledged;
}

/** The mark before a row: `>` is the cursor, `!` a problem that nobody has acknowledged. */
export function markCell({isProblem, isAcknowledged}: Row, hasCursor: boolean): Cell {
	const cursor = hasCursor ? '>' : ' ';
	return isProblem && !isAcknowledged ? [{text: cursor}, {text: '!', tone: 'bad'}] : [{text: `${cursor} `}];
}
