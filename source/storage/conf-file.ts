import {chownSync, readdirSync, realpathSync, renameSync, rmSync, statSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type ConfClass from 'conf';
import {discard, homeless, StorageError, moveAway, unreadableFile, unsaved} from './storage-error.js';
import {faultCode, shownPath} from '../model/file-fault.js';
import type {MachineKey} from './machine-key.js';

export type PlainObject = Readonly<Record<string, unknown>>;

/** What a file holds, and how it is written. */
export type FileFormat<Value> = {
	/** The number of the format, from 1; it stands in the file as `schema`. */
	readonly schema: number;
	/** What makes format n + 1 of format n, by n; it throws where the file does not hold what it should. */
	readonly migrations: Readonly<Record<number, (older: PlainObject) => PlainObject>>;
	/** The JSON schema of each property of the value; all of them are required. */
	readonly properties: Readonly<Record<string, object>>;
	/** What an absent file holds. */
	readonly empty: Value;
	/** Given for a file that is encrypted (AES-256-GCM). The key is made with the file and removed with it. */
	readonly key?: MachineKey;
};

type Conf = typeof ConfClass;

/** The package that reads and writes; it takes 200 ms to load, so nothing does before a file is there or is to be. */
export async function loadConf(): Promise<Conf> {
	try {
		const {default: Conf} = await import('conf');
		return Conf;
	} catch (error) {
		// It looks for the home folder as it is loaded, though it is not asked for it.
		throw faultCode(error) === 'ERR_SYSTEM_ERROR' ? homeless() : error;
	}
}

/** Whether there is such a file; true where that cannot be told, so that reading it says why. */
export function isThere(file: string): boolean {
	try {
		return statSync(file, {throwIfNoEntry: false}) !== undefined;
	} catch {
		return true;
	}
}

/** What the file holds, in the format of today. Throws `KeepingError` and leaves the file as it is. */
export function readFile<Value>(Conf: Conf, file: string, format: FileFormat<Value>): Value {
	try {
		return isThere(file) ? opened(Conf, file, format) : format.empty;
	} catch (error) {
		if (!isThere(file)) {
			// Another process has just removed it.
			return format.empty;
		}

		throw error;
	}
}

function opened<Value>(Conf: Conf, file: string, format: FileFormat<Value>): Value {
	const key = format.key?.read();
	if (format.key && !key) {
		throw new StorageError(`${shownPath(file)} cannot be decrypted: its key, ${shownPath(format.key.file ?? '')}, is missing.`, putBackOrMove(file));
	}

	try {
		const conf = new Conf<Record<string, unknown>>({
			...place(file, key?.open()),
			schema: {schema: {const: format.schema}, ...format.properties},
			rootSchema: {required: ['schema', ...Object.keys(format.properties)], additionalProperties: false},
			deserialize: text => migrated(file, parsed(file, text), format),
		});
		const {schema, ...value} = conf.store;
		return value as Value;
	} catch (error) {
		throw readError(file, error);
	}
}

const putBackOrMove = (file: string): string => `Put the key back, or move the file away and enter what it kept again: ${moveAway(file)}`;

function place(file: string, encryptionKey: string | undefined) {
	return {
		cwd: path.dirname(file),
		configName: path.basename(file),
		fileExtension: '',
		configFileMode: 0o600,
		encryptionKey,
		encryptionAlgorithm: 'aes-256-gcm',
		accessPropertiesByDotNotation: false,
	} as const;
}

function parsed(file: string, text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// The error quotes the file.
		throw new StorageError(`${shownPath(file)} is not JSON.`, `Correct it, or move it away: ${moveAway(file)}`);
	}
}

function migrated<Value>(file: string, stored: unknown, {schema, migrations}: FileFormat<Value>): Record<string, unknown> {
	let store: PlainObject = {...stored as PlainObject};
	let number = Number(store['schema']);
	if (number > schema) {
		throw new StorageError(`${shownPath(file)} was written by a newer vbtop (format ${number}; this one reads up to ${schema}).`, `Use the newer vbtop, or move the file away: ${moveAway(file)}`);
	}

	for (let migrate = migrations[number]; number < schema && migrate; migrate = migrations[number]) {
		number++;
		store = {...migrate(store), schema: number};
	}

	return store;
}

function readError(file: string, error: unknown): StorageError {
	if (error instanceof StorageError) {
		return error;
	}

	if (faultCode(error) !== undefined) {
		return unreadableFile(file, error);
	}

	return error instanceof Error && error.message === 'Failed to decrypt config data.'
		? new StorageError(`${shownPath(file)} cannot be decrypted: it was changed, or has another key.`, putBackOrMove(file), error)
		: new StorageError(`${shownPath(file)} does not hold what vbtop writes there.`, `Move it away: ${moveAway(file)}`, error);
}

/**
Writes the file. It is written under another name, read back and renamed: a disk that takes only
a part of it (which `conf` does not see) leaves the file as it was. Throws `KeepingError`.
*/
export function writeFile<Value extends PlainObject>(Conf: Conf, file: string, format: FileFormat<Value>, value: Value): void {
	const key = format.key?.make();
	const target = linkedFile(file);
	const draft = `${target}.new`;
	try {
		discardDrafts(target);
		new Conf<Record<string, unknown>>(place(draft, key?.open())).store = {schema: format.schema, ...value};
		check(Conf, file, draft, format);
		preserveOwner(draft, target);
		renameSync(draft, target);
	} catch (error) {
		throw error instanceof StorageError ? error : unsaved(file, error);
	} finally {
		discardDrafts(target);
	}
}

function check<Value>(Conf: Conf, file: string, draft: string, format: FileFormat<Value>): void {
	try {
		opened(Conf, draft, format);
	} catch (error) {
		throw new StorageError(`${shownPath(file)} cannot be saved: the disk did not take all of it.`, 'Make room on the disk; until then the file stays as it was.', error);
	}
}

/** Removes the file, and its key after it. Throws `KeepingError`. */
export function removeFile(file: string, key: MachineKey | undefined): void {
	const target = linkedFile(file);
	try {
		discardDrafts(target);
		rmSync(target, {force: true});
		rmSync(file, {force: true});
	} catch (error) {
		throw unsaved(file, error);
	}

	key?.remove();
}

// The file may be a link into a folder of dotfiles.
function linkedFile(file: string): string {
	try {
		return realpathSync(file);
	} catch {
		return file;
	}
}

function preserveOwner(draft: string, target: string): void {
	const owner = statSync(target, {throwIfNoEntry: false});
	if (owner && process.geteuid?.() === 0) {
		chownSync(draft, owner.uid, owner.gid);
	}
}

// Also those of a process that was killed: whoever writes holds the lock.
function discardDrafts(target: string): void {
	const folder = path.dirname(target);
	const drafts = readdirSync(folder).filter(name => name.startsWith(`${path.basename(target)}.new`));
	for (const draft of drafts) {
		discard(path.join(folder, draft));
	}
}
