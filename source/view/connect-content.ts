import type {Inspection} from '../model/certificate.js';
import {faults} from '../model/errors.js';
import {signInSteps, type SignInState, type StepState} from '../model/sign-in.js';
import {isToken, type ConnectField, type ConnectForm} from './connect.js';
import {fitCell} from './fit-cell.js';
import type {Cell, Tone} from './spans.js';
import {wrapText} from './text.js';
import {fullTime} from './times.js';

export type ConnectOptions = {
	readonly form: ConnectForm;
	readonly signIn: SignInState;
	/** Why nothing can be kept on this machine, where nothing can. */
	readonly unsaved: string | undefined;
	/** Milliseconds since 1970, by this machine. */
	readonly now: number;
	readonly zone: string;
	readonly width: number;
	/** Lines between the rule above and the rule below. */
	readonly height: number;
};

/** The body of the Connect view: fields first where they can be edited, then lines. */
export type ConnectContent = {
	readonly fields: ReadonlyArray<{readonly name: ConnectField; readonly label: string; readonly note: string}>;
	readonly lines: readonly Cell[];
};

const labelWidth = 13;

type Section = {readonly lines: readonly Cell[]; /** Leaves earlier than those with a higher rank where the terminal is low. */ readonly rank: number};

/** What the Connect view shows below its header, in at most `height` lines. */
export function connectContent(options: ConnectOptions): ConnectContent {
	const {form, signIn: {phase}, height} = options;
	const fields = phase === 'certificate' || phase === 'signed-in' ? [] : fieldsOf(form);
	const blank: Section = {lines: [[]], rank: 1};
	const sections: Section[] = [
		...(fields.length > 0 && phase !== 'checking' ? [blank, {lines: [demoLine(form)], rank: 3}] : []),
		...(phase === 'idle' ? [] : [blank, {lines: stepLines(options), rank: 4}]),
		blank,
		{lines: questionLines(options), rank: 9},
	];
	let kept = sections;
	const length = () => kept.reduce((sum, {lines}) => sum + lines.length, fields.length);
	for (let rank = 1; rank < 9 && length() > height; rank++) {
		kept = kept.filter(section => section.rank !== rank);
	}

	return {fields, lines: kept.flatMap(({lines}) => lines).slice(0, Math.max(0, height - fields.length))};
}

function fieldsOf(form: ConnectForm): ConnectContent['fields'] {
	// An account that is still to be typed makes no token.
	const isTokenMeant = isToken(form) && form.focus === 'secret';
	const notes: Record<ConnectField, string> = {
		server: 'host, host:port or https URL',
		account: String.raw`DOMAIN\user or user@domain`,
		secret: isTokenMeant ? 'no account: a bearer token' : '',
	};
	const labels: Record<ConnectField, string> = {server: 'Server', account: 'Account', secret: isTokenMeant ? 'Token' : 'Password'};
	return (['server', 'account', 'secret'] as const).map(name => ({name, label: `  ${labels[name]}`.padEnd(labelWidth), note: form.focus === name ? notes[name] : ''}));
}

function demoLine({focus}: ConnectForm): Cell {
	return [{text: '  No server?'.padEnd(labelWidth), tone: 'dim'}, {text: focus === 'demo' ? '> Watch the demo: Enter' : '  Watch the demo', tone: focus === 'demo' ? 'strong' : 'dim'}];
}

const stepTones: Record<StepState['state'], Tone> = {waiting: 'dim', running: 'active', passed: 'good', failed: 'bad'};
const stepWords: Record<StepState['state'], string> = {waiting: '-', running: '...', passed: 'ok', failed: 'failed'};

function stepLines({signIn: {steps}, width}: ConnectOptions): Cell[] {
	return signInSteps.map(name => {
		const {state, note} = steps[name];
		return fitCell([{text: `  ${name}`.padEnd(labelWidth + 2)}, {text: stepWords[state].padEnd(8), tone: stepTones[state]}, {text: note}], width);
	});
}

function questionLines(options: ConnectOptions): Cell[] {
	const {form, signIn: {phase, inspection, fault}, width} = options;
	const say: Say = (text, tone = 'plain') => wrapText(text, width - 4, 6).map((line): Cell => [{text: `  ${line}`, tone}]);
	if (inspection) {
		return certificateLines(options, inspection, say);
	}

	if (phase === 'signed-in') {
		const what = isToken(form) ? 'token' : 'password';
		return [
			...say(`Signed in. Keep the ${what} on this machine, so that the next start asks for nothing?`, 'strong'),
			...say('It is encrypted, with the key in another folder: a copied configuration gives nothing away. It is no vault: who can read your files here can read it.'),
		];
	}

	if (form.problem !== undefined) {
		return say(form.problem, 'warning');
	}

	const unsaved = options.unsaved === undefined ? [] : say(`Nothing can be kept: ${options.unsaved}`, 'warning');
	return fault ? [...say(fault.message, 'bad'), ...say(fault.advice)] : unsaved;
}

type Say = (text: string, tone?: Tone) => Cell[];

function certificateLines({signIn: {replaces}, now, zone, width}: ConnectOptions, {certificate, objections}: Inspection, say: Say): Cell[] {
	const {fingerprint, subject, issuer, names, validFrom, validTo} = certificate;
	const fact = (label: string, values: readonly string[]) => values.map((value, index): Cell =>
		fitCell([{text: `  ${index === 0 ? label : ''}`.padEnd(labelWidth), tone: 'dim'}, {text: value}], width));
	const reasons = objections.map(kind => faults[kind].word).join('; ');
	const pairs = (text: string) => fingerprintLines(text, width - labelWidth);
	return [
		...(replaces === undefined
			? say(`Trust the certificate of this server? ${sentence(reasons)}`, 'strong')
			: say(`This is not the certificate that was trusted before. ${reasons === '' ? 'It is issued by a trusted authority.' : sentence(reasons)}`, 'bad')),
		...fact('SHA-256', pairs(fingerprint)),
		...(replaces === undefined ? [] : fact('before', pairs(replaces))),
		...fact('subject', [subject]),
		...fact('issuer', [issuer === subject ? `${issuer} (self-signed)` : issuer]),
		...fact('names', [names.join(', ')]),
		...fact('valid', [`${fullTime(validFrom, now, zone)} to ${fullTime(validTo, now, zone)}`]),
		...say('Nothing secret was sent yet. Compare the fingerprint with that on the server.'),
	];
}

const sentence = (words: string) => words === '' ? '' : `Reason: ${words}.`;

/** The pairs of a fingerprint in lines of 16 or, where that is too wide, of 8. */
function fingerprintLines(fingerprint: string, width: number): string[] {
	const pairs = fingerprint.split(':');
	const count = width >= 47 ? 16 : 8;
	return Array.from({length: Math.ceil(pairs.length / count)}, (_line, index) => pairs.slice(index * count, (index + 1) * count).join(':'));
}
