import {readKey} from '../../../model/evidence.js';
import {valueOf} from '../../../model/field.js';
import {serverTime} from '../../../model/now.js';
import {baselineOf} from '../../../triage/baseline.js';
import {createSelector} from '../../shared/state/memo.js';
import {detailLayer, layout} from '../../shared/state/selectors.js';
import type {State} from '../../shared/state/state.js';
import type {OpenedDetail} from '../opened.js';
import type {TabBody} from '../tab-body.js';
import {tableTabWindow} from '../table-tab.js';
import {historyTab, runsOf} from './history-content.js';

const jobIdOf = ({row: {job, session}}: OpenedDetail) => job?.id ?? valueOf(session?.jobId);

const historyOf = (opened: OpenedDetail) => {
	const jobId = jobIdOf(opened);
	return jobId === undefined ? undefined : opened.server.evidence.histories.get(jobId);
};

const knownRuns = createSelector(
	[jobIdOf, ({snapshot}: OpenedDetail) => snapshot.sessions, historyOf, ({session}: OpenedDetail) => session],
	(jobId, sessions, history, session) => jobId === undefined ? [session].filter(one => one !== undefined) : runsOf(jobId, sessions, history, session),
);

/** The runs of the job that is open, as far as the list and the server's history have them. */
export function historyBody(state: State, opened: OpenedDetail): TabBody & {readonly kind: 'table'} {
	const {row, session, verdict, snapshot: {lacks}, server, now} = opened;
	const runs = knownRuns(opened);
	const jobId = jobIdOf(opened);
	const baseline = verdict?.baseline ?? baselineOf(
		runs.filter(run => run.id !== session?.id),
		{kind: session?.kind, now: serverTime(now, server.id), lacksKind: lacks.has('kind')},
	);
	const hasFailed = jobId !== undefined && server.evidence.failed.has(readKey({kind: 'history', jobId}));
	const {width, detailRows: height} = layout(state);
	const {zone, terminal: {drawing}} = state;
	const tab = historyTab({row, runs, isRead: historyOf(opened) !== undefined, hasFailed, baseline, lacks, now, zone, drawing, width, height});
	return {kind: 'table', content: tableTabWindow(tab, {top: detailLayer(state)?.top ?? 0, height})};
}
