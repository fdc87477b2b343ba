import type {Buffer} from 'node:buffer';
import {readdirSync, readFileSync, statSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {TestContext} from 'node:test';

/** A temporary folder, removed with the test. */
export async function temporaryFolder(t: TestContext): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'vbtop-storage-'));
	t.after(async () => rm(folder, {recursive: true, force: true}));
	return folder;
}

/** Folders for stored files, in a temporary one; neither exists yet. */
export async function temporaryDirectories(t: TestContext): Promise<{readonly config: string; readonly state: string}> {
	const folder = await temporaryFolder(t);
	return {config: path.join(folder, 'config', 'vbtop'), state: path.join(folder, 'state', 'vbtop')};
}

/** The paths of all that is in a folder, sorted, relative to it; none where it is missing. */
export function entriesOf(folder: string): readonly string[] {
	try {
		return readdirSync(folder, {recursive: true, encoding: 'utf8'}).toSorted();
	} catch {
		return [];
	}
}

/** The bytes of every file under the folders. */
export function bytesUnder(...folders: readonly string[]): readonly Buffer[] {
	const paths = folders.flatMap(folder => entriesOf(folder).map(name => path.join(folder, name)));
	return paths.filter(file => statSync(file).isFile()).map(file => readFileSync(file));
}

/** The permissions of a file or folder, as octal digits. */
export function modeOf(file: string): string {
	return (statSync(file).mode & 0o777).toString(8); // eslint-disable-line no-bitwise -- a file mode is bits
}
