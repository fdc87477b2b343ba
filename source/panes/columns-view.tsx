import {Box} from 'ink';
import {columnLines, nothingChosen, type ChosenColumns} from '../view/columns-choice.js';
import {fitCell} from '../view/fit-cell.js';
import type {Layout} from '../view/layout.js';
import {listNames, type ListView} from '../view/list-view.js';
import type {ColumnsOver} from '../view/over.js';
import {firstShown, type Place} from '../view/screen-state.js';
import type {Cell} from '../view/spans.js';
import type {FooterPrompt} from './footer.js';
import {Line} from './line.js';
import {ReadingView} from './reading-view.js';

export type ColumnsViewProps = {
	readonly over: ColumnsOver;
	readonly list: ListView;
	readonly chosen: ChosenColumns;
	/** Ids of the columns that the list shows. */
	readonly shown: readonly string[];
	readonly layout: Layout;
	readonly place: Place;
	readonly message: Cell;
	readonly prompt?: FooterPrompt;
};

/** The columns of a list to choose from, each with a mark for whether it is shown. */
export function ColumnsView({over, list, chosen, shown, layout, place, message, prompt}: ColumnsViewProps) {
	const {width, detailRows} = layout;
	const lines = columnLines(over.ids, chosen[list] ?? nothingChosen, shown);
	const top = firstShown(0, over.cursor, lines.length, detailRows);
	return (
		<ReadingView title={[{text: ` Columns of ${listNames[list]} `, tone: 'strong'}]} place={place} below={0} message={message} prompt={prompt} width={width}>
			<Box flexDirection='column' height={detailRows}>
				{lines.slice(top, top + detailRows).map((line, index) => {
					const hasCursor = top + index === over.cursor;
					return <Line key={over.ids[top + index]} isInverse={hasCursor} cell={fitCell([{text: hasCursor ? '> ' : '  '}, ...line], width)}/>;
				})}
			</Box>
		</ReadingView>
	);
}
