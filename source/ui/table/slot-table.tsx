import {createContext, memo, useContext, useMemo} from 'react';
import {lineOf} from '../text/line-of.js';
import type {Cell} from '../text/spans.js';
import {Line} from '../line.js';
import {Table} from './ink-table.js';

/** The cells of a table, each with the width of its column and the gap to the next one. */
export type TableContent = {
	readonly heading: readonly Cell[];
	/** Whether the heading is drawn; true unless said. */
	readonly hasHeading?: boolean;
	readonly rows: ReadonlyArray<readonly Cell[]>;
	/** Index of the row under the cursor, if there is one. */
	readonly selected?: number;
};

const Content = createContext<TableContent>({heading: [], rows: []});

/*
ink-table hashes and remounts a row whenever its content changes, and tells a cell neither its row
nor the cursor. So its data are constant slots, the indexes of rows, and a row is one cell: what Ink
does for a frame grows with the number of texts. The content of a cell comes from the context, and
the table is rendered again only when the number of rows changes.
*/
function SlotCell({children}: {readonly children: string}) {
	const {rows, selected} = useContext(Content);
	const slot = Number(children);
	return <Line cell={lineOf(rows[slot] ?? [])} isInverse={slot === selected}/>;
}

function SlotHeading() {
	const {heading, hasHeading = true} = useContext(Content);
	return hasHeading && <Line cell={lineOf(heading)}/>;
}

// The lines and borders of ink-table are left out: they cost a line per row and a column per cell.
function NoSkeleton() {
	return null;
}

const columns = ['row'];

const Slots = memo(({rowCount}: {readonly rowCount: number}) => {
	const slots = useMemo(() => Array.from({length: rowCount}, (_slot, row) => ({row: String(row)})), [rowCount]);
	return <Table data={slots} columns={columns} cell={SlotCell} header={SlotHeading} skeleton={NoSkeleton}/>;
});

/** A table of fitted cells, drawn by ink-table. */
export function SlotTable({content}: {readonly content: TableContent}) {
	return (
		<Content.Provider value={content}>
			<Slots rowCount={content.rows.length}/>
		</Content.Provider>
	);
}
