import {readKey} from '../../../model/evidence.js';
import {canChange} from '../../../model/session.js';
import {createSelector} from '../../shared/state/memo.js';
import {detailLayer, layout} from '../../shared/state/selectors.js';
import type {State} from '../../shared/state/state.js';
import type {OpenedDetail} from '../opened.js';
import type {TabBody} from '../tab-body.js';
import {tableTabWindow, type TableTab} from '../table-tab.js';
import {objectsTab} from './objects-content.js';

/** What the session that is open has processed, and by its log why some of that failed. */
const objectsTable: (state: State, opened: OpenedDetail) => TableTab = createSelector(
	[
		(_state: State, {session, server}: OpenedDetail) => server.objects?.sessionId === session?.id ? server.objects : undefined,
		(_state: State, {session, server}: OpenedDetail) => session && server.evidence.logs.get(session.id)?.problems,
		(_state: State, {session, server}: OpenedDetail) =>
			session !== undefined && server.evidence.failed.has(readKey({kind: 'log', sessionId: session.id, part: 'problems'})),
		(_state: State, {snapshot}: OpenedDetail) => snapshot.version,
		(_state: State, {session}: OpenedDetail) => session !== undefined,
		(_state: State, {session, isGone}: OpenedDetail) => session !== undefined && canChange(session) && !isGone,
		(state: State) => layout(state).width,
	],
	// eslint-disable-next-line max-params -- one for each value above
	(followed, problems, hasFailed, version, hasSession, isActive, width) => objectsTab({
		list: {objects: followed?.value, failure: followed?.failure},
		problems: {items: problems?.items, isCut: problems?.isCut ?? false, hasFailed},
		version, hasSession, isActive, width,
	}),
);

export function objectsBody(state: State, opened: OpenedDetail): TabBody & {readonly kind: 'table'} {
	const shown = {top: detailLayer(state)?.top ?? 0, height: layout(state).detailRows};
	return {kind: 'table', content: tableTabWindow(objectsTable(state, opened), shown)};
}
