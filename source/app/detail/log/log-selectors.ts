import {canChange} from '../../../model/session.js';
import {serverTime} from '../../../model/now.js';
import type {Log} from '../../../model/log.js';
import type {LogItem} from '../../../model/log-item.js';
import {firstLogView} from '../../shared/state/detail-layer.js';
import {detailLayer, layout, openedRow, serverOfRow} from '../../shared/state/selectors.js';
import type {State} from '../../shared/state/state.js';
import {logContent, type LogContent, type LogContentOptions} from './log-content.js';
import {createLogReader} from './log-rows.js';
import type {LogInput} from './log-view.js';

/** What is known of the log of the session that is open. */
export type OpenLog = {
	/** Undefined until the first answer. */
	readonly log: Log | undefined;
	readonly failure: string | undefined;
	/** Whether a session is open: a job that did not run has none, and so no log. */
	readonly hasSession: boolean;
	/** Whether it has a log of which no line was read yet. */
	readonly isToBeRead: boolean;
	/** Whether new lines can come. */
	readonly isActive: boolean;
};

const nothingOpen: OpenLog = {log: undefined, failure: undefined, hasSession: false, isToBeRead: false, isActive: false};

export function openLog(state: State): OpenLog {
	const opened = openedRow(state);
	const session = opened?.row.session;
	if (!session) {
		return nothingOpen;
	}

	const {log: followed} = serverOfRow(state, opened.row);
	const its = followed?.sessionId === session.id ? followed : undefined;
	return {
		log: its?.value, failure: its?.failure, hasSession: true, isToBeRead: its?.value === undefined, isActive: canChange(session) && !opened.isGone,
	};
}

const noItems: readonly LogItem[] = [];

// One log is open at a time: what was found out about its lines is kept for the next key.
const rowsOf = createLogReader();

/** The log that its keys are applied to, and the room that it has. */
export function logInput(state: State): LogInput {
	const isMessageOpen = detailLayer(state)?.log.isMessageOpen ?? false;
	return {...roomOf(state), messageEnd: isMessageOpen ? openLogContent(state).messageEnd : 0};
}

function roomOf(state: State): LogContentOptions['input'] {
	const {log, isActive} = openLog(state);
	const {width, detailRows} = layout(state);
	return {items: log?.items ?? noItems, isActive, rowsOf, width, height: Math.max(1, detailRows - 1)};
}

/** What the log's tab shows. */
export function openLogContent(state: State): LogContent {
	const {log, failure, hasSession} = openLog(state);
	const opened = openedRow(state);
	return logContent({
		view: detailLayer(state)?.log ?? firstLogView, log, failure, hasSession, input: roomOf(state), zone: state.zone,
		now: opened ? serverTime(opened.seenAt, opened.row.serverId) : state.time.server,
	});
}
