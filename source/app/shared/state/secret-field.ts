import {Secret} from '../../../model/secret.js';
import {edit, openPrompt, type Edit, type Prompt} from '../../../ui/text-field/edit.js';

/** A secret while it is typed: its text cannot be printed, and no message or state that is written out has it. */
export type SecretField = {
	readonly secret: Secret;
	/** Index into its text, always between two graphemes. */
	readonly cursor: number;
};

/** A field in which nothing was typed. */
export const emptySecretField: SecretField = {secret: new Secret('', false), cursor: 0};

/** Whether nothing was typed. */
export function isEmptySecret({secret}: SecretField): boolean {
	return secret.open() === '';
}

/** The secret once it was typed to its end: from now on it is taken out of what is written out. */
export function enteredSecret({secret}: SecretField): Secret {
	return new Secret(secret.open());
}

/** The field after one edit. */
export function editedSecret({secret, cursor}: SecretField, change: Edit): SecretField {
	const after = edit({...openPrompt(secret.open()), cursor}, change, true);
	return {secret: new Secret(after.text, false), cursor: after.cursor};
}

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

/** What may be drawn of it: a star for each character. */
export function maskedPrompt({secret, cursor}: SecretField): Prompt {
	const text = secret.open();
	const stars = (part: string) => '*'.repeat([...graphemes.segment(part)].length);
	return {text: stars(text), cursor: stars(text.slice(0, cursor)).length, before: ''};
}
