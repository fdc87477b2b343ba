import {Box} from 'ink';
import {Line} from '../../../ui/line.js';
import {fitCell} from '../../../ui/text/fit-cell.js';
import {columnLines, nothingChosen} from '../../shared/columns/column-choice.js';
import {ReadingView, type ReadingFrame} from '../../shared/reading-view.js';
import {listLabels} from '../../shared/rows/lists.js';
import {choosableColumns, firstShown, listLayer, shownColumnIds} from '../../shared/state/selectors.js';
import type {State} from '../../shared/state/state.js';

export type ColumnsViewProps = ReadingFrame & {
	readonly state: State;
	/** Index of the column under the cursor. */
	readonly cursor: number;
};

/** The columns of a list to choose from, each with a mark for whether it is shown. */
export function ColumnsView({state, cursor, ...frame}: ColumnsViewProps) {
	const {layout: {width, detailRows}} = frame;
	const {list} = listLayer(state);
	const ids = choosableColumns(state);
	const lines = columnLines(ids, state.preferences.columns[list] ?? nothingChosen, shownColumnIds(state));
	const top = firstShown(0, cursor, lines.length, detailRows);
	return (
		<ReadingView title={[{text: ` Columns of ${listLabels[list]} `, tone: 'strong'}]} below={0} {...frame}>
			<Box flexDirection='column' height={detailRows}>
				{lines.slice(top, top + detailRows).map((line, index) => {
					const hasCursor = top + index === cursor;
					return <Line key={ids[top + index]} isInverse={hasCursor} cell={fitCell([{text: hasCursor ? '> ' : '  '}, ...line], width)}/>;
				})}
			</Box>
		</ReadingView>
	);
}
