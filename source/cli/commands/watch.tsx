import type {Appearance} from '../appearance.js';
import {isComplete, type ServerSettings} from '../settings.js';
import type {LocalData} from '../local-data.js';
import {openScreen, type TerminalScreen} from '../screen.js';
import {runConnect} from './connect.js';
import {startDemo, type WorldFlags} from './demo.js';
import {runMonitor, type MonitorOptions} from './monitor.js';

type Watch = Omit<MonitorOptions, 'servers' | 'own' | 'notice'> & {readonly appearance: Appearance};

type WatchStored = Watch & {
	readonly local: LocalData;
	/** A pin given by a flag. */
	readonly pin: string | undefined;
	/** Whether standard input holds a secret. */
	readonly isPiped: boolean;
};

/** Watches a simulated server until the user leaves. The terminal must have been checked. */
export async function watchDemo(options: Watch, world: WorldFlags): Promise<void> {
	await demoOn(undefined, options, world);
}

async function demoOn(open: TerminalScreen | undefined, options: Watch, world: WorldFlags): Promise<void> {
	const demo = await startDemo(world);
	try {
		await runMonitor(open ?? openScreen(options.appearance), {...options, servers: [demo.server]});
	} finally {
		await demo.end();
	}
}

/**
Watches servers until the user leaves; asks for one first where none is set, or where its account or secret is missing.
The terminal must have been checked.
*/
export async function watch(servers: readonly ServerSettings[], options: WatchStored): Promise<void> {
	const {local, pin, isPiped, appearance} = options;
	const screen = openScreen(appearance, isPiped);
	const [first] = servers;
	if (first && isComplete(first)) {
		await local.state.setLastServers(servers.map(({id}) => id));
		await runMonitor(screen, {...options, servers, notice: (local.credentials.problem ?? local.state.problem)?.message});
		return;
	}

	const outcome = await runConnect(screen, local, options, {server: first?.id ?? '', account: first?.account ?? '', pin});
	if (outcome === 'left') {
		screen.close();
		await screen.ended;
	} else if (outcome === 'demo') {
		await demoOn(screen, options, {});
	} else {
		await runMonitor(screen, {...options, servers: [outcome.server], notice: (outcome.saved.problem ?? local.state.problem)?.message});
	}
}
