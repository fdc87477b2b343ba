import type {Prompt} from '../../ui/text-field/edit.js';
import type {SignInPrompt} from '../screen-state.js';
import type {Cell} from '../../ui/text/spans.js';

/** The bottom of the screen while something is asked for: what stands on the message line, and what is typed in place of the keys. */
export type FooterLine = {
	/** Undefined where the usual one stays: it says why something is asked for. */
	readonly message: Cell | undefined;
	readonly prompt: {readonly lead: string; readonly prompt: Prompt; readonly note: string; readonly isSecret?: true} | undefined;
};

/** The two last lines while a server waits for its password. */
export function signInLine({place, asks, prompt, problem}: SignInPrompt): FooterLine {
	if (place === 'keep-password') {
		return {message: [{text: ' Keep it on this machine? Encrypted; who can read your files can read it', tone: 'strong'}], prompt: undefined};
	}

	if (place === 'signing-in') {
		return {message: [{text: ' Signing in ...', tone: 'active'}], prompt: undefined};
	}

	return {
		message: problem === undefined ? undefined : [{text: ` ${problem}`, tone: 'bad'}],
		prompt: {lead: ` ${asks}: `, prompt, note: 'Esc not now', isSecret: true},
	};
}
