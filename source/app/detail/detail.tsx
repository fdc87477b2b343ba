import {Box} from 'ink';
import type {ReactNode} from 'react';
import {Line} from '../../ui/line.js';
import {SlotTable} from '../../ui/table/slot-table.js';
import {ReadingView, type ReadingFrame} from '../shared/reading-view.js';
import type {State} from '../shared/state/state.js';
import type {LogContent} from './log/log-content.js';
import {Blocks} from './summary/blocks.js';
import type {OpenedDetail} from './opened.js';
import {linesBelow, type TabBody} from './tab-body.js';
import {tabOf, tabTitle} from './tabs.js';
import type {TableTabWindow} from './table-tab.js';

/** What a tab shows, in `height` lines. */
export function DetailBody({body, height}: {readonly body: TabBody; readonly height: number}): ReactNode {
	switch (body.kind) {
		case 'blocks': {
			return <Blocks content={body.content} height={height}/>;
		}

		case 'table': {
			return <TableBody content={body.content} height={height}/>;
		}

		case 'log': {
			return <LogBody content={body.content} height={height}/>;
		}
	}
}

function TableBody({content: {above, table}, height}: {readonly content: TableTabWindow; readonly height: number}) {
	return (
		<Box flexDirection='column' height={height}>
			{above.map((cell, index) => <Line key={index} cell={cell}/>)}
			{table && <SlotTable content={table}/>}
		</Box>
	);
}

function LogBody({content: {status, lines}, height}: {readonly content: LogContent; readonly height: number}) {
	return (
		<Box flexDirection='column' height={height}>
			<Line cell={status}/>
			{lines.map(({cell, isCursor}, index) => <Line key={index} cell={cell} isInverse={isCursor}/>)}
		</Box>
	);
}

export type DetailViewProps = ReadingFrame & {
	readonly state: State;
	readonly opened: OpenedDetail;
	/** The id of the tab. */
	readonly tab: string;
};

/** One session, or a job without one, below its header: the names of the tabs, what the chosen one shows, last message, keys. */
export function DetailView({state, opened, tab, ...frame}: DetailViewProps) {
	const {layout: {width, detailRows}} = frame;
	const body = tabOf(tab).body(state, opened);
	return (
		<ReadingView title={tabTitle(tab, width)} below={linesBelow(body)} {...frame}>
			<DetailBody key={tab} body={body} height={detailRows}/>
		</ReadingView>
	);
}
