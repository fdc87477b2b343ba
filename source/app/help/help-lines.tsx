import {Box} from 'ink';
import {fitCell} from '../../ui/text/fit-cell.js';
import type {Cell} from '../../ui/text/spans.js';
import {Line} from '../../ui/line.js';

export type HelpProps = {
	readonly lines: readonly Cell[];
	readonly top: number;
	readonly height: number;
	readonly width: number;
};

/** All keys, from the table that binds them; the window that fits. */
export function Help({lines, top, height, width}: HelpProps) {
	return (
		<Box flexDirection='column' height={height}>
			{lines.slice(top, top + height).map((cell, index) => <Line key={index} cell={fitCell(cell, width)}/>)}
		</Box>
	);
}
