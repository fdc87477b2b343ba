import {rule} from './drawing.js';
import {cellWidth, fitCell} from './text/fit-cell.js';
import type {Cell} from './text/spans.js';
import {Line} from './line.js';
import {useStyle} from './appearance-context.js';

const untitled: Cell = [];

/** A line between parts of the screen, which may begin with the title of the part below. */
export function Rule({title = untitled, width}: {readonly title?: Cell; readonly width: number}) {
	const {drawing} = useStyle();
	const left = Math.max(0, width - cellWidth(title));
	return <Line cell={fitCell([...title, {text: rule(left, drawing), tone: 'dim'}], width)}/>;
}
