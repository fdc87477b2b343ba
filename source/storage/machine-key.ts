import {randomBytes} from 'node:crypto';
import {linkSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {faultCode, shownPath} from '../model/file-fault.js';
import {Secret} from '../model/secret.js';
import {discard, homeless, StorageError, makePrivateFolder, moveAway, tighten, unreadableFile, unsaved} from './storage-error.js';

/** The random key of this machine, in a separate file. Its functions throw `StorageError` where the file cannot be used. */
export type MachineKey = {
	readonly file: string | undefined;
	/** The key: 256 bits as 64 hexadecimal digits; undefined where there is none yet. */
	read(): Secret | undefined;
	/** The key, made where there is none; an existing one is never overwritten. */
	make(): Secret;
	remove(): void;
};

const keyPattern = /^[\da-f]{64}\n?$/v;

/** The key in the state folder. Nothing is read or made before one of its functions is called. */
export function machineKey(folder: string | undefined): MachineKey {
	const file = folder && path.join(folder, 'key');
	return {
		file,
		read: () => file === undefined ? undefined : readKey(file),
		make() {
			if (file === undefined) {
				throw homeless();
			}

			return readKey(file) ?? makeKey(file);
		},
		remove() {
			if (file !== undefined) {
				removeKey(file);
			}
		},
	};
}

function readKey(file: string): Secret | undefined {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		if (isAbsent(error)) {
			return undefined;
		}

		throw unreadableFile(file, error);
	}

	if (!keyPattern.test(text)) {
		throw new StorageError(`${shownPath(file)} does not hold a key.`, `Put the key back, or move the file away and enter what it kept again: ${moveAway(file)}`);
	}

	tighten(file, 0o600);
	return new Secret(text.trim());
}

function isAbsent(error: unknown): boolean {
	return ['ENOENT', 'ENOTDIR'].includes(faultCode(error) ?? '');
}

/*
The key is written completely under another name and then linked, which fails where a key exists:
of two processes one wins, and both read its key.
*/
function makeKey(file: string): Secret {
	const draft = `${file}.${randomBytes(6).toString('hex')}`;
	try {
		makePrivateFolder(path.dirname(file));
		writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, {flag: 'wx', mode: 0o600, flush: true});
		linkUnlessExists(draft, file);
	} catch (error) {
		throw unsaved(file, error);
	} finally {
		discard(draft);
	}

	const key = readKey(file);
	if (!key) {
		throw new StorageError(`${shownPath(file)} cannot be read: it is a link that leads nowhere.`, `Move it away: ${moveAway(file)}`);
	}

	return key;
}

function linkUnlessExists(draft: string, file: string): void {
	try {
		linkSync(draft, file);
	} catch (error) {
		if (faultCode(error) !== 'EEXIST') {
			throw error;
		}
	}
}

function removeKey(file: string): void {
	const folder = path.dirname(file);
	try {
		// A process that was killed while it made the key left it under the other name.
		const keys = readdirSync(folder).filter(name => /^key(?:\.[\da-f]{12})?$/v.test(name));
		for (const name of keys) {
			rmSync(path.join(folder, name), {force: true});
		}
	} catch (error) {
		if (!isAbsent(error)) {
			throw unsaved(file, error);
		}
	}
}
