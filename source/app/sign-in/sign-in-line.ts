import type {FooterLine, SignInLayer} from '../shared/state/layers.js';
import {maskedPrompt} from '../shared/state/secret-field.js';

/** The two last lines while a server waits for its password. */
export function signInLine({stage, question, field, problem}: SignInLayer): FooterLine {
	if (stage === 'keep-password') {
		return {message: [{text: ' Keep it on this machine? Encrypted; who can read your files can read it', tone: 'strong'}], prompt: undefined};
	}

	if (stage === 'signing-in') {
		return {message: [{text: ' Signing in ...', tone: 'active'}], prompt: undefined};
	}

	return {
		message: problem === undefined ? undefined : [{text: ` ${problem}`, tone: 'bad'}],
		prompt: {lead: ` ${question}: `, prompt: maskedPrompt(field), note: 'Esc not now'},
	};
}
