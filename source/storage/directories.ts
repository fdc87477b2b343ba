import {homedir} from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** The folders of vbtop, each undefined where it cannot be found out: then nothing is saved. */
export type Directories = {
	/** For what the user configured: the stored servers. */
	readonly config: string | undefined;
	/** For what belongs to this machine: its key, refused passwords, the last servers, marks. */
	readonly state: string | undefined;
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
Where vbtop keeps its files: `$XDG_CONFIG_HOME/vbtop` and `$XDG_STATE_HOME/vbtop`, else the
usual folders of the system. Nothing is read or made. A relative path in a variable is ignored,
as the XDG Base Directory Specification demands.
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
		// Neither HOME nor the list of users has a home folder.
		return {config: undefined, state: undefined};
	}
}

function homeDirectories(home: string | undefined): Directories {
	return {
		config: home && path.join(home, '.config', 'vbtop'),
		state: home && path.join(home, '.local', 'state', 'vbtop'),
	};
}

// Imported here, since it looks up the home folder when it is loaded, and throws where there is none.
async function platformDirectories(): Promise<Directories> {
	const {default: envPaths} = await import('env-paths');
	// Not its folder for logs: people attach logs to reports, and the key must not be among them.
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
