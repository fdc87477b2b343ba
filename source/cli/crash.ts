import {randomUUID} from 'node:crypto';
import {mkdirSync, openSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {inspect} from 'node:util';
import {discard} from '../storage/storage-error.js';
import {withoutSecrets} from '../model/secret.js';

/**
Writes what is known of a fault of our own into a file that only the user can read: versions and
stack, no secret, nothing of the environment and no argument's value. At once, since the process is about to end.
@param folder - the state folder; where nothing can be written there, the system's folder for temporary files takes its place
@returns the file, or undefined where none could be written
*/
export function reportCrash(error: unknown, folder: string | undefined, version: string): string | undefined {
	const now = new Date();
	const lines = [
		`vbtop ${version}, Node ${process.versions.node}, ${process.platform} ${process.arch}`,
		now.toISOString(),
		`flags: ${process.argv.slice(2).filter(word => word.startsWith('--')).map(word => word.split('=', 1)[0]).join(' ')}`,
		'',
		crashText(error),
	];
	const text = `${lines.join('\n')}\n`;
	const name = `crash-${now.toISOString().replaceAll(':', '-')}`;
	// In a folder of all users a name must not be foreseen: another one could have taken it.
	return (folder === undefined ? undefined : written(folder, `${name}.txt`, text)) ?? written(tmpdir(), `vbtop-${name}-${randomUUID()}.txt`, text);
}

function written(folder: string, name: string, text: string): string | undefined {
	const file = path.join(folder, name);
	let fd: number | undefined;
	try {
		mkdirSync(folder, {recursive: true, mode: 0o700});
		fd = openSync(file, 'wx', 0o600);
		writeFileSync(fd, text);
		return file;
	} catch {
		// On a full disk an empty one is left.
		if (fd !== undefined) {
			discard(file);
		}

		return undefined;
	}
}

let restore: () => void = () => undefined;

/** Says how the terminal is given back, so that what went wrong is read on the normal screen. */
export function beforeCrash(giveBack: () => void): void {
	restore = giveBack;
}

/** Gives the terminal back, where it is taken. */
export function restoreTerminalNow(): void {
	try {
		restore();
	} catch {
		// What ends the program is to be told, and is told last.
	}
}

/**
Ends the program where nothing has caught an error. Node would print it as it is, with all
that is in it, and on the screen that is about to go.
@param tell - writes what happened
*/
export function endOnCrash(tell: (error: unknown) => void): void {
	process.once('uncaughtException', error => {
		restoreTerminalNow();
		tell(error);
		process.exit(1);
	});
}

/** The stack of an error, with those of its causes, without any secret. */
export function crashText(error: unknown): string {
	const stacks: string[] = [];
	let link = error;
	do {
		stacks.push(link instanceof Error ? link.stack ?? link.message : inspect(link));
		link = link instanceof Error ? link.cause : undefined;
	} while (link !== undefined && stacks.length < 8);

	return withoutSecrets(stacks.join('\ncaused by '));
}
