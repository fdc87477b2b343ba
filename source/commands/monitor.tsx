import process from 'node:process';
import {render} from 'ink';
import {createServerApi} from '../api/client.js';
import type {ApiVersion} from '../api/server-api.js';
import {App} from '../app.js';
import {createFeed} from '../live/feed.js';
import {createServerClock} from '../live/server-clock.js';
import type {WatchedServer} from '../live/watched-server.js';
import {UsageError} from '../model/errors.js';
import {jobTypes, type JobType} from '../model/job.js';
import type {ServerSettings} from '../settings.js';
import {TerminalOutput} from '../terminal.js';

export type MonitorOptions = {
	/** At least one. */
	readonly servers: readonly ServerSettings[];
	readonly api: ApiVersion | undefined;
	/** PEM texts of certificates to trust besides the system's. */
	readonly ca: readonly string[];
	readonly jobType: JobType | undefined;
	readonly rangeMs: number;
	readonly refreshMs: number;
	/** IANA name of a zone. */
	readonly zone: string;
};

/** Refuses a place where no screen can be drawn or no key be read. Throws `UsageError`. */
export function checkTerminal(): void {
	if (!process.stdin.isTTY || !process.stdout.isTTY) {
		throw new UsageError('vbtop needs a terminal: its input or output is none.', 'Run it without pipes and redirections; over ssh, with ssh -t.');
	}

	if (process.env['TERM'] === 'dumb') {
		throw new UsageError('vbtop needs a terminal that can move its cursor: TERM is dumb.', 'Set TERM to what the terminal is, for example xterm-256color.');
	}
}

/** Shows the monitor of the servers until the user leaves it. */
export async function runMonitor(options: MonitorOptions): Promise<void> {
	const {jobType, rangeMs, refreshMs, zone} = options;
	const servers = options.servers.map(server => watch(server, options));
	const output = new TerminalOutput(process.stdout, () => {
		instance.unmount();
	});
	const app = (
		<App
			servers={servers} zone={zone}
			start={{jobType: jobTypes.find(type => type === jobType) ?? 'all', rangeMs, refreshMs}}
			onRedraw={() => {
				instance.clear();
				output.write('\u{1B}[2J\u{1B}[H');
				// Else the screen stays empty until something on it changes.
				instance.rerender(app);
			}}
		/>
	);
	const instance = render(
		app,
		{
			// Ink wants a terminal's stream and uses what TerminalOutput has of it.
			stdout: output as unknown as NodeJS.WriteStream,
			exitOnCtrlC: false,
			patchConsole: false,
			alternateScreen: true,
			incrementalRendering: true,
			// Decided by the terminal: a CI variable in an operator's shell changes nothing.
			interactive: true,
		},
	);
	try {
		await instance.waitUntilExit();
	} finally {
		await Promise.all(servers.map(async ({api}) => api.close()));
	}
}

// Each server has a clock, a client and a feed of its own: what befalls one does not touch the others.
function watch({id, name, address, account, secret}: ServerSettings, {api: version, ca, jobType, rangeMs}: MonitorOptions): WatchedServer {
	const monotonic = () => performance.now();
	const clock = createServerClock(monotonic, () => Date.now());
	const api = createServerApi({serverId: id, address, account, secret, api: version, ca, monotonic, onDate: clock.observe});
	const feed = createFeed({serverId: id, serverName: name, api, scope: {jobType, rangeMs}, now: clock.now});
	return {id, name, feed, api};
}
