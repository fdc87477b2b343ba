import {edit, openPrompt, type Edit} from '../../../ui/text-field/edit.js';
import {
	openLayer,
	topLayer,
	withLayer,
	withoutTop,
	withReplaced,
	type LogAction,
	type LogSearchLayer,
	type LogView,
	type WaitingKey,
} from '../../shared/state/layers.js';
import {detailLayer} from '../../shared/state/selectors.js';
import {noticed, type State} from '../../shared/state/state.js';
import {withDetail} from '../detail-keys.js';
import {logInput, openLog} from './log-selectors.js';
import {logAfter, logClosed, noHitNotice, searched} from './log-view.js';

/** More keys than these are not kept while a log is read. */
const mostWaitingKeys = 50;

/** What these do depends on no line. */
const withoutLines: ReadonlySet<LogAction['does']> = new Set(['wrap', 'level']);

/**
What a key of the log does. Until the first lines were read it waits for them, since it means the same then: `l` and `e` typed
in one go lead to an error, as they do with a pause between them.
*/
export const logKey = (action: LogAction) => (state: State): State => {
	const layer = detailLayer(state);
	if (!layer) {
		return state;
	}

	const {isToBeRead, failure} = openLog(state);
	if (isToBeRead && failure !== undefined) {
		return noticed(state, 'its log could not be read');
	}

	if (isToBeRead && (layer.waitingKeys.length > 0 || !withoutLines.has(action.does))) {
		const waitingKeys = [...layer.waitingKeys, {action, search: layer.log.search}].slice(0, mostWaitingKeys);
		return noticed(withDetail(state, {waitingKeys}), 'its log is being read');
	}

	return applied(state, layer.log, action);
};

function applied(state: State, view: LogView, action: LogAction): State {
	const {log, notice} = logAfter(view, action, logInput(state));
	const after = withDetail(state, {log});
	return notice === undefined ? after : noticed(after, notice);
}

/** The state once lines of the log were read: what the keys that waited for them do. */
export function withWaitingKeys(state: State): State {
	const layer = detailLayer(state);
	if (!layer || layer.waitingKeys.length === 0 || openLog(state).isToBeRead) {
		return state;
	}

	const {waitingKeys, log: {search}} = layer;
	const prompt = openLayer(state.layers, 'log-search');
	let after: State = withDetail({...state, notice: undefined}, {waitingKeys: []});
	for (const key of prompt ? waitingKeys.slice(0, -1) : waitingKeys) {
		after = applied(after, {...detailLayer(after)!.log, search: key.search}, key.action);
	}

	const searching = withDetail(after, {log: {...detailLayer(after)!.log, search}});
	return prompt ? withSearchGoingOn(searching, prompt) : searching;
}

// The last key was typed into the search that is still open: leaving that goes back to what the keys before it did.
function withSearchGoingOn(state: State, layer: LogSearchLayer): State {
	const {log} = detailLayer(state)!;
	const before = {...log, search: layer.before.search};
	const opened = {...state, layers: withReplaced(state.layers, layer, {...layer, before})};
	return withDetail(opened, {log: searched(log, before, layer.prompt.text, logInput(opened))});
}

/** Opens the search; what was searched for before is gone. */
export function openLogSearch(state: State): State {
	const layer = detailLayer(state);
	if (!layer) {
		return state;
	}

	const waitingKeys = openLog(state).isToBeRead ? [...layer.waitingKeys, findKey('')] : layer.waitingKeys;
	const emptied = withDetail(state, {log: {...layer.log, search: ''}, waitingKeys});
	return {...emptied, layers: withLayer(emptied.layers, {kind: 'log-search', prompt: openPrompt(''), before: layer.log})};
}

const findKey = (search: string): WaitingKey => ({action: {does: 'find'}, search});

/** The state after an edit of the search: the cursor goes to the first hit from where it stood. */
export function editLogSearch(state: State, layer: LogSearchLayer, change: Edit): State {
	const prompt = edit(layer.prompt, change);
	const typed = {...state, layers: withLayer(withoutTop(state.layers), {...layer, prompt})};
	const detail = detailLayer(typed);
	if (!detail) {
		return typed;
	}

	const changed = openLog(state).isToBeRead
		? {log: {...detail.log, search: prompt.text}, waitingKeys: [...detail.waitingKeys.slice(0, -1), findKey(prompt.text)]}
		: {log: searched(detail.log, layer.before, prompt.text, logInput(state))};
	return withDetail(typed, changed);
}

/** Keeps the search. */
export function acceptLogSearch(state: State): State {
	const after = {...state, layers: withoutTop(state.layers)};
	const notice = openLog(after).isToBeRead ? undefined : noHitNotice(detailLayer(after)!.log, logInput(after));
	return notice === undefined ? after : noticed(after, notice);
}

/** Leaves the log as it was before the search. */
export function cancelLogSearch(state: State, layer: LogSearchLayer): State {
	const after = {...state, layers: withoutTop(state.layers)};
	return withDetail(after, {log: layer.before, waitingKeys: detailLayer(after)?.waitingKeys.slice(0, -1)});
}

/** The state without what is open in the log: its message, then its search; undefined where nothing is, or another tab is open. */
export function closedInLog(state: State): State | undefined {
	const layer = topLayer(state.layers);
	if (layer.kind !== 'detail' || layer.tab !== 'log') {
		return undefined;
	}

	// A message that will be open once the log was read is closed by the same key that has opened it.
	if (layer.waitingKeys.filter(({action}) => action.does === 'message').length % 2 === 1) {
		return logKey({does: 'message'})(state);
	}

	const log = logClosed(layer.log);
	return log && withDetail(state, {log});
}
