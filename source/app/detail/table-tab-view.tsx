import {Box} from 'ink';
import type {Layout} from '../shared/layout.js';
import type {Focus} from '../screen-state.js';
import type {Cell} from '../../ui/text/spans.js';
import type {FooterPrompt} from '../../ui/footer.js';
import {Line} from '../../ui/line.js';
import {ReadingView} from '../shared/reading-view.js';
import {SlotTable} from '../../ui/table/slot-table.js';
import type {TableTabWindow} from './table-tab.js';

export type TableTabProps = {
	readonly content: TableTabWindow;
	/** The names of the tabs. */
	readonly title: Cell;
	readonly layout: Layout;
	readonly focus: Focus;
	readonly message: Cell;
	readonly prompt?: FooterPrompt;
};

/** A tab of lines and a table below the header; the table is drawn by ink-table. */
export function TableTabView({content: {above, table, below}, title, layout, focus, message, prompt}: TableTabProps) {
	return (
		<ReadingView focus={focus} title={title} below={below} message={message} prompt={prompt} width={layout.width}>
			<Box flexDirection='column' height={layout.detailRows}>
				{above.map((cell, index) => <Line key={index} cell={cell}/>)}
				{table && <SlotTable content={table}/>}
			</Box>
		</ReadingView>
	);
}
