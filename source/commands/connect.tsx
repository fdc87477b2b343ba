import {parseServerAddress} from '../api/address.js';
import {inspectServer} from '../api/inspect.js';
import {apiVersions, type ApiVersion} from '../api/server-api.js';
import {ConnectApp, type Connected} from '../connect-app.js';
import {createSignIn, type SignIn} from '../live/sign-in.js';
import type {Saved} from '../kept/keeping.js';
import type {Secret} from '../model/secret.js';
import type {RunLog} from '../run-log.js';
import {serverLog} from '../server-log.js';
import {keptServer, serverId, type ServerSettings} from '../settings.js';
import {apiOf, memoryOf, routeOf, type Own, type Reach} from './own.js';
import type {Screen} from './screen.js';

const connectMs = 10_000;

/** The steps to a signed-in server, over real connections. */
export function signInOver(reach: Reach, own: Own): {signIn: SignIn; tokens: () => ServerSettings['tokens']} {
	let tokens: ServerSettings['tokens'];
	const signIn = createSignIn({
		inspect: async ({address}, onReached, signal) => inspectServer({...routeOf(address, undefined, reach), connectMs, onReached, signal}),
		createApi(attempt) {
			const id = serverId(attempt.address);
			const memory = memoryOf({id, account: attempt.account}, own, () => false);
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
			// An address that nobody has may be a password, typed into the wrong field.
			log?.warn('fault', {kind: fault.kind, words: fault.kind === 'address' ? undefined : fault.message});
		}

		before = state;
	});
}

export type ConnectStart = {
	readonly server: string;
	readonly account: string;
	/** The name to keep the server by; that of its host unless said. */
	readonly name?: string;
	/** A pin given by a flag. */
	readonly pin?: string;
};

/** Shows the Connect view until there is a server to watch; gives it, and why it could not be kept, or how the user left instead. */
export async function runConnect(screen: Screen, own: Own, reach: Reach, start: ConnectStart): Promise<Kept | 'left' | 'demo'> {
	const {signIn, tokens} = signInOver(reach, own);
	const {promise, resolve} = Promise.withResolvers<Connected>();
	screen.show((
		<ConnectApp
			signIn={signIn}
			start={start}
			pinOf={address => start.pin ?? own.credentials.servers.find(({id}) => id === serverId(address))?.pin}
			unsaved={own.credentials.problem?.message}
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

	const kept = await keepServer(own, {...connected, name: start.name, tokens: tokens()});
	await own.state.setLastServers([kept.server.id]);
	return kept;
}

export type ToKeep = {
	/** The address as it was written. */
	readonly server: string;
	readonly name: string | undefined;
	readonly account: string | undefined;
	readonly secret: Secret;
	readonly tokens: ServerSettings['tokens'];
	readonly version: string | undefined;
	readonly pin: string | undefined;
	/** Whether the secret is kept too. */
	readonly isToBeKept: boolean;
};

/** A server to watch, and what became of keeping it. */
export type Kept = {readonly server: ServerSettings; readonly version: ApiVersion | undefined; readonly saved: Saved};

/** Keeps a server that was just signed in to, and its secret where that is wanted. */
export async function keepServer({credentials}: Pick<Own, 'credentials'>, toKeep: ToKeep): Promise<Kept> {
	const {server, name, account, secret, tokens, version, pin, isToBeKept} = toKeep;
	const address = parseServerAddress(server);
	const id = serverId(address);
	const kept = keptServer(server, credentials.servers);
	const settings = {id, name: name ?? kept?.name ?? address.hostname, account, pin};
	const spoken = apiVersions.find(candidate => candidate === version);
	const saved = await credentials.keep({
		...settings,
		version: spoken,
		secret: isToBeKept ? secret : undefined,
		tokens: isToBeKept ? tokens : undefined,
	});
	return {
		saved,
		version: spoken,
		server: {
			...settings, address, secret, tokens,
			isToken: account === undefined, isKept: saved.isSaved, isSecretKept: saved.isSaved && isToBeKept,
			from: {server: 'asked', account: account === undefined ? undefined : 'asked', secret: 'asked', pin: pin === undefined ? undefined : 'asked'},
		},
	};
}
