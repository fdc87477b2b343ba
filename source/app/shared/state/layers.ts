import type {Now} from '../../../model/now.js';
import type {Secret} from '../../../model/secret.js';
import type {Prompt} from '../../../ui/text-field/edit.js';
import type {Cell, Tone} from '../../../ui/text/spans.js';
import type {Filters} from '../filters/filters.js';
import type {ListName} from '../rows/lists.js';
import type {Row} from '../rows/rows.js';
import type {Sort} from '../rows/sort.js';
import type {FrozenOrder} from '../rows/visible-rows.js';
import type {SecretField} from './secret-field.js';

/** A list: always the lowest layer. */
export type ListLayer = {
	readonly kind: 'list';
	readonly list: ListName;
	/** The row that the cursor belongs to; undefined keeps it on the first one. */
	readonly selectedKey: string | undefined;
	/** Index of the first row shown, as the user left it. */
	readonly top: number;
	readonly filters: Filters;
	/** The order of each list that was sorted by the user. */
	readonly sorts: Readonly<Partial<Record<ListName, Sort>>>;
	readonly frozen: FrozenOrder | undefined;
};

/** A session, or a job without one, that is open. */
export type DetailLayer = {
	readonly kind: 'detail';
	/** The key of the session, or of the job without one. */
	readonly key: string;
	/** The id of an entry of `app/detail/tabs`. */
	readonly tab: string;
	/** Lines scrolled away above, in a tab that is scrolled. */
	readonly top: number;
	readonly log: LogView;
	/** Keys of the log that wait until its lines were read. */
	readonly waitingKeys: readonly WaitingKey[];
	/** The row when it was last seen in a list, and when that was; undefined until it was. */
	readonly lastSeen: {readonly row: Row; readonly seenAt: Now} | undefined;
};

/** What the lines of a log are limited to. */
export type LogLevel = 'all' | 'problems' | 'errors';

/** By time, newest last; or errors first, then warnings, then the rest, each by time. */
export type LogOrder = 'time' | 'errors-first';

/** What the user has set in the log that is open. */
export type LogView = {
	/** The item under the cursor; it is the newest line while the log is followed. */
	readonly cursorId: string | undefined;
	/** The item of the first line on screen, as the user left it. */
	readonly topId: string | undefined;
	/** Whether the cursor stays on the newest line. */
	readonly isFollowing: boolean;
	/** The newest item when following ended: what came after it waits. */
	readonly seenId: string | undefined;
	readonly isWrapped: boolean;
	readonly level: LogLevel;
	readonly order: LogOrder;
	/** What is searched for; nothing where it is empty. */
	readonly search: string;
	/** Whether the whole message of the line under the cursor is on screen, and the lines of it scrolled away above. */
	readonly isMessageOpen: boolean;
	readonly messageTop: number;
};

export type Move = 'up' | 'down' | 'page-up' | 'page-down' | 'half-up' | 'half-down' | 'first' | 'last';

/** What a key of the log does. */
export type LogAction =
	/** `find`: the cursor goes to the first hit of the search. */
	| {readonly does: 'message' | 'follow' | 'wrap' | 'level' | 'order' | 'find'}
	| {readonly does: 'next' | 'error'; readonly by: 1 | -1}
	| {readonly does: 'move'; readonly to: Move};

/** A key of the log that waits until its lines were read, and what was searched for when it was pressed. */
export type WaitingKey = {readonly action: LogAction; readonly search: string};

/** All keys and commands. */
export type HelpLayer = {
	readonly kind: 'help';
	/** Words that the lines must have. */
	readonly words: string;
	readonly top: number;
};

/** A line of a report. */
export type ReportLine = {
	/** Milliseconds since 1970; undefined is no time, `now` is true since a moment that is not known. */
	readonly at?: number | 'now';
	readonly text: string;
	readonly tone?: Tone;
};

/** Lines to be read, that stay as they were when they were asked for. */
export type Report = {
	/** What they are. */
	readonly title: string;
	/** The moment since which they are, in milliseconds since 1970: the title ends with it. */
	readonly since?: number;
	readonly lines: readonly ReportLine[];
	/** What is shown there where there is no line; it ends as the title does. */
	readonly none: string;
};

export type ReportLayer = {
	readonly kind: 'report';
	readonly report: Report;
	readonly top: number;
};

/** The columns of the list to choose from. */
export type ColumnsLayer = {
	readonly kind: 'columns';
	/** Index of the column under the cursor. */
	readonly cursor: number;
};

/** A text that fills the screen, to be selected there. */
export type CopyLayer = {
	readonly kind: 'copy';
	readonly text: string;
	readonly top: number;
};

/** A line that is typed: the filter of the list, the search in a log or in the help, a command. */
export type FilterLayer = {readonly kind: 'filter'; readonly prompt: Prompt};

export type LogSearchLayer = {
	readonly kind: 'log-search';
	readonly prompt: Prompt;
	/** The log as it was before: Esc goes back to it. */
	readonly before: LogView;
};

export type HelpSearchLayer = {readonly kind: 'help-search'; readonly prompt: Prompt};

/** The command line while it is open. */
export type CommandLine = {
	readonly prompt: Prompt;
	/** Which of the earlier commands is there, counted from the newest; 0 is what is being typed. */
	readonly back: number;
	/** What was being typed when the earlier ones were viewed. */
	readonly draft: string;
	/** What is wrong with the command, or what can be typed. */
	readonly answer: string | undefined;
};

export type CommandLayer = {readonly kind: 'command'; readonly line: CommandLine};

/** Where the sign-in to a server stands: its password is typed, tried, or may be saved. */
export type SignInStage = 'password' | 'signing-in' | 'keep-password';

/** A server waits for its password (or bearer token). */
export type SignInLayer = {
	readonly kind: 'sign-in';
	readonly serverId: string;
	readonly stage: SignInStage;
	/** What is asked for: `Password of DEMO\operator at prod`. */
	readonly question: string;
	readonly field: SecretField;
	/** What was typed, once it is tried. */
	readonly secret: Secret | undefined;
	/** What came of the last one. */
	readonly problem: string | undefined;
};

/** Everything that can be open, one over the other. */
export type Layer =
	| ListLayer | DetailLayer | HelpLayer | ReportLayer | ColumnsLayer | CopyLayer
	| FilterLayer | LogSearchLayer | HelpSearchLayer | CommandLayer | SignInLayer;

export type LayerKind = Layer['kind'];

/** The lowest is a list; the last one has the keys, and Esc takes it away. */
export type Layers = readonly [ListLayer, ...Layer[]];

/** The layers that fill the screen; the others are a line at its bottom. */
const views = ['list', 'detail', 'help', 'report', 'columns', 'copy'] as const satisfies readonly LayerKind[];

export type ViewLayer = Extract<Layer, {readonly kind: (typeof views)[number]}>;

/** Lines that are being typed: nothing that opens by itself takes the keys from them. */
const typed: ReadonlySet<LayerKind> = new Set(['filter', 'log-search', 'help-search', 'command']);

export function isView(layer: Layer): layer is ViewLayer {
	return (views as readonly LayerKind[]).includes(layer.kind);
}

/** The layer that has the keys. */
export function topLayer(layers: Layers): Layer {
	return layers.at(-1)!;
}

/** The view that is drawn. */
export function drawnLayer(layers: Layers): ViewLayer {
	return layers.findLast(layer => isView(layer))!;
}

/** The highest layer of a kind; undefined where none is open. */
export function openLayer<Kind extends LayerKind>(layers: Layers, kind: Kind): Extract<Layer, {readonly kind: Kind}> | undefined {
	return layers.findLast((layer): layer is Extract<Layer, {readonly kind: Kind}> => layer.kind === kind);
}

/** The layers with another one on top. */
export function withLayer(layers: Layers, layer: Layer): Layers {
	return [...layers, layer];
}

/** The layers with one that opens by itself: below the line that is being typed, over all else. */
export function withLayerBelowTyped(layers: Layers, layer: Layer): Layers {
	const top = topLayer(layers);
	return typed.has(top.kind) ? [...layers.slice(0, -1), layer, top] as readonly Layer[] as Layers : [...layers, layer];
}

/** The layers without the top one; the list stays. */
export function withoutTop(layers: Layers): Layers {
	const [list, ...others] = layers;
	return [list, ...others.slice(0, -1)];
}

/** The layers without those of a kind. */
export function withoutKind(layers: Layers, kind: Exclude<LayerKind, 'list'>): Layers {
	const [list, ...others] = layers;
	return [list, ...others.filter(layer => layer.kind !== kind)];
}

/** The layers with a layer instead of another one. */
export function withReplaced<Old extends Layer>(layers: Layers, before: Old, after: Old): Layers {
	return before === after ? layers : layers.map(layer => layer === before ? after : layer) as readonly Layer[] as Layers;
}

/** What is shown at the bottom of the screen while something is asked for: a message, and what is typed instead of the keys. */
export type FooterLine = {
	/** Undefined where the usual one stays: it says why something is asked for. */
	readonly message: Cell | undefined;
	readonly prompt: {readonly lead: string; readonly prompt: Prompt; readonly note: string} | undefined;
};
