import {Box} from 'ink';
import type {DetailContent} from '../view/detail-content.js';
import {Line} from './line.js';
import {SlotTable} from './slot-table.js';

export type DetailProps = {
	readonly content: DetailContent;
	/** Lines that fit. */
	readonly height: number;
};

/** One session: facts, the table of statistics, ids, details and the newest log items. Draws the window that fits. */
export function Detail({content: {isSideBySide, facts, statistics, more, top}, height}: DetailProps) {
	const statisticsHeight = statistics.rows.length + 1;
	const blockHeight = isSideBySide ? Math.max(facts.length, statisticsHeight) : facts.length;
	const moreFrom = isSideBySide ? blockHeight : blockHeight + statisticsHeight;
	const end = top + height;
	const statisticsFrom = isSideBySide ? 0 : blockHeight;
	return (
		<Box flexDirection='column' height={height}>
			<Box flexDirection='row'>
				<Box flexDirection='column'>
					<Lines cells={facts.slice(top, end)}/>
				</Box>
				{isSideBySide && <Statistics statistics={statistics} from={top - statisticsFrom} to={end - statisticsFrom}/>}
			</Box>
			{!isSideBySide && <Statistics statistics={statistics} from={top - statisticsFrom} to={end - statisticsFrom}/>}
			<Lines cells={more.slice(Math.max(0, top - moreFrom), Math.max(0, end - moreFrom))}/>
		</Box>
	);
}

function Lines({cells}: {readonly cells: DetailContent['more']}) {
	return cells.map((cell, index) => <Line key={index} cell={cell}/>);
}

// The window may begin below the heading; then the table is drawn without it.
function Statistics({statistics, from, to}: {readonly statistics: DetailContent['statistics']; readonly from: number; readonly to: number}) {
	const rows = statistics.rows.slice(Math.max(0, from - 1), Math.max(0, to - 1));
	return (
		<Box flexDirection='column' marginLeft={1}>
			{to > 0 && <SlotTable content={{heading: statistics.heading, hasHeading: from <= 0, rows}}/>}
		</Box>
	);
}
