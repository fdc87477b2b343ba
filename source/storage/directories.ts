import {homedir} from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** The folders of our own, each undefined where none can be told: then vbtop runs without saving. */
export type Directories = {
	/** What the user set: the servers that are kept. */
	readonly config: string | undefined;
	/** What this machine alone has: its key, and what was seen. */
	readonly state: string | undefined;
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
Where vbtop keeps its files: `$XDG_CONFIG_HOME/vbtop` and `$XDG_STATE_HOME/vbtop`, else what
is usual on the system. Nothing is read or made. A relative path in a variable counts as none,
as the XDG Base Directory Specification has it.
*/
export async function findDirectories(environment: Environment): Promise<Directories> {
	const baseline = await defaultDirectories(environment);
	return {
		config: appFolder(environment['XDG_CONFIG_HOME']) ?? baseline.config,
		state: appFolder(environment['XDG_STATE_HOME']) ?? baseline.state,
	};
}

async function defaultDirectories(environment: Environment): Promise<Directories> {
	try {
		return process.platform === 'darwin' || process.platform === 'win32' ? await platformDirectories() : homeDirectories(absolute(environment['HOME']) ?? absolute(homedir()));
	} catch {
		// Neither HOME nor an entry in the list of users says it.
		return {config: undefined, state: undefined};
	}
}

function homeDirectories(home: string | undefined): Directories {
	return {
		config: home && path.join(home, '.config', 'vbtop'),
		state: home && path.join(home, '.local', 'state', 'vbtop'),
	};
}

// Not imported above: it looks for the home folder as it is loaded, and throws where there is none.
async function platformDirectories(): Promise<Directories> {
	const {default: envPaths} = await import('env-paths');
	// Not its folder for logs: those are sent along with reports, and the key is no log.
	const {config, data} = envPaths('vbtop', {suffix: ''});
	return {config, state: data};
}

function appFolder(base: string | undefined): string | undefined {
	const folder = absolute(base);
	return folder && path.join(folder, 'vbtop');
}

function absolute(folder: string | undefined): string | undefined {
	return folder !== undefined && path.isAbsolute(folder) ? folder : undefined;
}
