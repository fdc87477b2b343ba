import {jobTypes} from '../model/job.js';
import {edit, openPrompt, type Edit, type Prompt} from '../ui/text-field/edit.js';
import {changesSince, seenOf, withProblems} from './report/changes.js';
import {nothingChosen, withSwitched} from './shared/columns/column-choice.js';
import {editedLine, openCommandLine} from './commands/command-line.js';
import {statusChoices} from './shared/filters/filters.js';
import {firstLogView, logAfter, logClosed, logEdited, logMoved, noLog} from './detail/log/log-view.js';
import {copyWords} from './copy/copy-text.js';
import {leastWithPreview} from './shared/layout.js';
import type {ListName} from './shared/rows/lists.js';
import {ignoredLines, movedOverlay} from './report/overlay.js';
import {keyIn, rowOpens} from './shared/rows/rows.js';
import {detailTabs, type DetailTab} from './detail/tabs.js';
import {sortableColumns, sortBy, type Sort} from './shared/rows/sort.js';
import {ranges, refreshIntervals, step} from './shared/filters/steps.js';
import {visibleRows} from './shared/rows/visible-rows.js';
import {type Screen, type Move, type Action, type ScreenInput, focusOf, cursorIndex, firstShown, noticed, asking, frozenMs, firstSorts, noHelpFilter} from './screen-state.js';
import {acknowledge, ignore, nextProblem, rowInFocus, undo} from './list/acknowledge.js';

/** The screen after an action: the one place where it changes. The log of another session begins anew. */
export function screen(state: Screen, action: Action, input: ScreenInput): Screen {
	const next = screenAfter(state, action, input);
	return next.openKey === state.openKey ? next : {...next, log: firstLogView};
}

function screenAfter(state: Screen, action: Action, input: ScreenInput): Screen {
	switch (action.type) {
		case 'move': {
			return move(state, action.to, input);
		}

		case 'list': {
			return showList(state, action.list, input);
		}

		case 'tab': {
			return {...state, tab: action.tab, detailTop: 0};
		}

		case 'next-tab': {
			const tab = detailTabs.at((detailTabs.indexOf(state.tab) + action.by) % detailTabs.length)!;
			return {...state, tab, detailTop: 0};
		}

		case 'open': {
			return open(state, 'summary', input);
		}

		case 'open-at': {
			return open(state, action.tab, input);
		}

		case 'close': {
			return close(state);
		}

		case 'back': {
			return focusOf(state) === 'list' ? {...state, hasQuit: true} : close(state);
		}

		case 'quit': {
			return {...state, hasQuit: true};
		}

		case 'help': {
			return {...state, isHelpOpen: !state.isHelpOpen, helpFilter: noHelpFilter, helpTop: 0};
		}

		case 'pause': {
			return {...state, isPaused: !state.isPaused};
		}

		case 'preview': {
			const {columns, rows} = leastWithPreview;
			return input.canPreview ? {...state, hasPreview: !state.hasPreview} : noticed(state, `the preview needs ${columns}x${rows}`, input.now);
		}

		case 'next-type': {
			const types = ['all', ...jobTypes];
			const jobType = types[(types.indexOf(state.filters.jobType) + 1) % types.length]!;
			return rearranged(state, {filters: {...state.filters, jobType}});
		}

		case 'next-status': {
			const status = statusChoices[(statusChoices.indexOf(state.filters.status) + 1) % statusChoices.length]!;
			return rearranged(state, {filters: {...state.filters, status}});
		}

		case 'open-command': {
			return {...state, command: openCommandLine()};
		}

		case 'open-columns': {
			return {...state, overlay: {kind: 'columns', ids: input.columnIds ?? [], cursor: 0}};
		}

		case 'switch-column': {
			return switchColumn(state, input);
		}

		case 'changes': {
			return showChanges(state, input);
		}

		case 'ignored': {
			return {...state, overlay: ignoredLines(state.ignored)};
		}

		case 'bell': {
			const rings = !state.rings;
			return noticed({...state, rings}, rings ? 'the bell rings for each new problem' : 'the bell is off', input.now);
		}

		case 'all-read': {
			return allRead(state, action.what, input);
		}

		case 'say': {
			return noticed(state, action.text, input.now);
		}

		case 'resized': {
			return state.notice ? {...state, notice: undefined} : state;
		}

		case 'open-filter': {
			return state.isHelpOpen
				? {...state, helpFilter: {...state.helpFilter, prompt: openPrompt(state.helpFilter.text)}}
				: {...state, prompt: openPrompt(state.filters.text)};
		}

		case 'next-problem': {
			return nextProblem(state, action.by, input);
		}

		case 'acknowledge': {
			return acknowledge(state, rowInFocus(state, input), input);
		}

		case 'acknowledge-all': {
			return acknowledge(state, input.rows, input);
		}

		case 'ignore': {
			return ignore(state, rowInFocus(state, input), input);
		}

		case 'unignore-all': {
			return noticed({...state, ignored: []}, state.ignored.length === 0 ? 'no cause is ignored' : 'no cause is ignored any longer', input.now);
		}

		case 'copied': {
			return copied(state, action, input);
		}

		case 'undo': {
			return undo(state, input);
		}

		case 'edit': {
			return focusOf(state) === 'log-search' ? {...state, log: logEdited(state.log, action.edit, input.log ?? noLog)} : edited(state, action.edit);
		}

		case 'log': {
			const {log, notice} = logAfter(state.log, action, input.log ?? noLog);
			return notice === undefined ? {...state, log} : noticed({...state, log}, notice, input.now);
		}

		case 'accept': {
			return state.helpFilter.prompt ? {...state, helpFilter: {...state.helpFilter, prompt: undefined}} : {...state, prompt: undefined};
		}

		case 'neighbour': {
			return neighbour(state, action.by, input);
		}

		case 'sort-column': {
			return rearranged(state, {sort: nextSort(state.sort, action.by, input.shownColumns)});
		}

		case 'reverse-sort': {
			return rearranged(state, {sort: {...state.sort, direction: state.sort.direction === 'up' ? 'down' : 'up'}});
		}

		case 'range': {
			const rangeMs = step(ranges, state.rangeMs, action.by);
			return rangeMs === state.rangeMs ? noticed(state, `there is no ${action.by === 1 ? 'longer' : 'shorter'} range`, input.now) : {...state, rangeMs};
		}

		case 'refresh-interval': {
			const refreshMs = step(refreshIntervals, state.refreshMs, action.by);
			return noticed({...state, refreshMs}, `the server is asked every ${refreshMs / 1000} s`, input.now);
		}

		case 'ask-password': {
			const {serverId, asks} = action;
			// What is asked already stays, but whether to keep a password is no question once another one is needed.
			const isAsked = state.signIn && !(state.signIn.place === 'keep-password' && state.signIn.serverId === serverId);
			return isAsked ? state : {...state, signIn: {serverId, asks, place: 'password', prompt: openPrompt(''), problem: undefined}};
		}

		case 'try-password': {
			return state.signIn && state.signIn.prompt.text !== '' ? asking({...state, signIn: {...state.signIn, place: 'signing-in'}}, 'sign-in') : state;
		}

		case 'password-refused': {
			return state.signIn ? {...state, signIn: {...state.signIn, place: 'password', prompt: openPrompt(''), problem: action.problem}} : state;
		}

		case 'password-taken': {
			return state.signIn && action.canBeSaved
				? {...state, signIn: {...state.signIn, place: 'keep-password'}}
				: noticed({...state, signIn: undefined}, 'signed in', input.now);
		}

		case 'password-kept': {
			return noticed({...state, signIn: undefined}, action.problem ?? 'kept, encrypted', input.now);
		}
	}
}

function switchColumn(state: Screen, {shownColumns, now}: ScreenInput): Screen {
	if (state.overlay?.kind !== 'columns') {
		return state;
	}

	const id = state.overlay.ids[state.overlay.cursor];
	const choice = id === undefined ? nothingChosen : withSwitched(state.columns[state.list] ?? nothingChosen, id, shownColumns);
	return typeof choice === 'string' ? noticed(state, choice, now) : {...state, columns: {...state.columns, [state.list]: choice}};
}

// The first look at each counts.
function allRead(state: Screen, what: 'sessions' | 'problems', input: ScreenInput): Screen {
	const seen = state.seen ?? seenOf(input);
	return {...state, seen: what === 'sessions' || seen.problems ? seen : withProblems(seen, input)};
}

function showChanges(state: Screen, input: ScreenInput): Screen {
	const {seen} = state;
	if (!seen) {
		return noticed(state, 'not all is read yet: changes are told from then on', input.now);
	}

	const words = seen.problems ? {title: 'Changed', none: 'nothing changed'} : {title: 'Sessions changed', none: 'no session changed'};
	const overlay = {...words, kind: 'lines', since: seen.at, lines: changesSince(seen, input), top: 0} as const;
	return {...state, seen: seen.problems ? withProblems(seenOf(input), input) : seenOf(input), overlay};
}

function edited(state: Screen, change: Edit): Screen {
	if (state.command) {
		return {...state, command: editedLine(state.command, change)};
	}

	if (state.helpFilter.prompt) {
		return withHelpFilter(state, edit(state.helpFilter.prompt, change));
	}

	if (state.prompt) {
		return withPrompt(state, edit(state.prompt, change));
	}

	return state.signIn?.place === 'password' ? {...state, signIn: {...state.signIn, prompt: edit(state.signIn.prompt, change, true)}} : state;
}

function withHelpFilter(state: Screen, prompt: Prompt): Screen {
	return {...state, helpFilter: {text: prompt.text, prompt}, helpTop: 0};
}

function nextSort(sort: Sort, by: 1 | -1, shownColumns: readonly string[]): Sort {
	const ids = sortableColumns.map(({id}) => id).filter(id => shownColumns.includes(id));
	return sortBy(ids.at((ids.indexOf(sort.columnId) + by) % ids.length) ?? sort.columnId);
}

const moves: Record<Move, (at: number, page: number, end: number) => number> = {
	up: at => at - 1,
	down: at => at + 1,
	'page-up': (at, page) => at - page,
	'page-down': (at, page) => at + page,
	'half-up': (at, page) => at - Math.ceil(page / 2),
	'half-down': (at, page) => at + Math.ceil(page / 2),
	first: () => 0,
	last: (_at, _page, end) => end,
};

function move(state: Screen, to: Move, input: ScreenInput): Screen {
	const moved = (at: number, end: number) => Math.max(0, Math.min(end, moves[to](at, input.pageRows, end)));
	const place = focusOf(state);
	if (state.overlay && !state.isHelpOpen) {
		return {...state, overlay: movedOverlay(state.overlay, moved, input.pageRows)};
	}

	if (place === 'help') {
		return {...state, helpTop: moved(Math.min(state.helpTop, input.helpEnd), input.helpEnd)};
	}

	if (state.copy) {
		const end = input.copyEnd ?? 0;
		return {...state, copy: {...state.copy, top: moved(Math.min(state.copy.top, end), end)}};
	}

	if (place === 'log') {
		return {...state, log: logMoved(state.log, to, input.log ?? noLog)};
	}

	if (place === 'detail') {
		return {...state, detailTop: moved(Math.min(state.detailTop, input.detailEnd), input.detailEnd)};
	}

	const rows = visibleRows(input.rows, state, input.now);
	if (rows.length === 0) {
		return state;
	}

	const index = moved(cursorIndex(rows, state.selectedKey), rows.length - 1);
	return {
		...state,
		selectedKey: rows[index]!.key,
		top: firstShown(state.top, index, rows.length, input.pageRows),
		frozen: {rows, until: input.now.monotonic + frozenMs},
	};
}

// The cursor goes to the row of the job that it is drawn on, where the other list has one.
function showList(state: Screen, list: ListName, input: ScreenInput): Screen {
	if (list === state.list) {
		return state;
	}

	const rows = visibleRows(input.rows, state, input.now);
	const row = rows[cursorIndex(rows, state.selectedKey)];
	return {
		...state,
		list,
		selectedKey: row && keyIn(list, row),
		top: 0,
		frozen: undefined,
		sort: state.otherSorts[list] ?? firstSorts[list],
		otherSorts: {...state.otherSorts, [state.list]: state.sort},
	};
}

function open(state: Screen, tab: DetailTab, input: ScreenInput): Screen {
	const rows = visibleRows(input.rows, state, input.now);
	const row = rows[cursorIndex(rows, state.selectedKey)];
	return row ? {...state, selectedKey: row.key, openKey: rowOpens(row), tab, detailTop: 0} : state;
}

function neighbour(state: Screen, by: 1 | -1, input: ScreenInput): Screen {
	const rows = visibleRows(input.rows, state, input.now);
	const index = rows.findIndex(row => rowOpens(row) === state.openKey);
	const row = index === -1 ? undefined : rows[index + by];
	if (row) {
		return {...state, selectedKey: row.key, openKey: rowOpens(row), detailTop: 0};
	}

	const end = by === 1 ? 'last' : 'first';
	return noticed(state, index === -1 ? 'this session is not in the list as it is filtered' : `this is the ${end} session of the list`, input.now);
}

// A terminal does not say whether it took a text: who copies the same again has not found it.
function copied(state: Screen, {what, text, way}: Extract<Action, {readonly type: 'copied'}>, {now}: ScreenInput): Screen {
	const isShown = way === 'screen' || state.lastCopied === text;
	const next: Screen = {...state, lastCopied: isShown ? undefined : text, copy: isShown ? {text, top: 0} : undefined};
	return noticed(next, copyWords(what, way), now);
}

// Closes the innermost thing that is open: what is typed, a text to copy, help, what lies over, what is open in the log, detail, then the filter.
function close(state: Screen): Screen {
	if (state.command) {
		return {...state, command: undefined};
	}

	if (state.prompt) {
		return {...withPrompt(state, openPrompt(state.prompt.before)), prompt: undefined};
	}

	if (state.signIn) {
		return {...state, signIn: undefined};
	}

	if (state.copy) {
		return {...state, copy: undefined};
	}

	if (state.helpFilter.prompt) {
		return {...state, helpFilter: {text: state.helpFilter.prompt.before, prompt: undefined}};
	}

	if (state.isHelpOpen) {
		return {...state, isHelpOpen: false, helpFilter: noHelpFilter};
	}

	if (state.overlay) {
		return {...state, overlay: undefined};
	}

	if (state.openKey !== undefined) {
		const log = state.tab === 'log' ? logClosed(state.log) : undefined;
		return log ? {...state, log} : {...state, openKey: undefined};
	}

	return state.filters.text === '' ? state : rearranged(state, {filters: {...state.filters, text: ''}});
}

function withPrompt(state: Screen, prompt: Prompt): Screen {
	return rearranged({...state, prompt}, prompt.text === state.filters.text ? {} : {filters: {...state.filters, text: prompt.text}});
}

// A new order or choice of rows shows at once, from the cursor's row on.
function rearranged(state: Screen, changed: Partial<Pick<Screen, 'filters' | 'sort'>>): Screen {
	return {...state, ...changed, frozen: undefined};
}
