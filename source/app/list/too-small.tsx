import {Box} from 'ink';
import {fitCell} from '../../ui/text/fit-cell.js';
import {leastSize} from '../shared/layout.js';
import type {Row} from '../shared/rows/rows.js';
import type {Cell} from '../../ui/text/spans.js';
import {statusTone, statusWord} from '../shared/status-words.js';
import {Line} from '../../ui/line.js';
import {countByStatus} from './counts.js';

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
