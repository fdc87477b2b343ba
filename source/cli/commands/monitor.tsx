import process from 'node:process';
import {App} from '../../app/app.js';
import {createClipboard} from '../../terminal/clipboard.js';
import {createEvidenceReader} from '../../live/evidence.js';
import {createFeed} from '../../live/feed.js';
import {createReadQueue, queuedLogs} from '../../live/read-queue.js';
import {createServerClock} from '../../live/server-clock.js';
import type {WatchedServer} from '../../live/watched-server.js';
import type {JobType} from '../../model/job.js';
import type {Secret} from '../../model/secret.js';
import {saveFile} from '../../terminal/save-file.js';
import {loggedFeed, serverLog} from '../server-log.js';
import type {ServerSettings} from '../settings.js';
import {apiOf, memoryOf, type LocalData, type Reach} from '../local-data.js';
import type {TerminalScreen} from '../screen.js';
import {createMonitorStore} from '../monitor-store.js';
import {saveServer} from './connect.js';

export type MonitorOptions = Reach & {
	/** At least one. */
	readonly servers: readonly ServerSettings[];
	/** What is kept on this machine; undefined for a demo, of which nothing is. */
	readonly local?: LocalData;
	/** Something to tell at the start. */
	readonly notice?: string;
	readonly jobType: JobType | undefined;
	readonly rangeMs: number;
	readonly refreshMs: number;
	/** IANA name of a zone. */
	readonly zone: string;
};

const signOutMs = 2000;

/** Shows the monitor of the servers until the user leaves it. */
export async function runMonitor(screen: TerminalScreen, options: MonitorOptions): Promise<void> {
	const {jobType, rangeMs, refreshMs, zone, notice, log} = options;
	const watched = options.servers.map(server => watch(server, options));
	const servers = watched.map(({server}) => server);
	const clipboard = createClipboard({env: process.env, write: screen.write});
	const ids = servers.map(({id}) => id);
	const {store, live} = createMonitorStore({
		servers,
		beginning: {
			list: 'now', jobType: jobType ?? 'all', rangeMs, refreshMs, zone, terminal: {...screen.size(), drawing: screen.drawing},
			marks: options.local?.problems.marksOf(ids), standingNotice: log?.stopped() ?? notice,
		},
		ports: {
			redraw: screen.redraw,
			suspend: screen.suspend,
			quit: screen.close,
			bell() {
				screen.write('\u{7}');
			},
			copy: clipboard.copy,
			save: saveFile,
			saveMarks(marks) {
				void options.local?.problems.save(ids, marks);
			},
		},
	});
	log?.onStopped(text => {
		store.dispatch({type: 'standing-notice', text});
	});
	const endInput = screen.onInput(store.input);
	live.start();
	screen.show(<App store={store} watches={live.watches}/>);
	try {
		await screen.ended;
	} finally {
		log?.onStopped(() => undefined);
		endInput();
		live.end();
		await Promise.all(watched.map(async ({leave}) => leave()));
	}
}

// Each server has its own clock, client and feed, so one failure cannot affect another.
function watch(settings: ServerSettings, {local, jobType, rangeMs, log, ...reach}: MonitorOptions): {server: WatchedServer; leave: () => Promise<void>} {
	const {id, name, account} = settings;
	const monotonic = () => performance.now();
	const clock = createServerClock(monotonic, () => Date.now());
	let {isSecretStored, tokens} = settings;
	const memory = local && memoryOf(settings, local, () => isSecretStored);
	const logger = log && serverLog(log, name);
	const api = apiOf(settings, {
		...reach, monotonic, onDate: clock.observe, onExchange: logger?.exchanged,
		memory: memory && {
			...memory,
			renewed(pair) {
				tokens = pair;
				memory.renewed(pair);
			},
		},
	});
	const feed = createFeed({serverId: id, serverName: name, api, scope: {jobType, rangeMs}, now: clock.now});
	const queue = createReadQueue({monotonic});
	const evidence = createEvidenceReader({serverId: id, api, queue, now: clock.now});
	const save = async (secret: Secret) => {
		const version = api.capabilities()?.version;
		const {saved} = await saveServer(local!, {server: id, name, account, secret, tokens, version, pin: settings.pin, isToBeSaved: true});
		isSecretStored = saved.isSaved;
		return saved.problem?.message;
	};

	let saving: Promise<string | undefined> | undefined;
	const keep = async (secret: Secret) => {
		saving = save(secret);
		return saving;
	};

	return {
		server: {
			id, name, account, api,
			feed: logger ? loggedFeed(feed, logger) : feed,
			logs: queuedLogs(api, queue, 'opened'),
			evidence,
			saveSecret: local && !local.credentials.problem ? keep : undefined,
		},
		async leave() {
			evidence.end();
			await saving?.catch(() => undefined);
			// A session that no later start will go on with is ended; the user does not wait for a server that does not answer.
			if (!isSecretStored && !settings.isToken) {
				await api.signOut(AbortSignal.timeout(signOutMs)).catch(() => undefined);
			}

			await api.close();
		},
	};
}
