import {Box} from 'ink';
import type {Cell} from '../../../ui/text/spans.js';
import {Line} from '../../../ui/line.js';
import {SlotTable} from '../../../ui/table/slot-table.js';
import type {Block, BlockTable, DetailContent} from './summary-content.js';

export type BlocksProps = {
	readonly content: DetailContent;
	/** Lines that fit. */
	readonly height: number;
};

/** One session or job: blocks of lines, some with a table. Draws the window that fits. */
export function Blocks({content: {blocks, top}, height}: BlocksProps) {
	return (
		<Box flexDirection='column' height={height}>
			{blocks.map((block, index) => <BlockPart key={index} block={block} from={top - block.from} to={top - block.from + height}/>)}
		</Box>
	);
}

type Part = {
	/** Lines from the start of what is drawn: the first on screen, and the first below it. */
	readonly from: number;
	readonly to: number;
};

function BlockPart({block: {lines, table, isSideBySide}, from, to}: Part & {readonly block: Block}) {
	const below = isSideBySide ? 0 : lines.length;
	return (
		<Box flexDirection={isSideBySide ? 'row' : 'column'}>
			<Box flexDirection='column'>
				<Lines cells={lines.slice(Math.max(0, from), Math.max(0, to))}/>
			</Box>
			{table && <PartOfTable table={table} from={from - below} to={to - below}/>}
		</Box>
	);
}

function Lines({cells}: {readonly cells: readonly Cell[]}) {
	return cells.map((cell, index) => <Line key={index} cell={cell}/>);
}

// The window may begin below the heading; then the table is drawn without it.
function PartOfTable({table: {heading, rows}, from, to}: Part & {readonly table: BlockTable}) {
	const shown = rows.slice(Math.max(0, from - 1), Math.max(0, to - 1));
	return (
		<Box flexDirection='column' marginLeft={1}>
			{to > 0 && <SlotTable content={{heading, hasHeading: from <= 0, rows: shown}}/>}
		</Box>
	);
}
