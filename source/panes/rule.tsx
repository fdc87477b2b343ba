import {rule} from '../view/drawing.js';
import {cellWidth, fitCell} from '../view/fit-cell.js';
import type {Cell} from '../view/spans.js';
import {Line} from './line.js';
import {useLooks} from './looks-context.js';

const untitled: Cell = [];

/** A line between parts of the screen, which may begin with the words of what follows. */
export function Rule({title = untitled, width}: {readonly title?: Cell; readonly width: number}) {
	const {drawing} = useLooks();
	const left = Math.max(0, width - cellWidth(title));
	return <Line cell={fitCell([...title, {text: rule(left, drawing), tone: 'dim'}], width)}/>;
}
