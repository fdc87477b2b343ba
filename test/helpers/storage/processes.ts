import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {rmSync} from 'node:fs';
import {mkdtemp} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import type {StorageProblem, Saved} from '../../../source/storage/storage-error.js';
import type {Task} from './worker.js';

export type Outcome = {
	/** Of the stored servers and of the run state. */
	readonly problems: ReadonlyArray<StorageProblem | undefined | null>;
	/** The names of the servers that are stored afterwards. */
	readonly stored: readonly string[];
	readonly saved: readonly Saved[];
	readonly isRefused: boolean;
};

type Conditions = {
	/** A command that starts the process: its words come before those of the process. */
	readonly under?: readonly string[];
	/** The user that the process becomes before its task. */
	readonly uid?: number;
	/** Whether HOME is not set. */
	readonly isHomeless?: boolean;
};

let bundle: Promise<string> | undefined;

/*
The worker is bundled once: it starts in a third of the time that tsx takes, and a user who may not read the sources
(a clone in root's home folder) can run it, as everything is loaded before the process becomes that user.
*/
async function buildWorker(): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'vbtop-worker-'));
	process.once('exit', () => {
		rmSync(folder, {recursive: true, force: true});
	});
	const outfile = path.join(folder, 'worker.mjs');
	await build({
		entryPoints: [fileURLToPath(new URL('worker.ts', import.meta.url))],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'esm',
		logLevel: 'warning',
		// CommonJS packages in the bundle still require Node's own modules.
		banner: {js: 'import {createRequire as bundleRequire} from \'node:module\'; const require = bundleRequire(import.meta.url);'},
	});
	return outfile;
}

/** Does a task in a process of its own. */
export async function inProcess(task: Task, {under = [], uid, isHomeless = false}: Conditions = {}): Promise<Outcome> {
	bundle ??= buildWorker();
	const words = [...under, process.execPath, await bundle, JSON.stringify({...task, uid})];
	const env = {PATH: process.env['PATH'], ...(!isHomeless && {HOME: '/nonexistent'})};
	const child = spawn(words[0]!, words.slice(1), {env, stdio: ['ignore', 'pipe', 'pipe']});
	const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
	if (child.exitCode !== 0) {
		throw new Error(`The process ended with ${child.exitCode ?? child.signalCode}: ${errors}`);
	}

	return JSON.parse(output) as Outcome;
}

/**
The command that runs a process where a tmpfs with these options is mounted at a folder; the mount is gone with the process.
@param prepare - a command that is run there first.
*/
export function withDisk(folder: string, options: string, prepare = ':'): readonly string[] {
	return ['unshare', '-m', 'sh', '-c', `mount -t tmpfs -o ${options} none '${folder}' && ${prepare} && exec "$@"`, 'sh'];
}

/** Why no disk can be mounted for a test, or false. */
export const noDisk = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0 ? false : 'only root can mount a disk to try it on';

// Root may read and write everything, so what permissions forbid is tried as the user "nobody".
const nobody = 65_534;

/** The user as whom permissions are tried: undefined for the user of this process. */
export const plainUser = process.getuid?.() === 0 ? nobody : undefined;

/** Why permissions cannot be tried, or false. */
export const noPermissions = plainUser === undefined || spawnSync(process.execPath, ['-e', `process.setuid(${plainUser})`]).status === 0
	? process.platform === 'win32' && 'permissions are those of POSIX'
	: 'run as root, whom permissions do not bind, and who cannot become another user here';
