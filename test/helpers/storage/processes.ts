import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import type {StorageProblem, Saved} from '../../../source/storage/storage-error.js';
import type {Task} from './worker.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const worker = fileURLToPath(new URL('worker.ts', import.meta.url));

export type Outcome = {
	readonly problems: ReadonlyArray<StorageProblem | undefined | null>;
	/** The names of the servers that are kept afterwards. */
	readonly kept: readonly string[];
	readonly saved: readonly Saved[];
	readonly isRefused: boolean;
};

type Conditions = {
	/** What the process is started by: words before its own. */
	readonly under?: readonly string[];
	/** The user that it runs as. */
	readonly uid?: number;
	/** Whether no home folder is named. */
	readonly isHomeless?: boolean;
};

/** Does a task in a process of its own. */
export async function inProcess(task: Task, {under = [], uid, isHomeless = false}: Conditions = {}): Promise<Outcome> {
	const words = [...under, process.execPath, '--import', 'tsx', worker, JSON.stringify(task)];
	const env = {PATH: process.env['PATH'], ...(!isHomeless && {HOME: '/nonexistent'}), ...(uid !== undefined && {TSX_DISABLE_CACHE: '1'})};
	const child = spawn(words[0]!, words.slice(1), {cwd: root, env, uid, stdio: ['ignore', 'pipe', 'pipe']});
	const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
	if (child.exitCode !== 0) {
		throw new Error(`The process ended with ${child.exitCode ?? child.signalCode}: ${errors}`);
	}

	return JSON.parse(output) as Outcome;
}

/**
Runs a process where a disk of its own, with these options of tmpfs, is mounted at a folder; it is gone with the process.
@param prepare - a command that is run there first.
*/
export function withDisk(folder: string, options: string, prepare = ':'): readonly string[] {
	return ['unshare', '-m', 'sh', '-c', `mount -t tmpfs -o ${options} none '${folder}' && ${prepare} && exec "$@"`, 'sh'];
}

/** Why no disk can be mounted for a test, or false. */
export const noDisk = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0 ? false : 'only root can mount a disk to try it on';

// Root may read and write everything, so that what permissions forbid is tried as nobody.
const nobody = 65_534;

/** The user as whom permissions are tried: undefined for the one of this process. */
export const plainUser = process.getuid?.() === 0 ? nobody : undefined;

/** Why permissions cannot be tried, or false. */
export const noPermissions = plainUser === undefined || spawnSync(process.execPath, ['--import', 'tsx', '-e', ''], {cwd: root, uid: plainUser, env: {TSX_DISABLE_CACHE: '1'}}).status === 0
	? process.platform === 'win32' && 'permissions are those of POSIX'
	: 'run as root, whom permissions do not bind, and nobody else can read the sources';
