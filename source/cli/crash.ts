import {randomUUID} from 'node:crypto';
import {lstatSync, mkdirSync, openSync, readdirSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {inspect} from 'node:util';
import {discard} from '../storage/storage-error.js';
import {withoutSecrets} from '../model/secret.js';
import type {Io} from './io.js';

/** How many reports a folder keeps. */
const mostReports = 10;

/**
Writes what is known of a fault of vbtop into a file that only the user can read: versions and
stack, no secret, nothing of the environment and no argument's value. Synchronous, since the process is about to end.
The ten newest reports are kept.
@param options - `folder` is the state folder; where nothing can be written there, the system's folder for temporary files takes its place
@returns the file, or undefined where none could be written
*/
export function reportCrash(error: unknown, {folder, version, flags}: CrashOptions): string | undefined {
	const now = new Date();
	const lines = [
		`vbtop ${version}, Node ${process.versions.node}, ${process.platform} ${process.arch}`,
		now.toISOString(),
		`flags: ${flags.join(' ')}`,
		'',
		crashText(error),
	];
	const text = `${lines.join('\n')}\n`;
	const name = `crash-${now.toISOString().replaceAll(':', '-')}`;
	// In a folder of all users the name must not be predictable: another user could have taken it.
	return (folder === undefined ? undefined : writeReport(folder, `${name}.txt`, text)) ?? writeReport(tmpdir(), `vbtop-${name}-${randomUUID()}.txt`, text);
}

type CrashOptions = {
	readonly folder: string | undefined;
	readonly version: string;
	/** The flags that were given, as they are written, without values. */
	readonly flags: readonly string[];
};

function writeReport(folder: string, name: string, text: string): string | undefined {
	const file = path.join(folder, name);
	let fd: number | undefined;
	try {
		mkdirSync(folder, {recursive: true, mode: 0o700});
		fd = openSync(file, 'wx', 0o600);
		writeFileSync(fd, text);
		pruneReports(folder, file);
		return file;
	} catch {
		// On a full disk an empty file is left.
		if (fd !== undefined) {
			discard(file);
		}

		return undefined;
	}
}

const reportName = /^(?:vbtop-)?crash-\d{4}-\d\d-\d\dT.*\.txt$/v;

// Their names sort by time.
function pruneReports(folder: string, newest: string): void {
	try {
		const reports = readdirSync(folder).filter(name => reportName.test(name)).toSorted().map(name => path.join(folder, name));
		// The folder for temporary files has those of other users too.
		const {uid} = lstatSync(newest);
		for (const file of reports.filter(report => lstatSync(report, {throwIfNoEntry: false})?.uid === uid).slice(0, -mostReports)) {
			discard(file);
		}
	} catch {
		// Too many reports do no harm.
	}
}

let restore: () => void = () => undefined;

/** Registers how the terminal is given back, so that a crash is reported on the normal screen. */
export function beforeCrash(giveBack: () => void): void {
	restore = giveBack;
}

/** Gives the terminal back, where it is taken. */
export function restoreTerminalNow(): void {
	try {
		restore();
	} catch {
		// The error that ends the program is still to be reported.
	}
}

/**
Ends the program with exit code 1 where nothing has caught an error. Node would print the error with all
its properties, and on the alternate screen, which is about to be left.
@param write - reports the error
*/
export function endOnCrash(io: Pick<Io, 'once' | 'exit'>, write: (error: unknown) => void): void {
	io.once('uncaughtException', (error: unknown) => {
		restoreTerminalNow();
		write(error);
		io.exit(1);
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
