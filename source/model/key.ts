/** A key's name: a character as typed, or a word such as `up`, `enter`, `ctrl-c`. */
export type KeyName = string;

/** What a user typed: one key, or a text that was pasted as a whole. */
export type Input = {readonly type: 'key'; readonly key: KeyName} | {readonly type: 'paste'; readonly text: string};

/** Whether a key types a character where text is edited: names of keys are words in ASCII, anything else is what was typed. */
export function isCharacter(key: KeyName): boolean {
	return key.length === 1 || !/^\p{ASCII}+$/v.test(key);
}

/** Takes the inputs of one read; gives those that it leaves to the next listener, and is called no more then. */
export type InputListener = (inputs: readonly Input[]) => readonly Input[] | void;
