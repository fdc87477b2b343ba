import {afterMove} from '../shared/moves.js';
import {topLayer, withLayer, withoutTop, withReplaced, type Move, type Report, type ReportLayer} from '../shared/state/layers.js';
import {allJobRows, layout, sessionRows} from '../shared/state/selectors.js';
import {listTime, noticed, type State} from '../shared/state/state.js';
import {baselineNow, changesSince, withProblems} from './changes.js';

/** The state with lines to be read over the rest, in place of those that are read. */
export function openReport(state: State, report: Report): State {
	const {layers} = state;
	return {...state, layers: withLayer(topLayer(layers).kind === 'report' ? withoutTop(layers) : layers, {kind: 'report', report, top: 0})};
}

export function moveInReport(state: State, layer: ReportLayer, to: Move): State {
	const page = layout(state).detailRows;
	const top = afterMove(layer.top, to, {page, end: Math.max(0, layer.report.lines.length - page)});
	return {...state, layers: withReplaced(state.layers, layer, {...layer, top})};
}

const standing = (state: State) => ({sessions: sessionRows(state), jobs: allJobRows(state), now: listTime(state), zone: state.zone});

/** What changed since this was last asked, or since all was read once. */
export function showChanges(state: State): State {
	const {baseline} = state;
	if (!baseline) {
		return noticed(state, 'not all is read yet: changes are told from then on');
	}

	const now = standing(state);
	const words = baseline.problems ? {title: 'Changed', none: 'nothing changed'} : {title: 'Sessions changed', none: 'no session changed'};
	const next = baseline.problems ? withProblems(baselineNow(now), now) : baselineNow(now);
	return openReport({...state, baseline: next}, {...words, since: baseline.at, lines: changesSince(baseline, now)});
}

/** The state once the sessions of all servers were read, or their problems as well: what changes from now on is news. The first time counts. */
export function withBaseline(state: State, what: 'sessions' | 'problems'): State {
	const now = standing(state);
	const baseline = state.baseline ?? baselineNow(now);
	const next = what === 'sessions' || baseline.problems ? baseline : withProblems(baseline, now);
	return next === state.baseline ? state : {...state, baseline: next};
}

/** The causes that are never called new, to be read. */
export function showIgnored(state: State): State {
	const {ignored} = state.marks;
	const isOneOfSeveral = new Set(ignored.map(({serverId}) => serverId)).size > 1;
	const lines = ignored.map(({serverId, text}) => ({text: isOneOfSeveral ? `${serverId}: ${text}` : text}));
	return openReport(state, {title: 'Ignored, never called new; :unignore all ends that', lines, none: 'no cause is ignored'});
}
