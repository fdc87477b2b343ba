import process from 'node:process';
import {parseServerAddress} from '../../api/transport/address.js';
import type {Appearance} from '../appearance.js';
import {faultPolicies, ServerFault, UsageError} from '../../model/errors.js';
import {signInSteps} from '../../model/sign-in.js';
import type {Secret} from '../../model/secret.js';
import {storedServer, serverId} from '../settings.js';
import type {LocalData, Reach} from '../local-data.js';
import {checkTerminal, openScreen} from '../screen.js';
import {saveServer, runConnect, signInOver, type ConnectStart} from './connect.js';
import {endSession} from './end-session.js';

export type LoginOptions = {
	/** Name or address of the server; undefined to be asked. */
	readonly name: string | undefined;
	/** A name to keep it by. */
	readonly calledAs: string | undefined;
	readonly account: string | undefined;
	/** Handed over: then nothing is asked. */
	readonly secret: Secret | undefined;
	/** Whether the secret that is handed over is a bearer token. */
	readonly isToken: boolean;
	readonly pin: string | undefined;
	/** Whether a secret that is handed over is kept. */
	readonly isToBeSaved: boolean;
	/** Of the screen, where somebody is asked. */
	readonly appearance: Appearance;
};

/**
Adds a server, or enters the password of a kept one anew and accepts its new certificate.
Throws `ServerFault` where nobody can be asked and a step fails.
*/
export async function login(local: LocalData, reach: Reach, options: LoginOptions): Promise<void> {
	if (local.credentials.problem) {
		throw new UsageError(local.credentials.problem.message, local.credentials.problem.advice);
	}

	const kept = options.name === undefined ? undefined : storedServer(options.name, local.credentials.servers);
	const server = kept?.id ?? options.name ?? '';
	if (server !== '') {
		// Before it is drawn: an address may have been written with a password in it.
		parseServerAddress(server);
	}

	const account = options.isToken ? undefined : options.account ?? kept?.account;
	const outcome = options.secret
		? await loginWithoutQuestions(local, reach, {...options, server, account, secret: options.secret})
		: await ask(local, reach, options.appearance, {server, account: account ?? '', name: options.calledAs, pin: options.pin});
	if (!outcome) {
		process.stderr.write('vbtop: nothing was changed.\n');
		return;
	}

	const {saved, server: {name, account: user, isSecretStored}} = outcome;
	if (!isSecretStored) {
		// No start will go on with it.
		await endSession({...outcome.server, version: outcome.version}, reach);
	}

	const what = user === undefined ? 'token' : 'password';
	process.stdout.write(`Signed in to ${name}${user === undefined ? '' : ` as ${user}`}. The ${what} is ${isSecretStored ? 'kept, encrypted' : 'not kept: vbtop asks for it'}.\n`);
	if (reach.ca.length > 0 && outcome.server.pin === undefined) {
		process.stdout.write('Its certificate is trusted by --ca, which is not kept: give it at each start, or log in without it to pin the certificate.\n');
	}

	if (saved.problem) {
		throw new UsageError(saved.problem.message, saved.problem.advice);
	}
}

async function ask(local: LocalData, reach: Reach, appearance: Appearance, start: ConnectStart) {
	checkTerminal();
	const screen = openScreen(appearance);
	const outcome = await runConnect(screen, local, reach, start);
	screen.close();
	await screen.ended;
	if (outcome === 'demo') {
		process.stdout.write('The demo: vbtop --demo\n');
	}

	return typeof outcome === 'string' ? undefined : outcome;
}

type Handed = LoginOptions & {readonly server: string; readonly secret: Secret};

async function loginWithoutQuestions(local: LocalData, reach: Reach, {server, calledAs, account, secret, isToken, pin, isToBeSaved}: Handed) {
	if (server === '' || (account === undefined && !isToken)) {
		throw new UsageError(`${server === '' ? 'The server is' : 'The account is'} missing.`, 'Without questions: vbtop login HOST --user ACCOUNT --password-stdin --keep');
	}

	const address = parseServerAddress(server);
	if (account !== undefined && await local.state.isRefused(serverId(address), account, secret)) {
		throw new ServerFault('signInRefused', 'this password was refused before, and was not typed anew since');
	}

	const {signIn, tokens} = signInOver(reach, local);
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	const told = new Set<string>();
	signIn.subscribe(() => {
		const {phase, steps, inspection, replaces, fault} = signIn.state();
		const passed = signInSteps.filter(step => steps[step].state === 'passed' && !told.has(step));
		for (const name of passed) {
			told.add(name);
			process.stderr.write(`${name.padEnd(12)} ${steps[name].note}\n`);
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

	const {version, pin: taken} = signIn.state();
	const kept = await saveServer(local, {server, name: calledAs, account, secret, tokens: tokens(), version, pin: taken, isToBeSaved});
	await local.state.setLastServers([kept.server.id]);
	return kept;
}

