import {readFileSync} from 'node:fs';
import process from 'node:process';
import {checkCertificates} from '../api/transport/trust.js';
import {ServerFault, UsageError} from '../model/errors.js';
import {findDirectories} from '../storage/directories.js';
import {refreshIntervals} from '../app/shared/filters/steps.js';
import {
	apiVersionOf,
	numberInRange,
	commandNames,
	givenFlags,
	jobTypeOf,
	logOf,
	flagOutOfPlace,
	nameOf,
	pinOf,
	readCommandLine,
	seeHelp,
	spanOf,
	wholeNumber,
	type Flags,
} from './flags.js';
import type {LocalData} from './local-data.js';
import {crashText, endOnCrash, restoreTerminalNow, reportCrash} from './crash.js';
import {appearanceOf} from './appearance.js';
import type {RunLog} from './run-log.js';
import {secretOfFlags, takeSecrets, usesStdin} from './secrets.js';
import {isComplete, serversOf, type ServerSettings} from './settings.js';

// At once: what is started from here must not inherit them.
const inherited = takeSecrets(process.env);

// At once as well: while it runs, another version may take its place on disk.
const version = packageVersion();

const directories = await findDirectories(process.env);

let log: RunLog | undefined;
let isCrashReported = false;

endOnCrash(error => {
	reportCrashOnce(error);
});

const commands = {simulate, monitor, login, logout, servers, info};

try {
	const {flags, input, showHelp, showVersion} = readCommandLine();
	if (flags.help) {
		showHelp(0);
	}

	if (flags.version) {
		showVersion();
	}

	const [word, ...rest] = input;
	const command = commandNames.find(name => name === word);
	const takesName = command === 'login' || command === 'logout';
	if ((word !== undefined && !command) || rest.length > (takesName ? 1 : 0)) {
		throw new UsageError(`"${command ? rest.at(-1)! : word!}" is no command.`, `Commands: ${commandNames.join(', ')}; see vbtop --help.`);
	}

	const use = command ?? (flags.demo ? 'demo' : 'monitor');
	const misplaced = flagOutOfPlace(flags, use);
	if (misplaced !== undefined) {
		throw new UsageError(`${misplaced} has no meaning here.`, seeHelp);
	}

	log = await openLog(flags, use);
	await commands[command ?? 'monitor'](flags, rest[0]);
} catch (error) {
	restoreTerminalNow();
	process.exitCode = tell(error);
}

if (log?.stopped() !== undefined) {
	process.stderr.write(`vbtop: ${log.stopped()!}\n`);
}

async function openLog(flags: Flags, use: string): Promise<RunLog | undefined> {
	const wanted = logOf(flags);
	if (!wanted) {
		return undefined;
	}

	const {openRunLog} = await import('./run-log.js');
	const opened = await openRunLog(wanted);
	opened.info('start', {version, node: process.versions.node, platform: process.platform, arch: process.arch, use, flags: givenFlags(flags)});
	return opened;
}

async function simulate(flags: Flags): Promise<void> {
	const {runSimulator} = await import('./commands/simulate.js');
	await runSimulator({...await worldOf(flags), tls: flags.tls, port: wholeNumber('--port', flags.port ?? 4443, 0, 65_535)});
}

async function faultsOf({fault, tls}: Flags) {
	if (fault === undefined) {
		return undefined;
	}

	const {faultNames, faultOf, isFaultName} = await import('../simulator/faults/faults.js');
	const names = fault.split(',');
	const known = names.filter(name => isFaultName(name));
	if (known.length < names.length) {
		throw new UsageError(`There is no fault "${names.find(name => !isFaultName(name))}".`, `Faults: ${faultNames.join(', ')}.`);
	}

	const impossible = known.find(name => faultOf(name).needsTls && !tls);
	if (impossible !== undefined) {
		throw new UsageError(`The fault ${impossible} needs TLS.`, 'Use vbtop simulate with --tls.');
	}

	return known;
}

// What --demo and simulate share.
async function worldOf(flags: Flags) {
	const {isScenarioName, scenarios} = await import('../simulator/scenarios/scenarios.js');
	const {scenario = 'demo', pace = 30, seed = 1, sessions} = flags;
	if (!isScenarioName(scenario)) {
		throw new UsageError(`There is no scenario "${scenario}".`, `Scenarios: ${Object.keys(scenarios).join(', ')}.`);
	}

	return {
		scenario, fault: await faultsOf(flags), api: apiVersionOf(flags),
		pace: numberInRange('--pace', pace, 0.01, 100_000),
		seed: wholeNumber('--seed', seed, 0, 2 ** 31),
		sessions: sessions === undefined ? undefined : wholeNumber('--sessions', sessions, 0, 1_000_000),
	};
}

function reachOf(flags: Flags) {
	return {api: apiVersionOf(flags), ca: (flags.ca ?? []).map(file => certificates(file)), log};
}

function foundAppearance(flags: Flags) {
	return appearanceOf({flags, environment: process.env, platform: process.platform});
}

async function monitor(flags: Flags): Promise<void> {
	const options = {
		...reachOf(flags),
		appearance: foundAppearance(flags),
		jobType: jobTypeOf(flags),
		rangeMs: spanOf(flags),
		refreshMs: 1000 * numberInRange('--refresh', flags.refresh ?? (flags.demo ? 2 : 10), refreshIntervals[0] / 1000, refreshIntervals.at(-1)! / 1000),
		zone: flags.utc ? 'UTC' : new Intl.DateTimeFormat().resolvedOptions().timeZone,
	};
	const {watch, watchDemo} = await import('./commands/watch.js');
	if (flags.demo) {
		await watchDemo(options, await worldOf(flags));
		return;
	}

	const pin = pinOf(flags);
	const isPiped = usesStdin(flags);
	const local = await openStored();
	const named = await namedServers(flags, local, pin);
	const {checkTerminal} = await import('./screen.js');
	checkTerminal(isPiped);
	await watch(named, {...options, local, pin, isPiped});
}

async function openStored(): Promise<LocalData> {
	const {openLocalData} = await import('./local-data.js');
	return openLocalData(directories);
}

async function namedServers(flags: Flags, {credentials, state}: LocalData, pin: string | undefined): Promise<readonly ServerSettings[]> {
	const given = await secretOfFlags(flags);
	const found = serversOf({flags, pin, environment: process.env, kept: credentials.servers, last: state.lastServers(), given, inherited});
	const incomplete = found.find(server => !isComplete(server));
	if (incomplete && found.length > 1) {
		throw new UsageError(`${incomplete.name} is not kept, and several servers are named.`, `Add it first: vbtop login ${incomplete.name}`);
	}

	if (incomplete?.secret) {
		throw new UsageError('A password is given without its account.', 'Give the account with --user or VBTOP_USER.');
	}

	return found;
}

async function login(flags: Flags, name: string | undefined): Promise<void> {
	const reach = reachOf(flags);
	const appearance = foundAppearance(flags);
	const pin = pinOf(flags);
	const handed = await secretOfFlags(flags) ?? (name === undefined ? undefined : inherited.get('password') ?? inherited.get('token'));
	const local = await openStored();
	const {login: run} = await import('./commands/login.js');
	await run(local, reach, {appearance, name, calledAs: nameOf(flags), account: flags.user, secret: handed?.secret, isToken: handed?.kind === 'token', pin, isToBeSaved: flags.keep ?? false});
}

async function logout(flags: Flags, name: string | undefined): Promise<void> {
	const {logout: run} = await import('./commands/logout.js');
	await run(await openStored(), reachOf(flags), {name, isAll: flags.all ?? false, isForgotten: flags.forget ?? false});
}

async function servers(): Promise<void> {
	const {servers: run} = await import('./commands/servers.js');
	run(await openStored());
}

async function info(flags: Flags): Promise<void> {
	const local = await openStored();
	const {info: run} = await import('./commands/info.js');
	run({
		version,
		local,
		appearance: foundAppearance(flags),
		servers: await namedServers(flags, local, pinOf(flags)).catch((error: unknown) => error as Error),
		flags: givenFlags(flags),
	});
}

function certificates(file: string): string {
	const text = readPem(file);
	try {
		checkCertificates([text]);
		return text;
	} catch {
		throw new UsageError(`--ca: no certificate can be read in ${file}.`, 'Give a PEM file; one that is DER becomes PEM with openssl x509 -inform der.');
	}
}

function readPem(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		throw new UsageError(`--ca: ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`, 'Give the path of a PEM file.');
	}
}

// The one place where an error becomes words on the normal screen and an exit code.
function tell(error: unknown): number {
	if (error instanceof UsageError || error instanceof ServerFault) {
		log?.endsBecause(error.message);
		process.stderr.write(`vbtop: ${error.message}\n${error.advice}\n`);
		return error instanceof UsageError ? 2 : 3;
	}

	reportCrashOnce(error);
	return 1;
}

// A crash may bring another one with it: the first is the one to be told.
function reportCrashOnce(error: unknown): void {
	if (isCrashReported) {
		return;
	}

	isCrashReported = true;
	const file = reportCrash(error, directories.state, version);
	log?.error('crash', {stack: crashText(error), report: file});
	log?.endsBecause('crash');
	process.stderr.write(`vbtop: ${crashText(error)}\nvbtop has crashed. ${file === undefined ? 'No report could be written.' : `A report is in ${file}`}\n`);
}

// The package's own file stands two folders above, in source/ as in dist/.
function packageVersion(): string {
	const {version: local} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {version: string};
	return local;
}
