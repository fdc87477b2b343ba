import {UsageError} from './model/errors.js';
import {Secret} from './model/secret.js';
import {parseServerAddress, type ServerAddress} from './api/address.js';

/** What is needed to talk to one server. */
export type ServerSettings = {
	readonly id: string;
	/** How the server is called on screen. */
	readonly name: string;
	readonly address: ServerAddress;
	/** Undefined where the secret is a bearer token. */
	readonly account: string | undefined;
	/** Undefined where it is to be asked for. */
	readonly secret: Secret | undefined;
};

type Environment = Readonly<Record<string, string | undefined>>;

const needed = ['VBTOP_SERVER', 'VBTOP_USER', 'VBTOP_PASSWORD'] as const;

const howToSet = String.raw`Set VBTOP_SERVER (host, host:port or https://host:port/path), VBTOP_USER (DOMAIN\user or user@domain)
and VBTOP_PASSWORD in the environment, for example:

  export VBTOP_SERVER=vb365.example.com VBTOP_USER='DOMAIN\svc-monitor'
  read -rs VBTOP_PASSWORD && export VBTOP_PASSWORD
  vbtop

To see vbtop without a server: vbtop --demo`;

/** The servers that the environment names, by id. Throws `UsageError` where something is missing or cannot be read. */
export function serversFromEnvironment(environment: Environment): ReadonlyMap<string, ServerSettings> {
	const missing = needed.filter(name => (environment[name] ?? '') === '');
	if (missing.length > 0) {
		throw new UsageError(missing.length === needed.length ? 'No server is configured.' : `Not set: ${missing.join(', ')}.`, howToSet);
	}

	const address = parseServerAddress(environment['VBTOP_SERVER']!);
	const server: ServerSettings = {
		id: `${address.origin}${address.prefix}`,
		name: address.hostname,
		address,
		account: environment['VBTOP_USER']!,
		secret: new Secret(environment['VBTOP_PASSWORD']!),
	};
	return new Map([[server.id, server]]);
}
