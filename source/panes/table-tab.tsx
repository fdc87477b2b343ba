import {Box} from 'ink';
import type {Layout} from '../view/layout.js';
import type {Place} from '../view/screen-state.js';
import type {Cell} from '../view/spans.js';
import type {TableTabWindow} from '../view/table-tab.js';
import type {FooterPrompt} from './footer.js';
import {Line} from './line.js';
import {ReadingView} from './reading-view.js';
import {SlotTable} from './slot-table.js';

export type TableTabProps = {
	readonly content: TableTabWindow;
	/** The names of the tabs. */
	readonly title: Cell;
	readonly layout: Layout;
	readonly place: Place;
	readonly message: Cell;
	readonly prompt?: FooterPrompt;
};

/** A tab of lines and a table below the header; the table is drawn by ink-table. */
export function TableTabView({content: {above, table, below}, title, layout, place, message, prompt}: TableTabProps) {
	return (
		<ReadingView place={place} title={title} below={below} message={message} prompt={prompt} width={layout.width}>
			<Box flexDirection='column' height={layout.detailRows}>
				{above.map((cell, index) => <Line key={index} cell={cell}/>)}
				{table && <SlotTable content={table}/>}
			</Box>
		</ReadingView>
	);
}
