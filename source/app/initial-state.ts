import {noEvidence} from '../model/evidence.js';
import {jobTypes} from '../model/job.js';
import type {Now} from '../model/now.js';
import {emptySnapshot} from '../model/snapshot.js';
import type {Marks} from '../triage/acknowledged.js';
import type {Drawing} from '../ui/drawing.js';
import {withVerdicts} from './settle.js';
import type {ListName} from './shared/rows/lists.js';
import type {ServerData, State} from './shared/state/state.js';

/** With what the monitor begins. */
export type Beginning = {
	/** At least one. */
	readonly servers: ReadonlyArray<Pick<ServerData, 'id' | 'name' | 'account' | 'canSaveSecret'>>;
	readonly list: ListName;
	/** `all` or a job type. */
	readonly jobType: string;
	readonly rangeMs: number;
	readonly refreshMs: number;
	readonly terminal: {readonly columns: number; readonly rows: number; readonly drawing: Drawing};
	/** IANA name of a zone. */
	readonly zone: string;
	readonly now: Now;
	readonly marks?: Marks;
	readonly standingNotice?: string;
};

/** The state before the first message: nothing is known of any server. */
export function initialState({servers, list, jobType, rangeMs, refreshMs, terminal, zone, now, marks, standingNotice}: Beginning): State {
	const scope = {rangeMs, jobType: jobTypes.find(type => type === jobType)};
	return withVerdicts({
		servers: servers.map(({id, name, account, canSaveSecret}): ServerData => ({
			id, name, account, canSaveSecret,
			snapshot: emptySnapshot(id, name, scope),
			contact: {fault: undefined, lastGoodAt: undefined, nextTryAt: undefined, faultSince: undefined},
			evidence: noEvidence,
			log: undefined,
			objects: undefined,
			asked: {reads: [], target: undefined},
		})),
		terminal,
		zone,
		time: now,
		verdicts: [],
		verdictBases: [],
		layers: [{kind: 'list', list, selectedKey: undefined, top: 0, filters: {jobType, status: 'all', text: ''}, sorts: {}, frozen: undefined}],
		preferences: {refreshMs, rangeMs, hasPreview: false, rings: false, columns: {}},
		marks: marks ?? {acknowledged: [], ignored: []},
		acknowledgedBefore: [],
		paused: undefined,
		notice: undefined,
		standingNotice,
		event: undefined,
		commands: [],
		lastCopied: undefined,
		baseline: undefined,
		knownProblems: new Set(),
		firstReadings: new Map(),
		askedPasswords: new Set(),
		scope,
	});
}
