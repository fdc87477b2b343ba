import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {UsageError} from '../model/errors.js';
import {startSimulator, type SimulatorOptions} from '../simulator/server.js';

/** What the simulator tells the process that started it. */
export type Listening = {
	readonly url: string;
	readonly username: string;
	readonly password: string;
};

/** Runs the simulated server until it is told to end, or until the process that started it is gone. */
export async function runSimulator(options: SimulatorOptions & {readonly night: string}): Promise<void> {
	const simulator = await start(options);
	const folder = simulator.certificate === undefined ? undefined : await mkdtemp(path.join(tmpdir(), 'vbtop-simulate-'));
	const certificate = folder && path.join(folder, 'certificate.pem');
	if (certificate) {
		await writeFile(certificate, `${simulator.certificate!.trimEnd()}\n`);
	}

	const {url, account} = simulator;
	if (process.send) {
		process.send({url, ...account} satisfies Listening);
	} else {
		process.stdout.write(`Simulated VB365 server at ${url}, night ${options.night}. It ends with Ctrl-C. To watch it:

  VBTOP_SERVER=${url} VBTOP_USER='${account.username}' VBTOP_PASSWORD=${account.password} ${thisProgram()}${certificate ? ` --ca '${certificate}'` : ''}
`);
	}

	await untilToldToEnd();
	await simulator.close();
	if (folder) {
		await rm(folder, {recursive: true, force: true});
	}
}

// How this program was called: by its name where it is installed, else by its file.
function thisProgram(): string {
	const file = process.argv[1] ?? 'vbtop';
	return path.extname(file) === '' ? 'vbtop' : `node '${path.relative('', file)}'`;
}

async function start(options: SimulatorOptions) {
	try {
		return await startSimulator(options);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
			throw new UsageError(`Port ${options.port} is in use.`, 'Choose another one with --port, or 0 for any.');
		}

		throw error;
	}
}

async function untilToldToEnd(): Promise<void> {
	return new Promise(resolve => {
		for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) {
			process.once(event, () => {
				resolve();
			});
		}
	});
}
