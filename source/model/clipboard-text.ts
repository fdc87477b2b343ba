/** Replaces each character that was removed: REPLACEMENT CHARACTER. */
const mark = '\u{FFFD}';

// What a terminal or a shell would obey, and what turns the order of the text around it. Line feeds are ours.
const obeyed = /[[\p{Bidi_Control}\p{Control}\p{Surrogate}\u{2028}\u{2029}]--\n]/gv;

/**
Where a copied text went. `tmux`: it is in tmux's buffer, and tmux has sent it on to its
terminal. `osc52`: it was sent to the terminal, which does not say whether it took it. `screen`: it was
not copied, and is to be shown so that it can be selected.
*/
export type CopyWay = 'tmux' | 'osc52' | 'screen';

/**
A text as it may leave for the clipboard: controls (but the line feed), bidi controls and halves of
surrogate pairs each become a mark; no line ends in spaces, and the last one in no line break, for
which a shell would run what is pasted. Idempotent.
*/
export function forClipboard(text: string): string {
	return text
		.replaceAll(obeyed, () => mark)
		.split('\n')
		.map(line => line.trimEnd())
		.join('\n')
		.trimEnd();
}
