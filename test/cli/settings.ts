import {test, type TestContext} from 'node:test';
import {UsageError} from '../../source/model/errors.js';
import {Secret} from '../../source/model/secret.js';
import type {GivenSecret} from '../../source/cli/secrets.js';
import {saveServer} from '../../source/cli/commands/connect.js';
import {isComplete, serversOf, type ServerSources} from '../../source/cli/settings.js';
import {openCredentials, type StoredServer} from '../../source/storage/credentials.js';
import {temporaryDirectories} from '../helpers/storage/folders.js';

const storedServer = (name: string, changes: Partial<StoredServer> = {}): StoredServer => ({
	id: `https://${name}.test:4443`, name, account: `${name}@svc`, version: 'v8', pin: undefined, secret: new Secret(`${name}-secret`), tokens: undefined, ...changes,
});
const prod = storedServer('prod', {pin: 'AB'});
const dr = storedServer('dr', {secret: undefined});
const key = storedServer('key', {account: undefined});

const password: GivenSecret = {kind: 'password', secret: new Secret('handed'), from: '--password-file'};
const token: GivenSecret = {kind: 'token', secret: new Secret('handed'), from: 'VBTOP_TOKEN'};
const inherited = (secret: GivenSecret) => new Map([[secret.kind, secret]]);

const nothing: ServerSources = {flags: {}, environment: {}, stored: [], last: [], given: undefined, inherited: new Map()};

/** `name account secret [kept] (from server, account, secret)` of each server. */
const said = (sources: Partial<ServerSources>) => serversOf({...nothing, ...sources}).map(server => {
	const {name, account, secret, pin, isToken, isStored, from} = server;
	return [name, account ?? (isToken ? 'token' : '?'), secret?.open() ?? '-', pin ?? '', isStored ? 'kept' : 'new', isComplete(server) ? '' : 'asks', from.server, from.account, from.secret, from.pin].filter(Boolean).join(' ');
});

const env = {VBTOP_SERVER: 'vb.test', VBTOP_USER: 'me'};
const cases: ReadonlyArray<readonly [what: string, sources: Partial<ServerSources>, servers: readonly string[]]> = [
	['nothing set, nothing kept', {}, []],
	['the environment names all', {environment: env, inherited: inherited(password)}, ['vb.test me handed new VBTOP_SERVER VBTOP_USER --password-file']],
	['the environment names a server alone', {environment: {VBTOP_SERVER: 'vb.test'}}, ['vb.test ? - new asks VBTOP_SERVER']],
	['a token stands for account and password', {environment: env, inherited: inherited(token)}, ['vb.test token handed new VBTOP_SERVER VBTOP_TOKEN']],
	['the only kept one', {stored: [prod]}, ['prod prod@svc prod-secret AB kept kept kept kept kept']],
	['the one that was watched last', {stored: [prod, dr], last: [dr.id]}, ['dr dr@svc - kept kept kept']],
	['those that were watched last', {stored: [prod, dr, key], last: [key.id, prod.id]}, ['prod prod@svc prod-secret AB kept kept kept kept kept', 'key token key-secret kept kept kept']],
	['a flag wins over the environment, whose secret is not for that server', {flags: {server: 'PROD'}, environment: env, inherited: inherited(password), stored: [prod]}, ['prod prod@svc prod-secret AB kept --server kept kept kept']],
	['by address', {flags: {server: 'prod.test'}, stored: [prod]}, ['prod prod@svc prod-secret AB kept --server kept kept kept']],
	['another account has not the kept secret', {flags: {server: 'prod', user: 'me'}, stored: [prod]}, ['prod me - AB kept --server --user kept']],
	['a secret that is handed over wins over the kept one', {flags: {server: 'prod'}, given: password, stored: [prod]}, ['prod prod@svc handed AB kept --server kept --password-file kept']],
	['a pin wins over the kept one', {flags: {server: 'prod'}, pin: 'CD', stored: [prod]}, ['prod prod@svc prod-secret CD kept --server kept kept --pin']],
	['several by name, each once', {flags: {server: 'prod, dr,prod.test:4443'}, stored: [prod, dr]}, ['prod prod@svc prod-secret AB kept --server kept kept kept', 'dr dr@svc - kept --server kept']],
	['several get nothing of the environment', {flags: {all: true}, environment: env, inherited: inherited(password), stored: [prod, dr]}, ['prod prod@svc prod-secret AB kept kept kept kept kept', 'dr dr@svc - kept kept kept']],
];

for (const [what, sources, servers] of cases) {
	test(`which servers: ${what}`, (t: TestContext) => {
		t.assert.deepStrictEqual(said(sources), servers);
	});
}

for (const [what, sources, message] of [
	['a secret for several', {flags: {server: 'prod,dr'}, given: password, stored: [prod, dr]}, /several servers/v],
	['an account for all', {flags: {all: true, user: 'me'}, stored: [prod, dr]}, /several servers/v],
	['a pin for several', {flags: {server: 'prod,dr'}, pin: 'AB', stored: [prod, dr]}, /several servers/v],
	['one and all', {flags: {server: 'prod', all: true}, stored: [prod, dr]}, /cannot go together/v],
	['all of none', {flags: {all: true}}, /No server is kept/v],
	['an address that cannot be read', {flags: {server: 'ftp://x'}}, /neither https nor http/v],
] as ReadonlyArray<readonly [string, Partial<ServerSources>, RegExp]>) {
	test(`refused: ${what}`, (t: TestContext) => {
		t.assert.throws(() => said(sources), (error: unknown) => error instanceof UsageError && message.test(error.message));
	});
}

test('a server that is saved without a name is called as its host, unless that is a command', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const credentials = await openCredentials(directories);
	const save = async (server: string) => saveServer({credentials}, {
		server, name: undefined, account: 'me', secret: new Secret('typed'), tokens: undefined, version: 'v8', pin: undefined, isToBeSaved: false,
	});
	t.assert.strictEqual((await save('vb.test')).server.name, 'vb.test');
	t.assert.strictEqual((await save('info')).server.name, 'info-1');
	const {servers} = await openCredentials(directories);
	t.assert.deepStrictEqual(servers.map(({name}) => name), ['vb.test', 'info-1']);
});
