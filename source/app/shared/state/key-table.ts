import type {KeyName} from '../../../model/key.js';
import type {Edit} from '../../../ui/text-field/edit.js';
import type {Focus} from './focus.js';
import type {Result} from './messages.js';
import type {State} from './state.js';

/** The keys of one meaning, and its words. Help, bottom line and README are made from these. */
export type KeyWords = {
	readonly id: string;
	readonly keys: readonly KeyName[];
	/** Where the keys have that meaning. */
	readonly focuses: readonly string[];
	/** The words of the help. */
	readonly label: string;
	/** The words of the bottom line; only the most useful keys have them. */
	readonly short?: string;
	/** The keys of the bottom line, where they are not the first one alone. */
	readonly shortKeys?: string;
};

/** One meaning of keys in the monitor: where they have it, and what they do. */
export type Binding = KeyWords & {
	readonly focuses: readonly Focus[];
	/** The state after it; the tables are those that the help is made from. */
	readonly run: (state: State, tables: HelpTables) => Result;
	/** Why the key does nothing now. */
	readonly offBecause?: (state: State) => string | undefined;
};

/** What the help shows besides columns and filters: each key, and each command. */
export type HelpTables = {
	readonly keys: readonly KeyWords[];
	readonly commands: ReadonlyArray<{readonly word: string; readonly label: string}>;
};

/** The keys that edit a line of text, and the edit of each. */
export const editKeys: ReadonlyArray<Pick<KeyWords, 'id' | 'keys' | 'label' | 'short'> & {readonly edit: Edit}> = [
	{id: 'delete-before', keys: ['backspace'], label: 'Delete the character before', edit: {type: 'delete-before'}},
	{id: 'delete-after', keys: ['delete'], label: 'Delete the character after', edit: {type: 'delete-after'}},
	{id: 'delete-word', keys: ['ctrl-w'], label: 'Delete the word before', edit: {type: 'delete-word'}},
	{id: 'delete-line', keys: ['ctrl-u'], label: 'Delete all before the cursor', short: 'clear', edit: {type: 'delete-line'}},
	{id: 'cursor-left', keys: ['left', 'ctrl-b'], label: 'Left', edit: {type: 'left'}},
	{id: 'cursor-right', keys: ['right', 'ctrl-f'], label: 'Right', edit: {type: 'right'}},
	{id: 'cursor-home', keys: ['home', 'ctrl-a'], label: 'To the start', edit: {type: 'home'}},
	{id: 'cursor-end', keys: ['end', 'ctrl-e'], label: 'To the end', edit: {type: 'end'}},
];

const keyWords: ReadonlyMap<KeyName, string> = new Map([
	['enter', 'Enter'],
	['escape', 'Esc'],
	['up', 'Up'],
	['down', 'Down'],
	['left', 'Left'],
	['right', 'Right'],
	['pageup', 'PgUp'],
	['pagedown', 'PgDn'],
	['home', 'Home'],
	['end', 'End'],
	['backspace', 'Backspace'],
	['delete', 'Del'],
	['tab', 'Tab'],
	['shift-tab', 'Shift-Tab'],
	[' ', 'Space'],
]);

/** A key as help and README write it: `Enter`, `Ctrl-D`, `j`. */
export function keyWord(key: KeyName): string {
	return keyWords.get(key) ?? (key.startsWith('ctrl-') ? `Ctrl-${key.slice(5).toUpperCase()}` : key);
}

/** A key of the bottom line and its words: `Enter open`. */
export type ShortKey = {readonly key: string; readonly words: string};

/** The keys that are worth the bottom line where they have a meaning, in order. */
export function shortKeys(table: readonly KeyWords[], focus: string): readonly ShortKey[] {
	return table
		.filter(({focuses, short}) => short !== undefined && focuses.includes(focus))
		.map(({keys, short, shortKeys: named}) => ({key: named ?? keyWord(keys[0]!), words: short!}));
}
