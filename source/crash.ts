import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {inspect} from 'node:util';
import {withoutSecrets} from './model/secret.js';

/**
Writes what is known of a fault of our own into a file that only the user can read: versions and
stack, no secret, nothing of the environment and no argument's value. At once, since the process is about to end.
@param folder - the state folder
@returns the file, or undefined where none could be written
*/
export function reportCrash(error: unknown, folder: string | undefined, version: string): string | undefined {
	if (folder === undefined) {
		return undefined;
	}

	const now = new Date();
	const file = path.join(folder, `crash-${now.toISOString().replaceAll(':', '-')}.txt`);
	const lines = [
		`vbtop ${version}, Node ${process.versions.node}, ${process.platform} ${process.arch}`,
		now.toISOString(),
		`flags: ${process.argv.slice(2).filter(word => word.startsWith('--')).map(word => word.split('=', 1)[0]).join(' ')}`,
		'',
		crashText(error),
	];
	try {
		mkdirSync(folder, {recursive: true, mode: 0o700});
		writeFileSync(file, `${lines.join('\n')}\n`, {mode: 0o600, flag: 'wx'});
		return file;
	} catch {
		return undefined;
	}
}

let giveBack: () => void = () => undefined;

/** Says how the terminal is given back, so that what went wrong is read on the normal screen. */
export function beforeCrash(restore: () => void): void {
	giveBack = restore;
}

/**
Ends the program where nothing has caught an error. Node would print it as it is, with all
that is in it, and on the screen that is about to go.
@param tell - writes what happened
*/
export function endOnCrash(tell: (error: unknown) => void): void {
	process.once('uncaughtException', error => {
		giveBack();
		tell(error);
		process.exit(1);
	});
}

/** The stack of an error, with those of its causes, without any secret. */
export function crashText(error: unknown): string {
	const stacks: string[] = [];
	for (let link = error; link !== undefined && stacks.length < 8; link = link instanceof Error ? link.cause : undefined) {
		stacks.push(link instanceof Error ? link.stack ?? link.message : inspect(link));
	}

	return withoutSecrets(stacks.join('\ncaused by '));
}
