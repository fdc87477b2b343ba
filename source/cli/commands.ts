type CommandWords = {
	/** The word after `vbtop` that it takes besides flags, as the help shows it. */
	readonly operand?: string;
	/** What it does, for the help. */
	readonly words: string;
};

/** The commands and what the help says of them. `monitor` is the one without a word, `demo` the same with `--demo`. */
export const commandTable = {
	monitor: {
		operand: '[NAME]',
		words: 'top for Veeam Backup for Microsoft 365: watches the servers that were watched last, or the kept server of that NAME; the first time it asks for a server',
	},
	demo: {words: 'watches a simulated server: no server and no configuration needed'},
	login: {operand: '[NAME]', words: 'add a server, enter its password anew, accept its new certificate'},
	logout: {operand: '[NAME]', words: 'end the session, forget the password'},
	servers: {words: 'list the servers that are kept'},
	info: {words: 'show paths, versions, terminal, and where each setting comes from'},
	simulate: {words: 'run the simulated server'},
} as const satisfies Readonly<Record<string, CommandWords>>;

export type CommandName = keyof typeof commandTable;

/** The commands that are called by a word. */
export const commandWords = ['login', 'logout', 'servers', 'info', 'simulate'] as const satisfies readonly CommandName[];

const helpWord = 'help';

/** Whether `vbtop WORD` is a command, so that no kept server can be watched by that name. */
export function isCommandWord(word: string): boolean {
	return word === helpWord || (commandWords as readonly string[]).includes(word);
}
