import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {parseServerAddress} from '../../api/transport/address.js';
import {Secret} from '../../model/secret.js';
import type {ServerSettings} from '../settings.js';
import type {Listening} from './simulate.js';

export type Demo = {
	readonly server: ServerSettings;
	readonly end: () => Promise<void>;
};

/** What a simulated server plays, as its flags. */
export type WorldFlags = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/**
Starts `vbtop simulate` as a process of its own, so that the monitor is watched doing what it
does against a real server. The simulator ends with the demo, also when that is killed:
the channel between them closes then.
*/
export async function startDemo(world: WorldFlags): Promise<Demo> {
	const flags = Object.entries(world).flatMap(([flag, value]) => value === undefined ? [] : [`--${flag}`, [value].flat().join(',')]);
	const child = fork(process.argv[1]!, ['simulate', '--port', '0', ...flags], {stdio: ['ignore', 'ignore', 'pipe', 'ipc']});
	const {url, username, password} = await listening(child);
	return {
		server: {
			id: 'demo', name: 'demo', address: parseServerAddress(url), isToken: false, account: username, secret: new Secret(password),
			tokens: undefined, pin: undefined, isStored: false, isSecretStored: false, from: {server: '--demo', account: undefined, secret: undefined, pin: undefined},
		},
		async end() {
			if (!(child.exitCode === null && child.signalCode === null)) {
				return;
			}

			const ended = once(child, 'exit');
			child.disconnect();
			await ended;
		},
	};
}

async function listening(child: ChildProcess): Promise<Listening> {
	let complaint = '';
	child.stderr?.setEncoding('utf8').on('data', (text: string) => {
		complaint = `${complaint}${text}`.slice(-4000);
	});
	const [first] = await Promise.race([
		once(child, 'message') as Promise<[Listening]>,
		once(child, 'exit').then(() => [undefined] as const),
	]);
	if (!first) {
		throw new Error(`The simulated server did not start. ${complaint}`);
	}

	return first;
}
