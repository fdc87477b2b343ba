import {open, rm} from 'node:fs/promises';
import {homedir} from 'node:os';
import path from 'node:path';
import {faultCode, reasonOf, shownPath} from '../model/file-fault.js';

/**
Writes a text into a new file that only its owner can read; one that is there already is never touched.
@param name - as typed: `~/` is the home folder, else from the current one
@returns what came of it, in words: no fault of the file system is thrown
*/
export async function saveFile(name: string, text: string): Promise<string> {
	const file = path.resolve(name.startsWith('~/') ? path.join(homedir(), name.slice(2)) : name);
	let isOurs = false;
	try {
		const handle = await open(file, 'wx', 0o600);
		isOurs = true;
		try {
			await handle.writeFile(text);
		} finally {
			await handle.close();
		}
	} catch (error) {
		// Half a list would pass for a whole one.
		if (isOurs) {
			await rm(file, {force: true}).catch(() => undefined);
		}

		return `not saved: ${whyNot(error, file)}`;
	}

	return `saved: ${shownPath(file)}`;
}

function whyNot(error: unknown, file: string): string {
	const code = faultCode(error);
	if (code === 'EEXIST') {
		return `${shownPath(file)} is there already`;
	}

	return code === 'ENOENT' ? `there is no folder ${shownPath(path.dirname(file))}` : `${shownPath(file)}: ${reasonOf(error)}`;
}
