import {X509Certificate} from 'node:crypto';
import path from 'node:path';
import {UsageError} from '../../model/errors.js';
import type {Io, Output} from '../io.js';
import type {FaultName} from '../../simulator/faults/faults.js';
import {startSimulator, type Simulator, type SimulatorOptions} from '../../simulator/server/server.js';

/** What the simulator sends to the process that started it. */
export type Listening = {
	readonly url: string;
	readonly username: string;
	readonly password: string;
};

export type RunOptions = Omit<SimulatorOptions, 'faults' | 'rhythm'> & {
	readonly scenario: string;
	/** The troubles it has from time to time. */
	readonly fault: readonly FaultName[] | undefined;
};

// In seconds: long enough to see that old rows stay, and that the monitor recovers.
const rhythm = {calm: 20, trouble: 20};

/**
Runs the simulated server until a signal comes or the process that started it is gone; ends at once where nobody can read its address.
Throws `UsageError` for a port in use.
*/
export async function runSimulator(io: Io, output: Output, options: RunOptions): Promise<void> {
	const simulator = await start(options);
	const {url, account} = simulator;
	let isRead = true;
	if (io.send) {
		io.send({url, ...account} satisfies Listening);
	} else {
		isRead = await output.print(`Simulated VB365 server at ${url}, scenario ${options.scenario}. It ends with Ctrl-C.\n${troubleAhead(options)}\n${howToWatch(simulator, programWords(io.argv[1] ?? 'vbtop'))}`);
	}

	if (isRead) {
		await signalToEnd(io);
	}

	await simulator.close();
}

function troubleAhead({fault}: RunOptions): string {
	return fault ? `Again and again ${rhythm.calm} s of calm, then ${rhythm.trouble} s of trouble: ${fault.join(', ')}.\n` : '';
}

function howToWatch({url, certificate, account: {username, password}}: Simulator, program: string): string {
	// The short form that can be typed: https is the default.
	const server = url.replace(/^https:\/\//v, '');
	const fingerprint = certificate && new X509Certificate(certificate).fingerprint256;
	return `To watch it:   ${program.padEnd(14)}   (in another terminal)
  server       ${server}
  account      ${username}
  password     ${password}
${fingerprint ? `  certificate  SHA-256 ${fingerprint}\n` : ''}
Without questions: VBTOP_SERVER=${server} VBTOP_USER='${username}' VBTOP_PASSWORD=${password} ${program}${fingerprint ? ` --pin ${fingerprint}` : ''}
`;
}

// How the program is called in a shell: by its name where it is installed, else by its file.
function programWords(file: string): string {
	if (path.extname(file) === '') {
		return 'vbtop';
	}

	const relative = path.relative('', file);
	return `node ${/^[\w\-.\/]+$/v.test(relative) ? relative : `'${relative}'`}`;
}

async function start({fault: faults, ...options}: RunOptions) {
	try {
		return await startSimulator({...options, faults, ...(faults && {rhythm})});
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
			throw new UsageError(`Port ${options.port} is in use.`, 'Choose another one with --port, or 0 for any.');
		}

		throw error;
	}
}

async function signalToEnd(io: Io): Promise<void> {
	return new Promise(resolve => {
		for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) {
			io.once(event, () => {
				resolve();
			});
		}
	});
}
