import type {Inspection} from '../../model/inspection.js';
import {faultPolicies, type FaultKind, type ServerFault} from '../../model/errors.js';
import {signInSteps, type SignInState, type StepState} from '../../model/sign-in.js';
import {fitCell} from '../../ui/text/fit-cell.js';
import type {Cell, Tone} from '../../ui/text/spans.js';
import {textWidth, wrapText} from '../../ui/text/text.js';
import {fullTime} from '../../ui/times.js';
import {connectFields, isEmptyField, isToken, type ConnectField, type ConnectForm} from './connect.js';

export type ConnectOptions = {
	readonly form: ConnectForm;
	readonly signIn: SignInState;
	/** Why nothing can be kept on this machine, where nothing can. */
	readonly unsaved: string | undefined;
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

type Section = {
	readonly lines: readonly Cell[];
	/** Leaves earlier than those with a higher rank where the terminal is low; from 8 on it stays. */
	readonly rank: number;
	/** The same in fewer lines, where it must not leave as a whole. */
	readonly shorter?: (most: number) => readonly Cell[];
};

const staying = 8;

/** What the Connect view shows below its header, in at most `height` lines. */
export function connectContent(options: ConnectOptions): ConnectContent {
	const {signIn: {phase, inspection}, height} = options;
	const fields = phase === 'certificate' || phase === 'signed-in' ? [] : fieldsOf(options);
	const question = inspection ? certificateSections(options, inspection) : questionSections(options);
	const blank: Section = {lines: [[]], rank: 1};
	const sections: Section[] = [
		...(fields.length > 0 && phase !== 'checking' ? [blank, {lines: [demoLine(options.form)], rank: 6}] : []),
		...(phase === 'idle' ? [] : [blank, {lines: stepLines(options), rank: 4}]),
		...(question.length === 0 ? [] : [blank, ...question]),
	];
	return {fields, lines: fitted(sections, height - fields.length)};
}

function fitted(sections: readonly Section[], height: number): Cell[] {
	let remaining = sections;
	const surplus = () => remaining.reduce((sum, {lines}) => sum + lines.length, 0) - height;
	for (let rank = 1; rank < staying && surplus() > 0; rank++) {
		remaining = remaining.filter(section => section.rank !== rank);
	}

	// The last paragraph gives way first.
	let linesLeftOver = Math.max(0, surplus());
	const blocks = remaining.toReversed().map(({lines, shorter}) => {
		const left = shorter && linesLeftOver > 0 ? shorter(lines.length - linesLeftOver) : lines;
		linesLeftOver -= lines.length - left.length;
		return left;
	});
	return blocks.toReversed().flat().slice(0, Math.max(0, height));
}

/** What to type where nothing is, the longest first. */
const hints: Readonly<Record<ConnectField, readonly string[]>> = {
	server: ['host, host:port or https URL', 'host or host:port'],
	account: [String.raw`DOMAIN\user or user@domain; empty for a token`, String.raw`DOMAIN\user or user@domain`, 'user@domain'],
	secret: [],
};
const tokenHints = ['bearer token, as no account is given', 'bearer token'];

function fieldsOf({form, signIn: {phase}, width}: ConnectOptions): ConnectContent['fields'] {
	// Before the account was passed over it is not known to be left empty.
	const isForToken = isToken(form) && (form.focus === 'secret' || !isEmptyField(form, 'secret'));
	const labels: Record<ConnectField, string> = {server: 'Server', account: 'Account', secret: isForToken ? 'Token' : 'Password'};
	return connectFields.map(name => {
		const isFocused = phase !== 'checking' && form.focus === name;
		const fitting = name === 'secret' && isForToken ? tokenHints : hints[name];
		// The cursor and a space lie before it.
		const note = isFocused && isEmptyField(form, name) ? fitting.find(hint => labelWidth + 2 + textWidth(hint) < width) : undefined;
		return {name, label: `${isFocused ? '> ' : '  '}${labels[name]}`.padEnd(labelWidth), note: note ?? ''};
	});
}

function demoLine({focus}: ConnectForm): Cell {
	return focus === 'demo'
		? [{text: '> No server?'.padEnd(labelWidth), tone: 'strong'}, {text: 'Watch the demo: Enter', tone: 'strong'}]
		: [{text: '  No server?'.padEnd(labelWidth), tone: 'dim'}, {text: 'Watch the demo', tone: 'dim'}];
}

const stepTones: Record<StepState['state'], Tone> = {waiting: 'dim', running: 'active', passed: 'good', failed: 'bad'};
const stepWords: Record<StepState['state'], string> = {waiting: '-', running: '...', passed: 'ok', failed: 'failed'};

function stepLines({signIn: {steps, inspection}, width}: ConnectOptions): Cell[] {
	return signInSteps.map(name => {
		const {state, note} = steps[name];
		// Why a step failed, or waits, is shown below in full.
		const waiting = name === 'certificate' && inspection ? 'waits for your answer' : note;
		const said = state === 'failed' ? '' : waiting;
		return fitCell([{text: `  ${name}`.padEnd(labelWidth + 2)}, {text: stepWords[state].padEnd(8), tone: stepTones[state]}, {text: said}], width);
	});
}

/** A paragraph, that is cut where there is no room for it. */
function paragraph(text: string, rank: number, {width}: Pick<ConnectOptions, 'width'>, tone: Tone = 'plain'): Section {
	const shorter = (most: number) => most <= 0 ? [] : wrapText(text, width - 2, most).map((line): Cell => [{text: `  ${line}`, tone}]);
	return {lines: shorter(6), rank, ...(rank >= staying && {shorter})};
}

function questionSections(options: ConnectOptions): Section[] {
	const {form, signIn: {phase, fault}, unsaved} = options;
	if (phase === 'signed-in') {
		const what = isToken(form) ? 'token' : 'password';
		return [
			paragraph(`Signed in. Keep the ${what} on this machine?`, staying, options, 'strong'),
			paragraph('Then the next start asks for nothing.', 5, options),
			paragraph('It is encrypted, its key in another folder: no vault. Who can read your files can read it.', staying, options),
		];
	}

	if (form.problem !== undefined) {
		return [paragraph(form.problem, staying, options, 'warning')];
	}

	if (fault) {
		return [paragraph(fault.message, staying, options, 'bad'), paragraph(adviceHere(fault, form), staying, options)];
	}

	return phase === 'idle'
		? [
			...(unsaved === undefined ? [] : [paragraph(`Nothing can be kept: ${unsaved}`, staying, options, 'warning')]),
			paragraph('The account must be a VB365 administrator without MFA. vbtop only reads.', 5, options, 'dim'),
		]
		: [];
}

// The advice of the monitor names keys that are letters here.
const formAdvice: Partial<Record<FaultKind, string>> = {
	signInRefused: 'Type it again; each try counts, and accounts lock. The account must be a VB365 administrator without MFA; the server must not be limited to operators.',
	signInThrottled: 'The server limits sign-ins. Wait a minute, then press Enter.',
	busy: 'The server asked for a pause. Wait a minute, then press Enter.',
	tlsChanged: 'It changed while this program looked. Nothing secret was sent. Press Enter to look again.',
	cancelled: 'Press Enter to try again.',
};

function adviceHere({kind, advice}: ServerFault, form: ConnectForm): string {
	return kind === 'signInRefused' && isToken(form) ? 'Paste another token, or type an account for a password.' : formAdvice[kind] ?? advice;
}

const objectionWords: Partial<Record<FaultKind, string>> = {
	tlsUntrusted: 'no authority trusted here issued it',
	tlsName: 'it is for another name',
	tlsExpired: 'it has expired',
	tlsNotYetValid: 'it is not valid yet',
};

function certificateSections(options: ConnectOptions, {certificate, objections}: Inspection): Section[] {
	const {signIn: {replaces}, zone, width} = options;
	const {fingerprint, subject, issuer, names, validFrom, validTo} = certificate;
	const fact = (label: string, values: readonly string[], rank: number): Section => ({
		lines: values.map((value, index) => fitCell([{text: `  ${index === 0 ? label : ''}`.padEnd(labelWidth), tone: 'dim'}, {text: value}], width)),
		rank,
	});
	const reasons = objections.map(kind => objectionWords[kind] ?? faultPolicies[kind].word).join('; ');
	const room = width - labelWidth;
	const times = [validFrom, validTo].map(time => fullTime(time, undefined, zone));
	const valid = times.join(' to ');
	return [
		replaces === undefined
			? paragraph('Trust the certificate of this server?', staying, options, 'strong')
			: paragraph('The certificate changed. Trust it?', staying, options, 'bad'),
		...(replaces === undefined ? [] : [paragraph('It is not the one that was trusted before: it was renewed, or another server answers.', 6, options)]),
		paragraph(reasons === '' ? 'A trusted authority issued it.' : `This machine cannot vouch for it: ${reasons}.`, 6, options),
		fact('SHA-256', fingerprintLines(fingerprint, room), staying),
		...(replaces === undefined ? [] : [fact('before', fingerprintLines(replaces, room), 7)]),
		fact('subject', [subject], 3),
		fact('issuer', [issuer === subject ? 'itself (self-signed)' : issuer], 3),
		fact('names', [names.length === 0 ? 'none' : names.join(', ')], 5),
		fact('valid', textWidth(valid) <= room ? [valid] : times.map((time, index) => `${index === 0 ? 'from' : 'to  '} ${time}`), 5),
		paragraph('Nothing secret was sent yet. Compare the fingerprint with that on the server.', 2, options),
	];
}

/** The pairs of a fingerprint in lines of 16 or, where that is too wide, of 8. */
function fingerprintLines(fingerprint: string, width: number): string[] {
	const pairs = fingerprint.split(':');
	const count = width >= 47 ? 16 : 8;
	return Array.from({length: Math.ceil(pairs.length / count)}, (_line, index) => pairs.slice(index * count, (index + 1) * count).join(':'));
}
