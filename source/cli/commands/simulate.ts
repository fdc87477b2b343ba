import {X509Certificate} from 'node:crypto';
import path from 'node:path';
import process from 'node:process';
import {UsageError} from '../../model/errors.js';
import type {FaultName} from '../../simulator/faults/faults.js';
import {startSimulator, type Simulator, type SimulatorOptions} from '../../simulator/server/server.js';

/** What the simulator tells the process that started it. */
export type Listening = {
	readonly url: string;
	readonly username: string;
	readonly password: string;
};

export type RunOptions = Omit<SimulatorOptions, 'faults' | 'rhythm'> & {
	readonly scenario: string;
	/** What befalls it now and then. */
	readonly fault: readonly FaultName[] | undefined;
};

// In seconds: long enough to see that old rows stay, and that it heals.
const rhythm = {calm: 20, trouble: 20};

/** Runs the simulated server until it is told to end, or until the process that started it is gone. */
export async function runSimulator(options: RunOptions): Promise<void> {
	const simulator = await start(options);
	const {url, account} = simulator;
	if (process.send) {
		process.send({url, ...account} satisfies Listening);
	} else {
		process.stdout.write(`Simulated VB365 server at ${url}, scenario ${options.scenario}. It ends with Ctrl-C.\n${troubleAhead(options)}\n${howToWatch(simulator)}`);
	}

	await untilToldToEnd();
	await simulator.close();
}

function troubleAhead({fault}: RunOptions): string {
	return fault ? `Again and again ${rhythm.calm} s of calm, then ${rhythm.trouble} s of trouble: ${fault.join(', ')}.\n` : '';
}

function howToWatch({url, certificate, account: {username, password}}: Simulator): string {
	const program = thisProgram();
	// As it can be typed: https goes without saying.
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

// How this program was called: by its name where it is installed, else by its file.
function thisProgram(): string {
	const file = process.argv[1] ?? 'vbtop';
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

async function untilToldToEnd(): Promise<void> {
	return new Promise(resolve => {
		for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) {
			process.once(event, () => {
				resolve();
			});
		}
	});
}
