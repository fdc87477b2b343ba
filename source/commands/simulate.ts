import {X509Certificate} from 'node:crypto';
import path from 'node:path';
import process from 'node:process';
import {UsageError} from '../model/errors.js';
import {startSimulator, type Simulator, type SimulatorOptions} from '../simulator/server.js';

/** What the simulator tells the process that started it. */
export type Listening = {
	readonly url: string;
	readonly username: string;
	readonly password: string;
};

/** Runs the simulated server until it is told to end, or until the process that started it is gone. */
export async function runSimulator(options: SimulatorOptions & {readonly night: string}): Promise<void> {
	const simulator = await start(options);
	const {url, account} = simulator;
	if (process.send) {
		process.send({url, ...account} satisfies Listening);
	} else {
		process.stdout.write(`Simulated VB365 server at ${url}, night ${options.night}. It ends with Ctrl-C.\n\n${howToWatch(simulator)}`);
	}

	await untilToldToEnd();
	await simulator.close();
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
