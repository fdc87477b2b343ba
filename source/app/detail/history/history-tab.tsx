import {useLayoutEffect, useMemo} from 'react';
import type {TabProps} from '../detail.js';
import {useEvidence} from '../../../live/use-evidence.js';
import {readKey} from '../../../model/evidence.js';
import {valueOf} from '../../../model/field.js';
import {serverTime} from '../../../model/now.js';
import {useStyle} from '../../../ui/appearance-context.js';
import {TableTabView} from '../table-tab-view.js';
import {baselineOf} from '../../../triage/baseline.js';
import {tableTabWindow} from '../table-tab.js';
import {tabTitle} from '../tabs.js';
import {historyTab, runsOf} from './history-content.js';

/** The runs of the job that is open, as far as the list and the server's history have them. */
export function HistoryTab({row, verdict, server, snapshot: {sessions, lacks}, now, zone, screen, layout, focus, message, prompt, onEnd}: TabProps) {
	const {drawing} = useStyle();
	const {job, session} = row;
	const [evidence] = useEvidence(useMemo(() => [server.evidence], [server.evidence]));
	const jobId = job?.id ?? valueOf(session?.jobId);
	const history = jobId === undefined ? undefined : evidence!.histories.get(jobId);
	const runs = useMemo(
		() => jobId === undefined ? [session].filter(one => one !== undefined) : runsOf(jobId, sessions, history, session),
		[jobId, sessions, history, session],
	);
	const baseline = verdict?.baseline ?? baselineOf(
		runs.filter(run => run.id !== session?.id),
		{kind: session?.kind, now: serverTime(now, server.id), lacksKind: lacks.has('kind')},
	);
	const hasFailed = jobId !== undefined && evidence!.failed.has(readKey({kind: 'history', jobId}));
	const {width, detailRows: height} = layout;
	const tab = historyTab({row, runs, isRead: history !== undefined, hasFailed, baseline, lacks, now, zone, drawing, width, height});
	const content = tableTabWindow(tab, {top: screen.detailTop, height});
	useLayoutEffect(() => {
		onEnd(content.end);
	}, [onEnd, content.end]);
	const title = useMemo(() => tabTitle(screen.tab, width), [screen.tab, width]);
	return <TableTabView content={content} title={title} layout={layout} focus={focus} message={message} prompt={prompt}/>;
}
