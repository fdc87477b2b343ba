/** Where keys go: the layer on top, in a detail by its tab, in a sign-in by its stage. */
export type Focus =
	| 'list' | 'detail' | 'log' | 'help' | 'report' | 'columns' | 'copy'
	| 'filter' | 'log-search' | 'help-search' | 'command' | 'password' | 'signing-in' | 'keep-password';

/** Whether what is typed there is text. */
export function isText(focus: Focus): boolean {
	return ['filter', 'command', 'log-search', 'help-search', 'password'].includes(focus);
}
