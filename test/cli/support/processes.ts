import {spawnSync} from 'node:child_process';

export type ProcessLine = {
	readonly pid: number;
	readonly parent: number;
	readonly command: string;
};

/** Why processes cannot be looked at, or false. */
export const noProcessList = spawnSync('ps', ['-A', '-o', 'pid=']).status === 0 ? false : 'ps is missing (package procps)';

/** Every process of this machine that has not ended. */
export function processes(): readonly ProcessLine[] {
	const {stdout} = spawnSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,stat=,args='], {encoding: 'utf8', maxBuffer: 16 * 1024 * 1024});
	return stdout.split('\n').flatMap(line => {
		const [pid, parent, state = 'Z', ...command] = line.trim().split(/\s+/v);
		return state.startsWith('Z') ? [] : [{pid: Number(pid), parent: Number(parent), command: command.join(' ')}];
	});
}

/** Whether none of them is there any more. */
export function areGone(...pids: readonly number[]): boolean {
	const alive = new Set(processes().map(({pid}) => pid));
	return pids.every(pid => !alive.has(pid));
}
