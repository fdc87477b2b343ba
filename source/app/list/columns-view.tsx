import {Box} from 'ink';
import {columnLines, nothingChosen, type ChosenColumns} from '../shared/columns/column-choice.js';
import {fitCell} from '../../ui/text/fit-cell.js';
import type {Layout} from '../shared/layout.js';
import {listLabels, type ListName} from '../shared/rows/lists.js';
import type {ColumnsOverlay} from '../report/overlay.js';
import {firstShown, type Focus} from '../screen-state.js';
import type {Cell} from '../../ui/text/spans.js';
import type {FooterPrompt} from '../../ui/footer.js';
import {Line} from '../../ui/line.js';
import {ReadingView} from '../shared/reading-view.js';

export type ColumnsViewProps = {
	readonly overlay: ColumnsOverlay;
	readonly list: ListName;
	readonly chosen: ChosenColumns;
	/** Ids of the columns that the list shows. */
	readonly shown: readonly string[];
	readonly layout: Layout;
	readonly focus: Focus;
	readonly message: Cell;
	readonly prompt?: FooterPrompt;
};

/** The columns of a list to choose from, each with a mark for whether it is shown. */
export function ColumnsView({overlay, list, chosen, shown, layout, focus, message, prompt}: ColumnsViewProps) {
	const {width, detailRows} = layout;
	const lines = columnLines(overlay.ids, chosen[list] ?? nothingChosen, shown);
	const top = firstShown(0, overlay.cursor, lines.length, detailRows);
	return (
		<ReadingView title={[{text: ` Columns of ${listLabels[list]} `, tone: 'strong'}]} focus={focus} below={0} message={message} prompt={prompt} width={width}>
			<Box flexDirection='column' height={detailRows}>
				{lines.slice(top, top + detailRows).map((line, index) => {
					const hasCursor = top + index === overlay.cursor;
					return <Line key={overlay.ids[top + index]} isInverse={hasCursor} cell={fitCell([{text: hasCursor ? '> ' : '  '}, ...line], width)}/>;
				})}
			</Box>
		</ReadingView>
	);
}
