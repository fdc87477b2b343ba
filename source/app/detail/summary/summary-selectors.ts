import {serverTime} from '../../../model/now.js';
import {sessionKey} from '../../../model/session.js';
import {isAcknowledged} from '../../../triage/acknowledged.js';
import {chainOfSession} from '../../../triage/chains.js';
import {detailLayer, layout, watching} from '../../shared/state/selectors.js';
import type {State} from '../../shared/state/state.js';
import type {OpenedDetail} from '../opened.js';
import type {TabBody} from '../tab-body.js';
import {detailContent, idleContent} from './summary-content.js';

/** What the summary of the open session shows. */
export function summaryBody(state: State, opened: OpenedDetail): TabBody & {readonly kind: 'blocks'} {
	const {row, session, verdict, snapshot, now, isGone} = opened;
	const {version, lacks, jobs} = snapshot;
	const {width, detailRows} = layout(state);
	const isSeen = verdict !== undefined && isAcknowledged(verdict, state.marks.acknowledged);
	const about = {row, verdict, isAcknowledged: isSeen, jobs, version, lacks, now, zone: state.zone, isGone, watching: watching(state)};
	const shown = {top: detailLayer(state)?.top ?? 0, height: detailRows};
	const content = session
		? detailContent(
			{...about, session, chain: chainOfSession(session, snapshot, serverTime(now, row.serverId))},
			{observations: snapshot.observations.get(sessionKey(session)) ?? [], names: snapshot, drawing: state.terminal.drawing},
			width,
			shown,
		)
		: idleContent(about, width, shown);
	return {kind: 'blocks', content, below: content.height - detailRows - content.top};
}

/** How far it can be scrolled, in lines. */
export function summaryEnd(state: State, opened: OpenedDetail): number {
	return Math.max(0, summaryBody(state, opened).content.height - layout(state).detailRows);
}
