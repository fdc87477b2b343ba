import type {Now} from '../model/now.js';
import {jobTypes} from '../model/job.js';
import type {Narrowing} from './filters.js';
import {edit, openPrompt, type Edit, type Prompt} from './prompt.js';
import type {Row} from './rows.js';
import {newestFirst, sortableColumns, sortBy, type Sort} from './sort.js';
import {ranges, refreshIntervals, step} from './steps.js';
import {visibleRows, type HeldOrder} from './visible-rows.js';

/** Where keys go. */
export type Place = 'list' | 'detail' | 'help' | 'prompt' | SignInPlace;

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
	/** The session that the cursor belongs to; undefined keeps it on the first row. */
	readonly selectedKey: string | undefined;
	/** Index of the first row shown, as the user left it. */
	readonly top: number;
	/** The session whose detail is open. */
	readonly openKey: string | undefined;
	readonly detailTop: number;
	readonly isHelpOpen: boolean;
	readonly helpTop: number;
	readonly prompt: Prompt | undefined;
	readonly signIn: SignInPrompt | undefined;
	readonly narrowing: Narrowing;
	readonly sort: Sort;
	readonly held: HeldOrder | undefined;
	readonly rangeMs: number;
	readonly refreshMs: number;
	readonly isPaused: boolean;
	readonly hasQuit: boolean;
	/** What the last key did, or why it did nothing, where that cannot be seen otherwise. */
	readonly notice: Notice | undefined;
	/** What a key last asked of the program, and how many times any did. */
	readonly effect: {readonly name: Effect; readonly count: number} | undefined;
};

export type Notice = {
	readonly text: string;
	/** Monotonic ms. */
	readonly until: number;
};

/** What a key can ask of the program rather than of the screen. */
export type Effect = 'refresh' | 'reconnect' | 'redraw' | 'suspend' | 'sign-in' | 'keep-password';

export type Move = 'up' | 'down' | 'page-up' | 'page-down' | 'half-up' | 'half-down' | 'first' | 'last';

export type Action =
	| {readonly type: 'move'; readonly to: Move}
	| {readonly type: 'open' | 'close' | 'back' | 'quit' | 'help' | 'pause' | 'next-type' | 'open-filter' | 'accept' | 'reverse-sort'}
	| {readonly type: 'neighbour' | 'sort-column' | 'range' | 'refresh-interval'; readonly by: 1 | -1}
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
};

/** How long the order of the list is held after the cursor moved, in milliseconds. */
const holdMs = 5000;
/** How long a notice stands, in milliseconds. */
const noticeMs = 4000;

/** The screen at the start. */
export function initialScreen(options: {jobType: string; rangeMs: number; refreshMs: number}): Screen {
	return {
		selectedKey: undefined,
		top: 0,
		openKey: undefined,
		detailTop: 0,
		isHelpOpen: false,
		helpTop: 0,
		prompt: undefined,
		signIn: undefined,
		narrowing: {jobType: options.jobType, status: 'all', text: ''},
		sort: newestFirst,
		held: undefined,
		rangeMs: options.rangeMs,
		refreshMs: options.refreshMs,
		isPaused: false,
		hasQuit: false,
		notice: undefined,
		effect: undefined,
	};
}

/** What is drawn, whatever is asked over it. */
export function viewOf(state: Screen): 'list' | 'detail' | 'help' {
	if (state.isHelpOpen) {
		return 'help';
	}

	return state.openKey === undefined ? 'list' : 'detail';
}

/** Where the keys go now: to the innermost thing that is open. */
export function placeOf(state: Screen): Place {
	return state.prompt ? 'prompt' : state.signIn?.place ?? viewOf(state);
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

/** The screen after an action: the one place where it changes. */
export function screen(state: Screen, action: Action, input: ScreenInput): Screen {
	switch (action.type) {
		case 'move': {
			return move(state, action.to, input);
		}

		case 'open': {
			return open(state, input);
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
			return {...state, isHelpOpen: !state.isHelpOpen, helpTop: 0};
		}

		case 'pause': {
			return {...state, isPaused: !state.isPaused};
		}

		case 'next-type': {
			const types = ['all', ...jobTypes];
			const jobType = types[(types.indexOf(state.narrowing.jobType) + 1) % types.length]!;
			return rearranged(state, {narrowing: {...state.narrowing, jobType}});
		}

		case 'open-filter': {
			return {...state, prompt: openPrompt(state.narrowing.text)};
		}

		case 'edit': {
			return edited(state, action.edit);
		}

		case 'accept': {
			return {...state, prompt: undefined};
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
export function asking(state: Screen, name: Effect): Screen {
	return {...state, effect: {name, count: (state.effect?.count ?? 0) + 1}};
}

function edited(state: Screen, change: Edit): Screen {
	if (state.prompt) {
		return withPrompt(state, edit(state.prompt, change));
	}

	return state.signIn?.place === 'password' ? {...state, signIn: {...state.signIn, prompt: edit(state.signIn.prompt, change, true)}} : state;
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
	if (place === 'help') {
		return {...state, helpTop: moved(Math.min(state.helpTop, input.helpEnd), input.helpEnd)};
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

function open(state: Screen, input: ScreenInput): Screen {
	const rows = visibleRows(input.rows, state, input.now);
	const row = rows[cursorIndex(rows, state.selectedKey)];
	return row ? {...state, selectedKey: row.key, openKey: row.key, detailTop: 0} : state;
}

function neighbour(state: Screen, by: 1 | -1, input: ScreenInput): Screen {
	const rows = visibleRows(input.rows, state, input.now);
	const index = rows.findIndex(({key}) => key === state.openKey);
	const row = index === -1 ? undefined : rows[index + by];
	if (row) {
		return {...state, selectedKey: row.key, openKey: row.key, detailTop: 0};
	}

	const end = by === 1 ? 'last' : 'first';
	return noticed(state, index === -1 ? 'this session is not in the list as it is filtered' : `this is the ${end} session of the list`, input.now);
}

// Closes the innermost thing that is open: prompt, password, help, detail, then the filter.
function close(state: Screen): Screen {
	if (state.prompt) {
		return {...withPrompt(state, openPrompt(state.prompt.before)), prompt: undefined};
	}

	if (state.signIn) {
		return {...state, signIn: undefined};
	}

	if (state.isHelpOpen) {
		return {...state, isHelpOpen: false};
	}

	if (state.openKey !== undefined) {
		return {...state, openKey: undefined};
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
