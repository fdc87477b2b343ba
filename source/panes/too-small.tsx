import {Box} from 'ink';
import {countByStatus} from '../view/counts.js';
import {fitCell} from '../view/fit-cell.js';
import {leastSize} from '../view/layout.js';
import type {Row} from '../view/rows.js';
import {statusTone, statusWord, type Cell} from '../view/spans.js';
import {Line} from './line.js';

export type TooSmallProps = {
	readonly header: Cell;
	readonly rows: readonly Row[];
	readonly width: number;
	readonly height: number;
};

/** What is left on a terminal too small for a list: connection and counts, still live, and the size that is needed. */
export function TooSmall({header, rows, width, height}: TooSmallProps) {
	const byStatus = countByStatus(rows);
	const lines: Cell[] = [
		header,
		[{text: ` needs ${leastSize.columns}x${leastSize.rows}`, tone: 'dim'}],
		...['Failed', 'Running', 'Queued', 'Warning', 'Success'].map((status): Cell => [{text: ` ${byStatus.get(status) ?? 0} ${statusWord(status)}`, tone: statusTone(status)}]),
	];
	return (
		<Box flexDirection='column'>
			{lines.slice(0, height).map((cell, index) => <Line key={index} cell={fitCell(cell, width)}/>)}
		</Box>
	);
}
