import {serverTime, type Now} from '../model/now.js';
import type {Triage} from '../triage/triage.js';
import type {CopyWay} from '../model/clipboard-text.js';
import {verdictOf} from './shared/rows/job-rows.js';
import {idOf, type Row} from './shared/rows/rows.js';
import type {Action, Effect, Screen} from './screen-state.js';
import type {ServerState} from './shared/servers.js';
import {ticketText} from './detail/summary/ticket.js';

/** What leaves the program: to the clipboard, into a file. */
export type ExportOptions = {
	readonly screen: Screen;
	readonly send: (action: Action) => void;
	/** The row that is open, else the one under the cursor. */
	readonly row: Row | undefined;
	/** The rows of Now. */
	readonly jobs: readonly Row[];
	readonly servers: readonly ServerState[];
	readonly triages: readonly Triage[];
	readonly now: Now;
	readonly zone: string;
	/** The list as text. */
	readonly listText: () => string;
	readonly onCopy: (text: string) => Promise<CopyWay>;
	readonly onSave: ((path: string, text: string) => Promise<string>) | undefined;
};

/** What the keys and commands do that hand something over. */
export function exportEffects(given: ExportOptions): Record<Extract<Effect, 'copy-id' | 'copy-ticket' | 'save'>, (argument?: string) => void> {
	const {screen, send, row, listText, onCopy, onSave} = given;
	const copy = (what: string, text: string | undefined) => {
		if (text === undefined) {
			send({type: 'say', text: 'there is nothing to copy'});
			return;
		}

		void onCopy(text).then(way => {
			send({type: 'copied', what, text, way});
		});
	};

	return {
		'copy-id'() {
			copy(row?.session ? 'session id' : 'job id', idOf(row));
		},
		'copy-ticket'() {
			copy('summary', row && ticketOf(row, given));
		},
		save(file = '') {
			const text = screen.openKey !== undefined && row ? ticketOf(row, given) : listText();
			void onSave?.(file, text).then(words => {
				send({type: 'say', text: words});
			});
		},
	};
}

function ticketOf(row: Row, {jobs, servers, triages, now, zone}: ExportOptions): string {
	const home = Math.max(0, servers.findIndex(({snapshot}) => snapshot.serverId === row.serverId));
	return ticketText(row, row.verdict ?? verdictOf(jobs, row), {
		snapshot: servers[home]!.snapshot, now: serverTime(now, row.serverId), zone, waitingReads: triages[home]!.pendingReads.length,
	});
}
