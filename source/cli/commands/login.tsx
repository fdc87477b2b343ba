import {parseServerAddress} from '../../api/transport/address.js';
import type {Appearance} from '../appearance.js';
import {faultPolicies, ServerFault, UsageError} from '../../model/errors.js';
import {signInSteps} from '../../model/sign-in.js';
import type {Secret} from '../../model/secret.js';
import {storedServer, serverId} from '../settings.js';
import type {Environment, Io, Output} from '../io.js';
import type {LocalData, Reach} from '../local-data.js';
import {checkTerminal, openScreen} from '../screen.js';
import {saveServer, runConnect, signInOver, type ConnectStart} from './connect.js';
import {endSession} from './end-session.js';

export type LoginOptions = {
	/** Name or address of the server; undefined to be asked. */
	readonly server: string | undefined;
	/** The name to store it under; undefined for that of its host. */
	readonly name: string | undefined;
	readonly account: string | undefined;
	/** Given by a flag or the environment: then nothing is asked. */
	readonly secret: Secret | undefined;
	/** Whether that secret is a bearer token. */
	readonly isToken: boolean;
	readonly pin: string | undefined;
	/** Whether that secret is stored too. */
	readonly isToBeSaved: boolean;
	/** Of the screen, where the user is asked. */
	readonly appearance: Appearance;
};

type Process = {readonly env: Environment; readonly io: Io; readonly output: Output};

/**
Adds a server, or stores the new password or certificate of a stored one.
Throws `ServerFault` where a step fails and the user is not asked.
*/
export async function login(run: Process, local: LocalData, reach: Reach, options: LoginOptions): Promise<void> {
	if (local.credentials.problem) {
		throw new UsageError(local.credentials.problem.message, local.credentials.problem.advice);
	}

	const stored = options.server === undefined ? undefined : storedServer(options.server, local.credentials.servers);
	const server = stored?.id ?? options.server ?? '';
	if (server !== '') {
		// Checked before it is drawn: the address may have a password in it.
		parseServerAddress(server);
	}

	const account = options.isToken ? undefined : options.account ?? stored?.account;
	const outcome = options.secret
		? await loginWithoutQuestions(run, local, reach, {...options, server, account, secret: options.secret})
		: await ask(run, local, reach, options.appearance, {server, account: account ?? '', name: options.name, pin: options.pin});
	if (!outcome) {
		run.io.stderr.write('vbtop: nothing was changed.\n');
		return;
	}

	const {saved, server: {name, account: user, isSecretStored}} = outcome;
	if (!isSecretStored) {
		// No later start can use this session.
		await endSession({...outcome.server, version: outcome.version}, reach);
	}

	const what = user === undefined ? 'token' : 'password';
	await run.output.print(`Signed in to ${name}${user === undefined ? '' : ` as ${user}`}. The ${what} is ${isSecretStored ? 'kept, encrypted' : 'not kept: vbtop asks for it'}.\n`);
	if (reach.ca.length > 0 && outcome.server.pin === undefined) {
		await run.output.print('Its certificate is trusted by --ca, which is not kept: give it at each start, or log in without it to pin the certificate.\n');
	}

	if (saved.problem) {
		throw new UsageError(saved.problem.message, saved.problem.advice);
	}
}

async function ask({env, io, output}: Process, local: LocalData, reach: Reach, appearance: Appearance, start: ConnectStart) {
	checkTerminal(io, env);
	const screen = openScreen(appearance);
	const outcome = await runConnect(screen, local, reach, start);
	screen.close();
	await screen.ended;
	if (outcome === 'demo') {
		await output.print('The demo: vbtop --demo\n');
	}

	return typeof outcome === 'string' ? undefined : outcome;
}

type GivenLogin = LoginOptions & {readonly server: string; readonly secret: Secret};

async function loginWithoutQuestions({io}: Process, local: LocalData, reach: Reach, {server, name, account, secret, isToken, pin, isToBeSaved}: GivenLogin) {
	if (server === '' || (account === undefined && !isToken)) {
		throw new UsageError(`${server === '' ? 'The server is' : 'The account is'} missing.`, 'Without questions: vbtop login HOST --user ACCOUNT --password-stdin --keep');
	}

	const address = parseServerAddress(server);
	if (account !== undefined && await local.state.isRefused(serverId(address), account, secret)) {
		throw new ServerFault('signInRefused', 'this password was refused before, and was not typed anew since');
	}

	const {signIn, tokens} = signInOver(reach, local);
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	const shown = new Set<string>();
	signIn.subscribe(() => {
		const {phase, steps, inspection, replaces, fault} = signIn.state();
		const passed = signInSteps.filter(step => steps[step].state === 'passed' && !shown.has(step));
		for (const step of passed) {
			shown.add(step);
			io.stderr.write(`${step.padEnd(12)} ${steps[step].note}\n`);
		}

		if (phase === 'certificate' && inspection) {
			const {fingerprint} = inspection.certificate;
			signIn.cancel();
			const kind = replaces === undefined ? inspection.objections[0] ?? 'tlsUntrusted' : 'tlsChanged';
			reject(new ServerFault(kind, `SHA-256 ${fingerprint}${replaces === undefined ? '' : `, was ${replaces}`}`));
		} else if (phase === 'failed' && fault) {
			reject(fault);
		} else if (phase === 'signed-in') {
			resolve();
		}
	});
	signIn.start({address, account, secret, pin: pin ?? storedServer(server, local.credentials.servers)?.pin});
	try {
		await promise;
	} catch (error) {
		throw error instanceof ServerFault && error.kind.startsWith('tls') && error.kind !== 'tlsFailed'
			? new ServerFault(error.kind, `${error.message.slice(faultPolicies[error.kind].word.length + 2)}. Compare it with that on the server, then add --pin with it`)
			: error;
	}

	const {version, pin: trusted} = signIn.state();
	const outcome = await saveServer(local, {server, name, account, secret, tokens: tokens(), version, pin: trusted, isToBeSaved});
	await local.state.setLastServers([outcome.server.id]);
	return outcome;
}

