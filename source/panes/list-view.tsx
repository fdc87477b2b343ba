import {Box} from 'ink';
import {useRef} from 'react';
import type {Connection} from '../model/connection.js';
import type {Now} from '../model/now.js';
import type {Snapshot} from '../model/snapshot.js';
import {countsLine, shownRule} from '../view/counts.js';
import type {SessionEvent} from '../view/events.js';
import {activeFilters} from '../view/filters.js';
import {count} from '../view/format.js';
import {bindings, shortKeys} from '../view/keys.js';
import type {Layout} from '../view/layout.js';
import {keepDrawn, listContent, type ListContent} from '../view/list-content.js';
import {emptyLines, messageLine, notWhole} from '../view/message.js';
import type {Row} from '../view/rows.js';
import {cursorIndex, firstShown, placeOf, type Screen} from '../view/screen.js';
import {ranges, spanWord, step} from '../view/steps.js';
import {isHeld} from '../view/visible-rows.js';
import {Footer} from './footer.js';
import {Line} from './line.js';
import {SessionList} from './session-list.js';

export type ListViewProps = {
	readonly serverName: string;
	readonly snapshot: Snapshot;
	readonly connection: Connection;
	/** Every row held, and those on screen in their order. */
	readonly rows: readonly Row[];
	readonly visible: readonly Row[];
	readonly screen: Screen;
	readonly layout: Layout;
	readonly event: SessionEvent | undefined;
	/** The moment that durations are told for. */
	readonly now: Now;
	readonly zone: string;
};

/** The Sessions view below its header: counts, list, details of the selected row, last message, keys. */
export function ListView({serverName, snapshot, connection, rows, visible, screen, layout, event, now, zone}: ListViewProps) {
	const {width, listRows} = layout;
	const {narrowing} = screen;
	const {rangeMs} = snapshot.scope;
	const cursor = cursorIndex(visible, screen.selectedKey);
	const top = firstShown(screen.top, cursor, visible.length, listRows);
	const selected = visible[cursor];
	const content = useSteady(listContent({
		rows: visible.slice(top, top + listRows), cursor: cursor - top, sort: screen.sort, now, zone, terminalColumns: width + 1,
	}));
	const empty = visible.length > 0
		? []
		: emptyLines({
			connection, serverName, isLoading: snapshot.isLoading, held: rows.length, filters: activeFilters(narrowing),
			requested: snapshot.scope.jobType, range: spanWord(rangeMs), isLongest: step(ranges, rangeMs, 1) === rangeMs, now,
		});
	return (
		<Box flexDirection='column'>
			<Line cell={countsLine(rows, width)}/>
			<Line cell={shownRule({held: rows.length, shown: visible.length, narrowing, rangeMs, isLoading: snapshot.isLoading, width})}/>
			<SessionList content={content} empty={empty} height={listRows} width={width}/>
			<Footer
				details={[{text: ` ${connection.fault?.advice ?? (selected ? detailsOf(selected) : '')}`, tone: connection.fault ? 'strong' : 'plain'}]}
				message={messageLine({connection, warning: notWhole(snapshot), event, isOrderHeld: isHeld(screen.held, now), notice: screen.notice, now, zone})}
				keys={shortKeys(bindings, placeOf(screen))}
				prompt={screen.prompt && {lead: ' /', prompt: screen.prompt, note: `${count(visible.length)} of ${count(rows.length)}`}}
				width={width}
			/>
		</Box>
	);
}

// The same content object while it shows the same, so that the table is not drawn anew at each tick.
function useSteady(content: ListContent): ListContent {
	const drawn = useRef(content);
	drawn.current = keepDrawn(drawn.current, content);
	return drawn.current;
}

function detailsOf({session}: Row): string {
	const details = session?.details;
	return typeof details === 'symbol' ? '?' : (details ?? '');
}
