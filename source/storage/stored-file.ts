import path from 'node:path';
import {exists, loadConf, readFile, removeFile, writeFile, type FileFormat, type PlainObject} from './conf-file.js';
import {withLock} from './file-lock.js';
import {homeless, StorageError, makePrivateFolder, tighten, unsaved, type StorageProblem, type Saved} from './storage-error.js';

export type StoredFileOptions<Value> = FileFormat<Value> & {
	/** The folder of vbtop; where it is undefined nothing is read or saved. */
	readonly folder: string | undefined;
	/** The name of the file in it. */
	readonly name: string;
};

export type StoredFile<Value> = {
	/** The content when it was last read or written here. */
	readonly value: Value;
	/** Why it could not be read when it was opened. Such a file stays as it is, and nothing is saved until it can be read. */
	readonly problem: StorageProblem | undefined;
	/**
	Reads the file again, changes its value and writes it, while other processes wait. A change that
	returns the same value writes nothing, one that returns undefined removes the file.
	*/
	update(change: (value: Value) => Value | undefined): Promise<Saved>;
};

/** Opens and reads a file. Nothing is written before the first update, not even the folder. */
export async function openStoredFile<Value extends PlainObject>(options: StoredFileOptions<Value>): Promise<StoredFile<Value>> {
	const {folder, name, empty} = options;
	if (folder === undefined) {
		return {value: empty, problem: undefined, update: async () => ({isSaved: false, problem: homeless().problem})};
	}

	const file = path.join(folder, name);
	tighten(folder, 0o700);
	let value = empty;
	const problem = await problemOf(async () => {
		if (exists(file)) {
			tighten(file, 0o600);
			value = readFile(await loadConf(), file, options);
		}
	});

	const save = async (change: (value: Value) => Value | undefined): Promise<void> => {
		const Conf = await loadConf();
		makeFolder(folder, file);
		await withLock(file, () => {
			const before = readFile(Conf, file, options);
			const after = change(before);
			if (after === undefined) {
				removeFile(file, options.key);
			} else if (after !== before) {
				writeFile(Conf, file, options, after);
			}

			value = after ?? empty;
		});
	};

	// Updates of this process run one after the other, without waiting for the lock.
	let lastUpdate: Promise<unknown> = Promise.resolve();
	return {
		get value() {
			return value;
		},
		problem,
		async update(change) {
			const previous = lastUpdate;
			const update = (async (): Promise<Saved> => {
				await previous;
				const fault = await problemOf(async () => save(change));
				return {isSaved: fault === undefined, problem: fault};
			})();
			lastUpdate = update.catch(() => undefined);
			return update;
		},
	};
}

async function problemOf(action: () => Promise<void>): Promise<StorageProblem | undefined> {
	try {
		await action();
		return undefined;
	} catch (error) {
		if (error instanceof StorageError) {
			return error.problem;
		}

		throw error;
	}
}

function makeFolder(folder: string, file: string): void {
	try {
		makePrivateFolder(folder);
	} catch (error) {
		throw unsaved(file, error);
	}
}
