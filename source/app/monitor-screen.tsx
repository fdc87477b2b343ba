import {Box} from 'ink';
import type {ReactNode} from 'react';
import {Line} from '../ui/line.js';
import type {Cell} from '../ui/text/spans.js';
import {CopyView} from './copy/copy-view.js';
import {shownCopyLines} from './copy/copy-keys.js';
import {DetailView} from './detail/detail.js';
import {openedOf} from './detail/opened.js';
import {focusOf} from './focus.js';
import {askedLine} from './footer-lines.js';
import {shownHelp} from './help-lines.js';
import {HelpView} from './help/help-view.js';
import {bindings} from './keymap.js';
import {ColumnsView} from './list/columns/columns-view.js';
import {TooSmall} from './list/too-small.js';
import {ListScreen} from './list-screen.js';
import {ReportView} from './report/report-view.js';
import {headerLine} from './shared/header.js';
import {messageLine} from './shared/message.js';
import {listLabels, viewNames} from './shared/rows/lists.js';
import {isFrozen} from './shared/rows/visible-rows.js';
import {warningOf} from './shared/servers.js';
import {shortKeys} from './shared/state/key-table.js';
import {drawnLayer} from './shared/state/layers.js';
import {allJobRows, layout, listLayer, serverStates, waitingBehindPause} from './shared/state/selectors.js';
import {listTime, type State} from './shared/state/state.js';
import {helpTables} from './tables.js';

/** What the monitor shows of a state. */
export function MonitorScreen({state}: {readonly state: State}): ReactNode {
	const {width, isTooSmall} = layout(state);
	const {rows: height} = state.terminal;
	const header = headerOf(state);
	if (isTooSmall) {
		return <TooSmall header={header} rows={allJobRows(state)} width={width} height={height}/>;
	}

	const layer = drawnLayer(state.layers);
	return layer.kind === 'copy'
		? <CopyView lines={shownCopyLines(state, layer)} top={layer.top} width={width} height={height}/>
		: (
			<Box flexDirection='column'>
				<Line cell={header}/>
				<Body state={state}/>
			</Box>
		);
}

function headerOf(state: State): Cell {
	const opened = openedOf(state);
	const {list} = listLayer(state);
	return headerLine({
		servers: serverStates(state), breadcrumbs: opened ? [`> ${opened.row.jobName}`] : [viewNames(list), listLabels[list]],
		waiting: waitingBehindPause(state), now: state.time, zone: state.zone, width: layout(state).width,
	});
}

// What is drawn below the header.
function Body({state}: {readonly state: State}): ReactNode {
	const layer = drawnLayer(state.layers);
	const {prompt, message: asked} = askedLine(state);
	const keys = shortKeys(bindings, focusOf(state.layers));
	const parts = {layout: layout(state), keys, message: asked ?? messageOfState(state), prompt};
	switch (layer.kind) {
		case 'list': {
			return <ListScreen state={state} {...parts}/>;
		}

		case 'detail': {
			const opened = openedOf(state);
			return opened && <DetailView state={state} opened={opened} tab={layer.tab} {...parts}/>;
		}

		case 'help': {
			return <HelpView lines={shownHelp(state, helpTables)} top={layer.top} {...parts}/>;
		}

		case 'report': {
			return <ReportView report={layer.report} top={layer.top} zone={state.zone} {...parts}/>;
		}

		case 'columns': {
			return <ColumnsView state={state} cursor={layer.cursor} {...parts}/>;
		}

		case 'copy': {
			return undefined;
		}
	}
}

// The last message: of a session that has left the list, in its detail, first of all that.
function messageOfState(state: State): Cell {
	const servers = serverStates(state);
	const standing = warningOf(servers, state.time) ?? state.standingNotice;
	const {kind} = drawnLayer(state.layers);
	const isGone = kind !== 'list' && openedOf(state)?.isGone === true;
	return messageLine({
		servers, warning: isGone ? 'This session has left the list; it stands here as last seen' : standing, event: state.event,
		isOrderFrozen: kind === 'list' && isFrozen(listLayer(state).frozen, listTime(state)),
		notice: state.notice, now: state.time, zone: state.zone, width: layout(state).width,
	});
}
