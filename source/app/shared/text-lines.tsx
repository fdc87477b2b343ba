import {Box} from 'ink';
import {fitCell} from '../../ui/text/fit-cell.js';
import type {Cell} from '../../ui/text/spans.js';
import {Line} from '../../ui/line.js';

export type TextLinesProps = {
	readonly lines: readonly Cell[];
	readonly top: number;
	readonly height: number;
	readonly width: number;
};

/** Lines of text, from a line on as many as fit. */
export function TextLines({lines, top, height, width}: TextLinesProps) {
	return (
		<Box flexDirection='column' height={height}>
			{lines.slice(top, top + height).map((cell, index) => <Line key={index} cell={fitCell(cell, width)}/>)}
		</Box>
	);
}
