import {serverTime, type Now} from '../../../model/now.js';
import type {Row} from '../../shared/rows/rows.js';
import {serverOfRow, shownSnapshots, verdictOf} from '../../shared/state/selectors.js';
import type {State} from '../../shared/state/state.js';
import {ticketText} from './ticket.js';

/** A summary of a row for a ticket. */
export function ticketOf(state: State, row: Row, now: Now): string {
	const index = state.servers.indexOf(serverOfRow(state, row));
	return ticketText(row, row.verdict ?? verdictOf(state, row), {
		snapshot: shownSnapshots(state)[index]!, now: serverTime(now, row.serverId), zone: state.zone,
		waitingReads: state.verdicts[index]!.pendingReads.length,
	});
}
