import {parseServerAddress} from '../../api/transport/address.js';
import {inspectServer} from '../../api/transport/inspect.js';
import {apiVersions, type ApiVersion} from '../../api/server-api.js';
import {ConnectApp, type Connected} from '../../app/connect/connect-app.js';
import {createSignIn, type SignIn} from '../../live/sign-in.js';
import type {Saved} from '../../storage/storage-error.js';
import {UsageError} from '../../model/errors.js';
import type {Secret} from '../../model/secret.js';
import type {RunLog} from '../run-log.js';
import {serverLog} from '../server-log.js';
import {isCommandWord} from '../commands.js';
import {storedServer, serverId, type ServerSettings} from '../settings.js';
import {apiOf, memoryOf, routeOf, type LocalData, type Reach} from '../local-data.js';
import type {TerminalScreen} from '../screen.js';

const connectMs = 10_000;

/** The steps to a signed-in server, over real connections. */
export function signInOver(reach: Reach, local: LocalData): {signIn: SignIn; tokens: () => ServerSettings['tokens']} {
	let tokens: ServerSettings['tokens'];
	const signIn = createSignIn({
		inspect: async ({address}, onReached, signal) => inspectServer({...routeOf(address, undefined, reach), connectMs, onReached, signal}),
		createApi(attempt) {
			const id = serverId(attempt.address);
			const memory = memoryOf({id, account: attempt.account}, local, () => false);
			return apiOf({id, ...attempt, secret: undefined}, {
				...reach,
				onExchange: reach.log && serverLog(reach.log, attempt.address.hostname).exchanged,
				memory: {
					...memory,
					renewed(pair) {
						tokens = pair;
						memory.renewed(pair);
					},
				},
			});
		},
	});
	logSteps(signIn, reach.log);
	return {signIn, tokens: () => tokens};
}

function logSteps(signIn: SignIn, log: RunLog | undefined): void {
	let before = signIn.state();
	signIn.subscribe(() => {
		const state = signIn.state();
		const {inspection, replaces, fault} = state;
		if (inspection && inspection !== before.inspection) {
			log?.info('certificate shown', {fingerprint: inspection.certificate.fingerprint, objections: inspection.objections, replaces});
		}

		if (fault && fault !== before.fault) {
			// An unknown address may be a password, typed into the wrong field.
			log?.warn('fault', {kind: fault.kind, words: fault.kind === 'address' ? undefined : fault.message});
		}

		before = state;
	});
}

export type ConnectStart = {
	readonly server: string;
	readonly account: string;
	/** The name to store the server under; by default that of its host. */
	readonly name?: string;
	/** A pin given by a flag. */
	readonly pin?: string;
};

/** Shows the Connect view until there is a server to watch; gives it, and why it could not be stored, or how the user left instead. */
export async function runConnect(screen: TerminalScreen, local: LocalData, reach: Reach, start: ConnectStart): Promise<SaveOutcome | 'left' | 'demo'> {
	const {signIn, tokens} = signInOver(reach, local);
	const {promise, resolve} = Promise.withResolvers<Connected>();
	screen.show((
		<ConnectApp
			signIn={signIn}
			start={start}
			onStart={({server, ...entered}) => {
				try {
					const address = parseServerAddress(server);
					const pin = start.pin ?? local.credentials.servers.find(({id}) => id === serverId(address))?.pin;
					signIn.start({address, ...entered, pin});
					return undefined;
				} catch (error) {
					return error instanceof UsageError ? `${error.message} ${error.advice}` : String(error);
				}
			}}
			unsaved={local.credentials.problem?.message}
			zone={new Intl.DateTimeFormat().resolvedOptions().timeZone}
			onDone={resolve}
			onRedraw={screen.redraw}
			onSuspend={screen.suspend}
		/>
	));
	const connected = await Promise.race([promise, screen.ended.then((): Connected => ({type: 'left'}))]);
	if (connected.type !== 'signed-in') {
		return connected.type;
	}

	const outcome = await saveServer(local, {...connected, name: start.name, tokens: tokens()});
	await local.state.setLastServers([outcome.server.id]);
	return outcome;
}

export type ServerToSave = {
	/** The address as it was written. */
	readonly server: string;
	readonly name: string | undefined;
	readonly account: string | undefined;
	readonly secret: Secret;
	readonly tokens: ServerSettings['tokens'];
	readonly version: string | undefined;
	readonly pin: string | undefined;
	/** Whether the secret is stored too. */
	readonly isToBeSaved: boolean;
};

/** A server to watch, and whether it could be stored. */
export type SaveOutcome = {readonly server: ServerSettings; readonly version: ApiVersion | undefined; readonly saved: Saved};

/** Stores a server after its sign-in, and its secret where the user wants that. */
export async function saveServer({credentials}: Pick<LocalData, 'credentials'>, toSave: ServerToSave): Promise<SaveOutcome> {
	const {server, name, account, secret, tokens, version, pin, isToBeSaved} = toSave;
	const address = parseServerAddress(server);
	const id = serverId(address);
	const stored = storedServer(server, credentials.servers);
	const settings = {id, name: name ?? stored?.name ?? nameOfHost(address.hostname), account, pin};
	const spoken = apiVersions.find(candidate => candidate === version);
	const saved = await credentials.keep({
		...settings,
		version: spoken,
		secret: isToBeSaved ? secret : undefined,
		tokens: isToBeSaved ? tokens : undefined,
	});
	return {
		saved,
		version: spoken,
		server: {
			...settings, address, secret, tokens,
			isToken: account === undefined, isStored: saved.isSaved, isSecretStored: saved.isSaved && isToBeSaved,
			from: {server: 'asked', account: account === undefined ? undefined : 'asked', secret: 'asked', pin: pin === undefined ? undefined : 'asked'},
		},
	};
}

// `vbtop NAME` runs a command where it has that name.
function nameOfHost(hostname: string): string {
	return isCommandWord(hostname) ? `${hostname}-1` : hostname;
}
