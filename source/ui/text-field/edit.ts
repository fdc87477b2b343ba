/** A line of text being edited. */
export type Prompt = {
	readonly text: string;
	/** Index into `text`, always between two graphemes. */
	readonly cursor: number;
	/** The text before editing began, for Esc. */
	readonly before: string;
};

/** The maximum length of a text, in characters. */
const maxLength = 500;
/** Bearer tokens are long. */
const maxSecretLength = 8000;

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

export type Edit =
	| {readonly type: 'insert'; readonly text: string}
	| {readonly type: 'delete-before' | 'delete-word' | 'delete-line' | 'delete-after' | 'left' | 'right' | 'home' | 'end'};

/** A prompt with this text and the cursor at its end. */
export function openPrompt(text: string): Prompt {
	return {text, cursor: text.length, before: text};
}

/**
The prompt after one edit; line breaks and tabs that were pasted become spaces.
@param isSecret - a password: what was pasted loses its control characters (the line end of a copied line), and it is one word
*/
export function edit(prompt: Prompt, change: Edit, isSecret = false): Prompt {
	const {text, cursor} = prompt;
	const before = text.slice(0, cursor);
	const after = text.slice(cursor);
	switch (change.type) {
		case 'insert': {
			const typed = isSecret ? change.text.replaceAll(/\p{Control}/gv, '') : change.text.replaceAll(/[\s\p{Control}]+/gv, ' ');
			const inserted = firstPart(typed, (isSecret ? maxSecretLength : maxLength) - text.length);
			return {...prompt, text: before + inserted + after, cursor: cursor + inserted.length};
		}

		case 'delete-before': {
			const rest = before.slice(0, cursor - lastLength(before));
			return {...prompt, text: rest + after, cursor: rest.length};
		}

		case 'delete-word': {
			const rest = isSecret ? '' : before.slice(0, before.trimEnd().lastIndexOf(' ') + 1);
			return {...prompt, text: rest + after, cursor: rest.length};
		}

		case 'delete-line': {
			return {...prompt, text: after, cursor: 0};
		}

		case 'delete-after': {
			return {...prompt, text: before + after.slice(firstLength(after))};
		}

		case 'left': {
			return {...prompt, cursor: cursor - lastLength(before)};
		}

		case 'right': {
			return {...prompt, cursor: cursor + firstLength(after)};
		}

		case 'home': {
			return {...prompt, cursor: 0};
		}

		case 'end': {
			return {...prompt, cursor: text.length};
		}
	}
}

// The first graphemes, none of them cut.
function firstPart(text: string, length: number): string {
	if (text.length <= length) {
		return text;
	}

	let part = '';
	for (const {segment} of graphemes.segment(text)) {
		if (part.length + segment.length > length) {
			break;
		}

		part += segment;
	}

	return part;
}

function firstLength(text: string): number {
	const [first] = graphemes.segment(text);
	return first?.segment.length ?? 0;
}

function lastLength(text: string): number {
	return [...graphemes.segment(text)].at(-1)?.segment.length ?? 0;
}
