import {Box} from 'ink';
import {fitCell} from '../../ui/text/fit-cell.js';
import {counted} from '../../ui/format.js';
import type {Cell} from '../../ui/text/spans.js';
import {cutText} from '../../ui/text/text.js';
import {Line} from '../../ui/line.js';

export type CopyViewProps = {
	/** As `copyLines` gives them for this width. */
	readonly lines: readonly string[];
	/** The first line shown; beyond the end, the last ones are. */
	readonly top: number;
	readonly width: number;
	/** Lines of the whole view, 1 or more. */
	readonly height: number;
};

/**
The text alone, without borders, from the first column on, so that the terminal's own selection takes
nothing else with it; the last line says how to leave and how much follows.
*/
export function CopyView({lines, top, width, height}: CopyViewProps) {
	const rows = height - 1;
	const first = Math.max(0, Math.min(top, lines.length - rows));
	const below = lines.length - first - rows;
	const words = [' Esc back', ...below > 0 ? [`${counted(below, 'more line')}, j scrolls`] : [], 'select the text to copy it'];
	const leave: Cell = [{text: words.join('  '), tone: 'dim'}];
	return (
		<Box flexDirection='column' height={height}>
			<Box flexDirection='column' height={rows}>
				{/* Not filled with spaces: they would be selected too. */}
				{lines.slice(first, first + rows).map((text, index) => <Line key={index} cell={text === '' ? [] : [{text: cutText(text, width)}]}/>)}
			</Box>
			<Line cell={fitCell(leave, width)}/>
		</Box>
	);
}
