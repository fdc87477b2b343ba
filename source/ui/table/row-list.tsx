import {Box} from 'ink';
import {fitCell} from '../text/fit-cell.js';
import {wrapText} from '../text/text.js';
import {Line} from '../line.js';
import type {RowContent} from './row-content.js';
import {SlotTable} from './slot-table.js';

export type RowListProps = {
	readonly content: RowContent;
	/** Lines that are shown while there are no rows. */
	readonly empty: readonly string[];
	/** Lines for the rows, without the heading. */
	readonly height: number;
	readonly width: number;
};

/** A list: heading and rows, drawn by ink-table, or a text instead of the rows. */
export function RowList({content, empty, height, width}: RowListProps) {
	return (
		<Box flexDirection='column' height={height + 1}>
			<SlotTable content={content}/>
			{content.rows.length === 0 && emptyText(empty, width).slice(0, height).map((line, index) => <Line key={index} cell={fitCell([{text: `  ${line}`}], width)}/>)}
		</Box>
	);
}

// The text of an empty list is advice: it is wrapped, not cut.
function emptyText(lines: readonly string[], width: number): string[] {
	return lines.flatMap(line => wrapText(line, width - 4, 6));
}
