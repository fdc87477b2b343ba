import type {Now} from '../../model/now.js';
import type {Session} from '../../model/session.js';
import type {Snapshot} from '../../model/snapshot.js';
import type {Verdict} from '../../triage/verdicts/verdict.js';
import type {Row} from '../shared/rows/rows.js';
import {openedRow, serverOfRow, shownSnapshots, verdictOf} from '../shared/state/selectors.js';
import type {ServerData, State} from '../shared/state/state.js';

/** The session, or the job without one, that is open, and what is known of it. */
export type OpenedDetail = {
	readonly row: Row;
	readonly session: Session | undefined;
	/** What is known of its job; undefined where that is not in range. */
	readonly verdict: Verdict | undefined;
	readonly server: ServerData;
	/** What the lists show of its server. */
	readonly snapshot: Snapshot;
	/** The moment that is shown: that of the pause, or when it was last seen. */
	readonly now: Now;
	/** Whether the session has left the list and is shown as it was last seen. */
	readonly isGone: boolean;
};

/** What is open; undefined where nothing is, or it was never seen in a list. */
export function openedOf(state: State): OpenedDetail | undefined {
	const opened = openedRow(state);
	if (!opened) {
		return undefined;
	}

	const {row, seenAt, isGone} = opened;
	const server = serverOfRow(state, row);
	const snapshot = shownSnapshots(state)[state.servers.indexOf(server)]!;
	return {row, session: row.session, verdict: verdictOf(state, row), server, snapshot, now: seenAt, isGone};
}
