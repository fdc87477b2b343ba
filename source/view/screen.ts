import type {Now} from '../model/now.js';
import {jobTypes} from '../model/job.js';
import {acknowledgedOf, type Acknowledged, type Ignored} from '../triage/acknowledged.js';
import {changesSince, seenOf, type Seen} from './changes.js';
import {nothingChosen, withSwitched, type ChosenColumns} from './columns-choice.js';
import {editedLine, openCommandLine, type CommandLine} from './command-line.js';
import {statusChoices, type Narrowing} from './filters.js';
import {firstLogView, logAfter, logClosed, logEdited, logMoved, noLog, type LogAction, type LogInput, type LogMove, type LogView} from './log-view.js';
import {edit, openPrompt, type Edit, type Prompt} from './prompt.js';
import {copyWords, type CopyWay} from './copy-text.js';
import {leastWithPreview} from './layout.js';
import type {ListView} from './list-view.js';
import {ignoredLines, movedOver, type Over} from './over.js';
import {keyIn, rowOpens, type Row} from './rows.js';
import {detailTabs, type DetailTab} from './tabs.js';
import {byNeed, newestFirst, sortableColumns, sortBy, type Sort} from './sort.js';
import {ranges, refreshIntervals, step} from './steps.js';
import {visibleRows, type HeldOrder} from './visible-rows.js';

/** Where keys go. */
export type Place = 'list' | 'detail' | 'log' | 'log-search' | 'help' | 'help-search' | 'copy' | 'prompt' | 'command' | Over['kind'] | SignInPlace;

/** Where keys go while a server waits for its password: to be typed, tried, kept. */
export type SignInPlace = 'password' | 'signing-in' | 'keep-password';

/** The server that waits for its password (or bearer token), over whatever is on screen. */
export type SignInPrompt = {
	readonly serverId: string;
	readonly place: SignInPlace;
	/** What is asked for: `Password of DEMO\operator at prod`. */
	readonly asks: string;
	readonly prompt: Prompt;
	/** What came of the last one. */
	readonly problem: string | undefined;
};

/** All that the user has set or opened. Data is not in it: it comes with every action. */
export type Screen = {
	/** The list that is on screen, or that the detail lies over. */
	readonly list: ListView;
	/** The row that the cursor belongs to; undefined keeps it on the first one. */
	readonly selectedKey: string | undefined;
	/** Index of the first row shown, as the user left it. */
	readonly top: number;
	/** The session, or the job without one, whose detail is open. */
	readonly openKey: string | undefined;
	readonly tab: DetailTab;
	readonly detailTop: number;
	/** What is set in the log of the session that is open. */
	readonly log: LogView;
	readonly isHelpOpen: boolean;
	/** Words that the lines of the help must have; the prompt while they are typed. */
	readonly helpFilter: {readonly text: string; readonly prompt: Prompt | undefined};
	readonly helpTop: number;
	readonly prompt: Prompt | undefined;
	readonly signIn: SignInPrompt | undefined;
	readonly narrowing: Narrowing;
	/** The order of the list on screen, and those of the others. */
	readonly sort: Sort;
	readonly otherSorts: Readonly<Partial<Record<ListView, Sort>>>;
	readonly held: HeldOrder | undefined;
	readonly rangeMs: number;
	readonly refreshMs: number;
	readonly isPaused: boolean;
	/** Whether a preview is wanted beside the list, where there is room for it. */
	readonly hasPreview: boolean;
	readonly hasQuit: boolean;
	/** Problems that somebody has seen, oldest first. */
	readonly acknowledged: readonly Acknowledged[];
	/** Causes that are never called new. */
	readonly ignored: readonly Ignored[];
	/** Where the last acknowledgements begin, for undo: how many there were before each. */
	readonly acknowledgedBefore: readonly number[];
	/** A text that fills the screen, to be selected there. */
	readonly copy: {readonly text: string; readonly top: number} | undefined;
	/** What was copied last: the same once more fills the screen with it. */
	readonly lastCopied: string | undefined;
	/** What the last key did, or why it did nothing, where that cannot be seen otherwise. */
	readonly notice: Notice | undefined;
	/** What a key last asked of the program, and how many times any did. */
	readonly effect: {readonly name: Effect; readonly count: number; readonly argument?: string} | undefined;
	/** What lies over list or detail. */
	readonly over: Over | undefined;
	/** The command line while it is open, and the commands of this run, oldest first. */
	readonly command: CommandLine | undefined;
	readonly commands: readonly string[];
	readonly columns: ChosenColumns;
	/** What `d` compares with; undefined until all was read once. */
	readonly seen: Seen | undefined;
	/** Whether a new problem rings the bell. */
	readonly rings: boolean;
};

export type Notice = {
	readonly text: string;
	/** Monotonic ms. */
	readonly until: number;
};

/** What a key can ask of the program rather than of the screen. */
export type Effect = 'refresh' | 'reconnect' | 'redraw' | 'suspend' | 'sign-in' | 'keep-password' | 'save' | 'copy-id' | 'copy-ticket';

export type Move = LogMove;

export type Action =
	| LogAction
	| {readonly type: 'move'; readonly to: Move}
	| {readonly type: 'list'; readonly list: ListView}
	| {readonly type: 'tab'; readonly tab: DetailTab}
	| {readonly type: 'next-tab'; readonly by: 1 | -1}
	/** Opens the row under the cursor at that tab. */
	| {readonly type: 'open-at'; readonly tab: DetailTab}
	| {readonly type: 'open' | 'close' | 'back' | 'quit' | 'help' | 'pause' | 'preview' | 'next-type' | 'open-filter' | 'accept' | 'reverse-sort'}
	| {readonly type: 'neighbour' | 'sort-column' | 'range' | 'refresh-interval'; readonly by: 1 | -1}
	| {readonly type: 'next-problem'; readonly by: 1 | -1}
	| {readonly type: 'acknowledge' | 'acknowledge-all' | 'undo' | 'ignore' | 'unignore-all'}
	/** A text was copied, in that way, or could not be. */
	| {readonly type: 'copied'; readonly text: string; readonly way: CopyWay}
	| {readonly type: 'next-status' | 'open-command' | 'open-columns' | 'switch-column' | 'changes' | 'ignored' | 'bell'}
	/** All servers were read once: what changes from now on is news. */
	| {readonly type: 'all-read'}
	/** What came of something that was asked of the program. */
	| {readonly type: 'say'; readonly text: string}
	| {readonly type: 'edit'; readonly edit: Edit}
	/** A server waits for its password. */
	| {readonly type: 'ask-password'; readonly serverId: string; readonly asks: string}
	| {readonly type: 'try-password'}
	/** What came of it: it was refused and why, or it was taken and may be kept. */
	| {readonly type: 'password-refused'; readonly problem: string}
	| {readonly type: 'password-taken'; readonly canBeKept: boolean}
	| {readonly type: 'password-kept'; readonly problem: string | undefined};

/** What an action is applied to besides the screen. */
export type ScreenInput = {
	/** Every row held, in the order of the snapshot. */
	readonly rows: readonly Row[];
	readonly now: Now;
	/** Ids of the columns on screen: the list is sorted by what can be seen. */
	readonly shownColumns: readonly string[];
	/** Rows that fit in the list, lines that fit in detail and help. */
	readonly pageRows: number;
	/** How far detail and help can be scrolled. */
	readonly detailEnd: number;
	readonly helpEnd: number;
	/** Whether the terminal has room for a preview beside the list; not, unless said. */
	readonly canPreview?: boolean;
	/** How far a text that fills the screen can be scrolled; 0 unless said. */
	readonly copyEnd?: number;
	/** Ids of the columns that can be chosen in the list on screen. */
	readonly columnIds?: readonly string[];
	/** The rows of Sessions and of Now, whichever is on screen. */
	readonly sessions?: readonly Row[];
	readonly jobs?: readonly Row[];
	/** The log that is on screen; undefined where none is. */
	readonly log?: LogInput;
};

/** How long the order of the list is held after the cursor moved, in milliseconds. */
const holdMs = 5000;
/** How long a notice stands, in milliseconds. */
const noticeMs = 4000;

const firstSorts: Readonly<Record<ListView, Sort>> = {now: byNeed, sessions: newestFirst, window: newestFirst};

/** The screen at the start. */
export function initialScreen(options: Pick<Screen, 'list' | 'rangeMs' | 'refreshMs'> & {readonly jobType: string} & Partial<Pick<Screen, 'acknowledged' | 'ignored'>>): Screen {
	const {list} = options;
	return {
		list,
		selectedKey: undefined,
		top: 0,
		openKey: undefined,
		tab: 'summary',
		detailTop: 0,
		log: firstLogView,
		isHelpOpen: false,
		helpFilter: noHelpFilter,
		helpTop: 0,
		prompt: undefined,
		signIn: undefined,
		narrowing: {jobType: options.jobType, status: 'all', text: ''},
		sort: firstSorts[list],
		otherSorts: {},
		held: undefined,
		rangeMs: options.rangeMs,
		refreshMs: options.refreshMs,
		isPaused: false,
		hasPreview: false,
		hasQuit: false,
		acknowledged: options.acknowledged ?? [],
		acknowledgedBefore: [],
		ignored: options.ignored ?? [],
		copy: undefined,
		lastCopied: undefined,
		notice: undefined,
		effect: undefined,
		over: undefined,
		command: undefined,
		commands: [],
		columns: {},
		seen: undefined,
		rings: false,
	};
}

/** What is drawn, whatever is asked over it. */
export function viewOf(state: Screen): 'list' | 'detail' | 'help' | 'copy' | Over['kind'] {
	if (state.copy) {
		return 'copy';
	}

	const below = state.over?.kind ?? (state.openKey === undefined ? 'list' : 'detail');
	return state.isHelpOpen ? 'help' : below;
}

/** Where the keys go now: to the innermost thing that is open. */
export function placeOf(state: Screen): Place {
	const view = viewOf(state);
	const searched = state.helpFilter.prompt ? 'help-search' as const : state.prompt && 'prompt' as const;
	const typed = state.command ? 'command' as const : searched;
	const log = state.log.typing ? 'log-search' as const : 'log' as const;
	return typed ?? state.signIn?.place ?? (view === 'detail' && state.tab === 'log' ? log : view);
}

/** What is read under help and prompts. */
export function readingPlace({openKey, tab}: Screen): 'list' | 'detail' | 'log' {
	if (openKey === undefined) {
		return 'list';
	}

	return tab === 'log' ? 'log' : 'detail';
}

/** The index of the row under the cursor; 0 where the selected session is not among the rows. */
export function cursorIndex(rows: readonly Row[], selectedKey: string | undefined): number {
	return selectedKey === undefined ? 0 : Math.max(0, rows.findIndex(({key}) => key === selectedKey));
}

/** The index of the first row to show, so that the cursor is among them and no line is left empty without need. */
export function firstShown(top: number, cursor: number, rowCount: number, pageRows: number): number {
	const last = Math.max(0, rowCount - pageRows);
	const withCursor = Math.max(cursor - pageRows + 1, Math.min(top, cursor));
	return Math.max(0, Math.min(last, withCursor));
}

/** The screen with a line to the user that stands for a few seconds. */
export function noticed(state: Screen, text: string, {monotonic}: Now): Screen {
	return {...state, notice: {text, until: monotonic + noticeMs}};
}

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
			return placeOf(state) === 'list' ? {...state, hasQuit: true} : close(state);
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
			const jobType = types[(types.indexOf(state.narrowing.jobType) + 1) % types.length]!;
			return rearranged(state, {narrowing: {...state.narrowing, jobType}});
		}

		case 'next-status': {
			const status = statusChoices[(statusChoices.indexOf(state.narrowing.status) + 1) % statusChoices.length]!;
			return rearranged(state, {narrowing: {...state.narrowing, status}});
		}

		case 'open-command': {
			return {...state, command: openCommandLine()};
		}

		case 'open-columns': {
			return {...state, over: {kind: 'columns', ids: input.columnIds ?? [], cursor: 0}};
		}

		case 'switch-column': {
			return switchColumn(state, input);
		}

		case 'changes': {
			return showChanges(state, input);
		}

		case 'ignored': {
			return {...state, over: ignoredLines(state.ignored)};
		}

		case 'bell': {
			const rings = !state.rings;
			return noticed({...state, rings}, rings ? 'the bell rings for each new problem' : 'the bell is off', input.now);
		}

		case 'all-read': {
			return {...state, seen: state.seen ?? seenOf(input.sessions ?? [], input.jobs ?? [], input.now)};
		}

		case 'say': {
			return noticed(state, action.text, input.now);
		}

		case 'open-filter': {
			return state.isHelpOpen
				? {...state, helpFilter: {...state.helpFilter, prompt: openPrompt(state.helpFilter.text)}}
				: {...state, prompt: openPrompt(state.narrowing.text)};
		}

		case 'next-problem': {
			return nextProblem(state, action.by, input);
		}

		case 'acknowledge': {
			return acknowledge(state, rowAtHand(state, input), input);
		}

		case 'acknowledge-all': {
			return acknowledge(state, input.rows, input);
		}

		case 'ignore': {
			return ignore(state, rowAtHand(state, input), input);
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
			return placeOf(state) === 'log-search' ? {...state, log: logEdited(state.log, action.edit, input.log ?? noLog)} : edited(state, action.edit);
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
			return state.signIn && action.canBeKept
				? {...state, signIn: {...state.signIn, place: 'keep-password'}}
				: noticed({...state, signIn: undefined}, 'signed in', input.now);
		}

		case 'password-kept': {
			return noticed({...state, signIn: undefined}, action.problem ?? 'kept, encrypted', input.now);
		}
	}
}

/** The screen with something asked of the program. */
export function asking(state: Screen, name: Effect, argument?: string): Screen {
	const count = (state.effect?.count ?? 0) + 1;
	return {...state, effect: argument === undefined ? {name, count} : {name, count, argument}};
}

function switchColumn(state: Screen, {shownColumns, now}: ScreenInput): Screen {
	if (state.over?.kind !== 'columns') {
		return state;
	}

	const id = state.over.ids[state.over.cursor];
	const choice = id === undefined ? nothingChosen : withSwitched(state.columns[state.list] ?? nothingChosen, id, shownColumns);
	return typeof choice === 'string' ? noticed(state, choice, now) : {...state, columns: {...state.columns, [state.list]: choice}};
}

function showChanges(state: Screen, {sessions = [], jobs = [], now}: ScreenInput): Screen {
	const {seen} = state;
	if (!seen) {
		return noticed(state, 'not all is read yet: changes are told from then on', now);
	}

	const lines = changesSince(seen, sessions, jobs, now);
	return {...state, seen: seenOf(sessions, jobs, now), over: {kind: 'lines', title: 'Changed', since: seen.at, lines, none: 'nothing changed', top: 0}};
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

const noHelpFilter: Screen['helpFilter'] = {text: '', prompt: undefined};

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
	const place = placeOf(state);
	if (state.over && !state.isHelpOpen) {
		return {...state, over: movedOver(state.over, moved, input.pageRows)};
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
		held: {rows, until: input.now.monotonic + holdMs},
	};
}

// The cursor goes to the same job's row in the other list, where there is one.
function showList(state: Screen, list: ListView, input: ScreenInput): Screen {
	if (list === state.list) {
		return state;
	}

	const row = visibleRows(input.rows, state, input.now).find(({key}) => key === state.selectedKey);
	return {
		...state,
		list,
		selectedKey: row && state.selectedKey && keyIn(list, row),
		top: 0,
		held: undefined,
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

function nextProblem(state: Screen, by: 1 | -1, input: ScreenInput): Screen {
	const rows = visibleRows(input.rows, state, input.now);
	const index = cursorIndex(rows, state.selectedKey);
	const from = state.selectedKey === undefined && by === 1 ? index - 1 : index;
	const next = by === 1
		? rows.findIndex((row, place) => place > from && isOpenProblem(row))
		: rows.findLastIndex((row, place) => place < from && isOpenProblem(row));
	if (next === -1) {
		return noticed(state, `there is no ${by === 1 ? 'further' : 'earlier'} problem`, input.now);
	}

	return {
		...state, selectedKey: rows[next]!.key, top: firstShown(state.top, next, rows.length, input.pageRows),
		held: {rows, until: input.now.monotonic + holdMs},
	};
}

/** Whether a row is a problem that nobody has acknowledged. */
export function isOpenProblem({isProblem, isAcknowledged}: Row): boolean {
	return isProblem === true && !isAcknowledged;
}

// The row that is open, else the one under the cursor.
function rowAtHand(state: Screen, input: ScreenInput): readonly Row[] {
	const rows = visibleRows(input.rows, state, input.now);
	const opened = state.openKey === undefined ? undefined : rows.find(row => rowOpens(row) === state.openKey);
	return [opened ?? rows[cursorIndex(rows, state.selectedKey)]].filter(row => row !== undefined);
}

function acknowledge(state: Screen, rows: readonly Row[], {now}: ScreenInput): Screen {
	const problems = rows.filter(row => isOpenProblem(row)).map(({verdict}) => acknowledgedOf(verdict!));
	if (problems.length === 0) {
		return noticed(state, 'there is no problem to acknowledge', now);
	}

	const what = problems.length === 1 ? 'acknowledged' : `${problems.length} problems acknowledged`;
	return noticed({
		...state, acknowledged: [...state.acknowledged, ...problems], acknowledgedBefore: [...state.acknowledgedBefore, state.acknowledged.length],
	}, `${what}; u undoes it`, now);
}

function ignore(state: Screen, rows: readonly Row[], {now}: ScreenInput): Screen {
	const causes = rows.flatMap(({serverId, verdict}) => (verdict?.news?.fresh ?? verdict?.causes ?? []).map(({key, text}) => ({serverId, key, text})));
	const added = causes.filter(({serverId, key}) => state.ignored.every(one => one.serverId !== serverId || one.key !== key));
	return added.length === 0
		? noticed(state, 'there is no cause to ignore', now)
		: noticed({...state, ignored: [...state.ignored, ...added]}, `ignored from now on: ${added.map(({text}) => text).join('; ')}`, now);
}

// A terminal does not say whether it took a text: who copies the same again has not found it.
function copied(state: Screen, {text, way}: {readonly text: string; readonly way: CopyWay}, {now}: ScreenInput): Screen {
	const isShown = way === 'screen' || state.lastCopied === text;
	const next: Screen = {...state, lastCopied: isShown ? undefined : text, copy: isShown ? {text, top: 0} : undefined};
	return noticed(next, copyWords[way], now);
}

function undo(state: Screen, {now}: ScreenInput): Screen {
	const before = state.acknowledgedBefore.at(-1);
	return before === undefined
		? noticed(state, 'there is nothing to undo', now)
		: noticed({...state, acknowledged: state.acknowledged.slice(0, before), acknowledgedBefore: state.acknowledgedBefore.slice(0, -1)}, 'undone', now);
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

	if (state.over) {
		return {...state, over: undefined};
	}

	if (state.openKey !== undefined) {
		const log = state.tab === 'log' ? logClosed(state.log) : undefined;
		return log ? {...state, log} : {...state, openKey: undefined};
	}

	return state.narrowing.text === '' ? state : rearranged(state, {narrowing: {...state.narrowing, text: ''}});
}

function withPrompt(state: Screen, prompt: Prompt): Screen {
	return rearranged({...state, prompt}, prompt.text === state.narrowing.text ? {} : {narrowing: {...state.narrowing, text: prompt.text}});
}

// A new order or choice of rows shows at once, from the cursor's row on.
function rearranged(state: Screen, changed: Partial<Pick<Screen, 'narrowing' | 'sort'>>): Screen {
	return {...state, ...changed, held: undefined};
}
