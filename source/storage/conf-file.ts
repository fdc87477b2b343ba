import {chownSync, readdirSync, realpathSync, renameSync, rmSync, statSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type ConfClass from 'conf';
import {faultCode, shownPath} from '../model/file-fault.js';
import {discard, homeless, StorageError, moveAway, unreadableFile, unsaved} from './storage-error.js';
import type {MachineKey} from './machine-key.js';

export type PlainObject = Readonly<Record<string, unknown>>;

/** The content of a file, and how it is written. */
export type FileFormat<Value> = {
	/** The number of the format, from 1; the property `schema` of the file. */
	readonly schema: number;
	/** Functions that turn format n into format n + 1, by n; they throw where the content is not valid. */
	readonly migrations: Readonly<Record<number, (older: PlainObject) => PlainObject>>;
	/** The JSON schema of each property; all of them are required. */
	readonly properties: Readonly<Record<string, object>>;
	/** The value of a missing file. */
	readonly empty: Value;
	/** Only for an encrypted file (AES-256-GCM). The key is created and removed with the file. */
	readonly key?: MachineKey;
};

type Conf = typeof ConfClass;

/** Loads the package `conf`. It takes 200 ms, so it is loaded only when a file exists or is to be written. */
export async function loadConf(): Promise<Conf> {
	try {
		const {default: Conf} = await import('conf');
		return Conf;
	} catch (error) {
		// It looks up the home folder when it is loaded, although nothing here needs it.
		throw faultCode(error) === 'ERR_SYSTEM_ERROR' ? homeless() : error;
	}
}

/** Whether the file exists; true where that cannot be found out, so that reading it gives the reason. */
export function exists(file: string): boolean {
	try {
		return statSync(file, {throwIfNoEntry: false}) !== undefined;
	} catch {
		return true;
	}
}

/** The content of the file, in the newest format; the file stays as it is. Throws `StorageError`. */
export function readFile<Value>(Conf: Conf, file: string, format: FileFormat<Value>): Value {
	try {
		return exists(file) ? readConf(Conf, file, format) : format.empty;
	} catch (error) {
		if (!exists(file)) {
			// Another process has removed it in the meantime.
			return format.empty;
		}

		throw error;
	}
}

function readConf<Value>(Conf: Conf, file: string, format: FileFormat<Value>): Value {
	const key = format.key?.read();
	if (format.key && !key) {
		throw new StorageError(`${shownPath(file)} cannot be decrypted: its key, ${shownPath(format.key.file ?? '')}, is missing.`, restoreKeyAdvice(file));
	}

	try {
		const conf = new Conf<Record<string, unknown>>({
			...confOptions(file, key?.open()),
			schema: {schema: {const: format.schema}, ...format.properties},
			rootSchema: {required: ['schema', ...Object.keys(format.properties)], additionalProperties: false},
			deserialize: text => migrate(file, parse(file, text), format),
		});
		const {schema, ...value} = conf.store;
		return value as Value;
	} catch (error) {
		throw readError(file, error);
	}
}

const restoreKeyAdvice = (file: string): string => `Put the key back, or move the file away and enter what it kept again: ${moveAway(file)}`;

function confOptions(file: string, encryptionKey: string | undefined) {
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

function parse(file: string, text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Not the original error: it quotes the file.
		throw new StorageError(`${shownPath(file)} is not JSON.`, `Correct it, or move it away: ${moveAway(file)}`);
	}
}

function migrate<Value>(file: string, stored: unknown, {schema, migrations}: FileFormat<Value>): Record<string, unknown> {
	let store: PlainObject = {...stored as PlainObject};
	let number = Number(store['schema']);
	if (number > schema) {
		throw new StorageError(`${shownPath(file)} was written by a newer vbtop (format ${number}; this one reads up to ${schema}).`, `Use the newer vbtop, or move the file away: ${moveAway(file)}`);
	}

	for (let migration = migrations[number]; number < schema && migration; migration = migrations[number]) {
		number++;
		store = {...migration(store), schema: number};
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
		? new StorageError(`${shownPath(file)} cannot be decrypted: it was changed, or has another key.`, restoreKeyAdvice(file), error)
		: new StorageError(`${shownPath(file)} does not hold what vbtop writes there.`, `Move it away: ${moveAway(file)}`, error);
}

/**
Writes the file under another name, reads it back and renames it, so that the file stays as it was
where the disk takes only a part (which `conf` does not notice). Throws `StorageError`.
*/
export function writeFile<Value extends PlainObject>(Conf: Conf, file: string, format: FileFormat<Value>, value: Value): void {
	const key = format.key?.make();
	const target = resolveLink(file);
	const draft = `${target}.new`;
	try {
		discardDrafts(target);
		new Conf<Record<string, unknown>>(confOptions(draft, key?.open())).store = {schema: format.schema, ...value};
		verifyDraft(Conf, file, draft, format);
		preserveOwner(draft, target);
		renameSync(draft, target);
	} catch (error) {
		throw error instanceof StorageError ? error : unsaved(file, error);
	} finally {
		discardDrafts(target);
	}
}

function verifyDraft<Value>(Conf: Conf, file: string, draft: string, format: FileFormat<Value>): void {
	try {
		readConf(Conf, draft, format);
	} catch (error) {
		throw new StorageError(`${shownPath(file)} cannot be saved: the disk did not take all of it.`, 'Make room on the disk; until then the file stays as it was.', error);
	}
}

/** Removes the file, then its key. Throws `StorageError`. */
export function removeFile(file: string, key: MachineKey | undefined): void {
	const target = resolveLink(file);
	try {
		discardDrafts(target);
		rmSync(target, {force: true});
		rmSync(file, {force: true});
	} catch (error) {
		throw unsaved(file, error);
	}

	key?.remove();
}

// The file may be a symbolic link, for example into a repository of dotfiles.
function resolveLink(file: string): string {
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

// Also the drafts of processes that were killed: the caller has the lock, so nobody else is writing.
function discardDrafts(target: string): void {
	const folder = path.dirname(target);
	const drafts = readdirSync(folder).filter(name => name.startsWith(`${path.basename(target)}.new`));
	for (const draft of drafts) {
		discard(path.join(folder, draft));
	}
}
