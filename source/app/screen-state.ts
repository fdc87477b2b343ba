import type {Now} from '../model/now.js';
import type {Acknowledged, Ignored} from '../triage/acknowledged.js';
import type {Edit, Prompt} from '../ui/text-field/edit.js';
import type {Seen} from './report/changes.js';
import type {ChosenColumns} from './shared/columns/column-choice.js';
import type {CommandLine} from './commands/command-line.js';
import type {Filters} from './shared/filters/filters.js';
import {firstLogView, type LogAction, type LogInput, type LogMove, type LogView} from './detail/log/log-view.js';
import type {CopyWay} from '../model/clipboard-text.js';
import type {ListName} from './shared/rows/lists.js';
import type {Overlay} from './report/overlay.js';
import type {Row} from './shared/rows/rows.js';
import type {DetailTab} from './detail/tabs.js';
import {byNeed, newestFirst, type Sort} from './shared/rows/sort.js';
import type {FrozenOrder} from './shared/rows/visible-rows.js';

/** Where keys go. */
export type Focus = 'list' | 'detail' | 'log' | 'log-search' | 'help' | 'help-search' | 'copy' | 'prompt' | 'command' | Overlay['kind'] | SignInFocus;

/** Where keys go while a server waits for its password: to be typed, tried, kept. */
export type SignInFocus = 'password' | 'signing-in' | 'keep-password';

/** The server that waits for its password (or bearer token), over whatever is on screen. */
export type SignInPrompt = {
	readonly serverId: string;
	readonly place: SignInFocus;
	/** What is asked for: `Password of DEMO\operator at prod`. */
	readonly asks: string;
	readonly prompt: Prompt;
	/** What came of the last one. */
	readonly problem: string | undefined;
};

/** All that the user has set or opened. Data is not in it: it comes with every action. */
export type Screen = {
	/** The list that is on screen, or that the detail lies over. */
	readonly list: ListName;
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
	readonly filters: Filters;
	/** The order of the list on screen, and those of the others. */
	readonly sort: Sort;
	readonly otherSorts: Readonly<Partial<Record<ListName, Sort>>>;
	readonly frozen: FrozenOrder | undefined;
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
	readonly overlay: Overlay | undefined;
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
	| {readonly type: 'list'; readonly list: ListName}
	| {readonly type: 'tab'; readonly tab: DetailTab}
	| {readonly type: 'next-tab'; readonly by: 1 | -1}
	/** Opens the row under the cursor at that tab. */
	| {readonly type: 'open-at'; readonly tab: DetailTab}
	| {readonly type: 'open' | 'close' | 'back' | 'quit' | 'help' | 'pause' | 'preview' | 'next-type' | 'open-filter' | 'accept' | 'reverse-sort'}
	| {readonly type: 'neighbour' | 'sort-column' | 'range' | 'refresh-interval'; readonly by: 1 | -1}
	| {readonly type: 'next-problem'; readonly by: 1 | -1}
	| {readonly type: 'acknowledge' | 'acknowledge-all' | 'undo' | 'ignore' | 'unignore-all'}
	/** A text was copied, in that way, or could not be; `what` names it. */
	| {readonly type: 'copied'; readonly what: string; readonly text: string; readonly way: CopyWay}
	| {readonly type: 'next-status' | 'open-command' | 'open-columns' | 'switch-column' | 'changes' | 'ignored' | 'bell'}
	/** The terminal has another size: what was told of the one before does not hold. */
	| {readonly type: 'resized'}
	/** All servers were read once, and then what is wrong with them: what changes of it from now on is news. */
	| {readonly type: 'all-read'; readonly what: 'sessions' | 'problems'}
	/** What came of something that was asked of the program. */
	| {readonly type: 'say'; readonly text: string}
	| {readonly type: 'edit'; readonly edit: Edit}
	/** A server waits for its password. */
	| {readonly type: 'ask-password'; readonly serverId: string; readonly asks: string}
	| {readonly type: 'try-password'}
	/** What came of it: it was refused and why, or it was taken and may be kept. */
	| {readonly type: 'password-refused'; readonly problem: string}
	| {readonly type: 'password-taken'; readonly canBeSaved: boolean}
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
	/** IANA name of the zone in which times of day are told; UTC unless said. */
	readonly zone?: string;
	/** The log that is on screen; undefined where none is. */
	readonly log?: LogInput;
};

/** How long the order of the list is held after the cursor moved, in milliseconds. */
export const frozenMs = 5000;
/** How long a notice stands, in milliseconds. */
const noticeMs = 4000;

/** The order that each list begins in. */
export const firstSorts: Readonly<Record<ListName, Sort>> = {now: byNeed, sessions: newestFirst, window: newestFirst};

/** The help with all of its lines. */
export const noHelpFilter: Screen['helpFilter'] = {text: '', prompt: undefined};

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
		filters: {jobType: options.jobType, status: 'all', text: ''},
		sort: firstSorts[list],
		otherSorts: {},
		frozen: undefined,
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
		overlay: undefined,
		command: undefined,
		commands: [],
		columns: {},
		seen: undefined,
		rings: false,
	};
}

/** What is drawn, whatever is asked over it. */
export function viewOf(state: Screen): 'list' | 'detail' | 'help' | 'copy' | Overlay['kind'] {
	if (state.copy) {
		return 'copy';
	}

	const below = state.overlay?.kind ?? (state.openKey === undefined ? 'list' : 'detail');
	return state.isHelpOpen ? 'help' : below;
}

/** Where the keys go now: to the innermost thing that is open. */
export function focusOf(state: Screen): Focus {
	const view = viewOf(state);
	const searched = state.helpFilter.prompt ? 'help-search' as const : state.prompt && 'prompt' as const;
	const typed = state.command ? 'command' as const : searched;
	const log = state.log.typing ? 'log-search' as const : 'log' as const;
	return typed ?? state.signIn?.place ?? (view === 'detail' && state.tab === 'log' ? log : view);
}

/** What is read under help and prompts. */
export function focusBelow({openKey, tab}: Screen): 'list' | 'detail' | 'log' {
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

/** The screen with something asked of the program. */
export function asking(state: Screen, name: Effect, argument?: string): Screen {
	const count = (state.effect?.count ?? 0) + 1;
	return {...state, effect: argument === undefined ? {name, count} : {name, count, argument}};
}
