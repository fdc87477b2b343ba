import {chmodSync, mkdirSync, rmSync, statSync} from 'node:fs';
import path from 'node:path';
import {faultCode, reasonOf, shownPath, undrawable} from '../model/file-fault.js';

/** Why something cannot be read or saved, and what to do about it. */
export type StorageProblem = {
	readonly message: string;
	readonly advice: string;
};

/** The outcome of a change: `problem` is undefined where nothing is wrong, whether it was saved or not. */
export type Saved = {
	readonly isSaved: boolean;
	readonly problem: StorageProblem | undefined;
};

/** The file system does not allow what is needed. Callers show it as a `StorageProblem`. */
export class StorageError extends Error {
	override readonly name = 'StorageError' as const;
	readonly advice: string;

	constructor(message: string, advice: string, cause?: unknown) {
		super(message, {cause});
		this.advice = advice;
	}

	get problem(): StorageProblem {
		return {message: this.message, advice: this.advice};
	}
}

/** The error for a file that could not be read. Any other error than one of the file system is a bug, and thrown. */
export function unreadableFile(file: string, error: unknown): StorageError {
	return new StorageError(`${shownPath(file)} cannot be read: ${reasonOf(error)}.`, `Make it a file that you can read, or move it away: ${moveAway(file)}`, error);
}

/** The error for a file that could not be saved. Any other error than one of the file system is a bug, and thrown. */
export function unsaved(file: string, error: unknown): StorageError {
	return new StorageError(`${shownPath(file)} cannot be saved: ${reasonOf(error)}.`, 'Check its folder and the disk; until then nothing is kept there.', error);
}

/** The error for a folder that cannot be found out, as the user has no home folder. */
export function homeless(): StorageError {
	return new StorageError('There is no home folder to keep anything in.', 'Set HOME to a folder of yours.');
}

/** The command that moves a file away. */
export function moveAway(file: string): string {
	return `mv ${shellWord(file)} ${shellWord(`${file}.bad`)}`;
}

// `$'…'` is read by bash, zsh and ksh.
function shellWord(word: string): string {
	if (word === shownPath(word)) {
		return `'${word.replaceAll('\'', String.raw`'\''`)}'`;
	}

	const escaped = word.replaceAll(/['\\]/gv, character => `\\${character}`)
		.replaceAll(undrawable, character => String.raw`\U${character.codePointAt(0)!.toString(16).padStart(8, '0')}`);
	return `$'${escaped}'`;
}

/** Makes a folder that only its owner can enter, and those above it that are missing. */
export function makePrivateFolder(folder: string): void {
	makeFolder(folder);
	tighten(folder, 0o700);
}

// Node's own `recursive` says ENOENT where the disk is read-only.
function makeFolder(folder: string): void {
	try {
		mkdirSync(folder, {mode: 0o700});
	} catch (error) {
		if (faultCode(error) === 'ENOENT' && path.dirname(folder) !== folder) {
			makeFolder(path.dirname(folder));
			makeFolder(folder);
		} else if (faultCode(error) !== 'EEXIST' || !statSync(folder).isDirectory()) {
			throw error;
		}
	}
}

/** Takes the permissions of group and others away, where that is possible. */
export function tighten(file: string, mode: number): void {
	try {
		if ((statSync(file).mode & 0o077) !== 0) { // eslint-disable-line no-bitwise -- a file mode is bits
			chmodSync(file, mode);
		}
	} catch {
		// It is missing or belongs to another user: reading or writing it will say so.
	}
}

/** Removes a file that nothing depends on, where that is possible. */
export function discard(file: string): void {
	try {
		rmSync(file, {force: true});
	} catch {
		// The caller has reported the cause already.
	}
}
