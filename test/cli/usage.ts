import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {openCredentials} from '../../source/storage/credentials.js';
import {makeCertificate} from '../../source/simulator/server/certificate.js';
import {call, root, temporaryFolder, type CallOptions} from './support/program.js';

const password = 'Marked-4711-Secret';
const configured = {VBTOP_SERVER: 'vb365.test', VBTOP_USER: String.raw`DOMAIN\svc`, VBTOP_PASSWORD: password};

/** One message that begins with the program's name, says what to do, and has neither stack nor password; exit code 2. */
async function refusal(t: TestContext, flags: readonly string[], env: Readonly<Record<string, string>> = configured, options: CallOptions = {}) {
	const {code, stdout, stderr, output} = await call(flags, {...options, env});
	t.assert.strictEqual(code, 2, output);
	t.assert.strictEqual(stdout, '');
	t.assert.match(stderr, /^vbtop: \S.*\n\S.*\n$/v);
	t.assert.doesNotMatch(stderr, /Error:|NaN|undefined/v);
	t.assert.doesNotMatch(output, /Marked/v);
	return stderr;
}

test('a password without its account, or one for several servers, is refused', async (t: TestContext) => {
	t.assert.match(await refusal(t, [], {...configured, VBTOP_USER: ''}), /without its account[\s\S]*--user/v);
	t.assert.match(await refusal(t, ['--server', 'a,b', '--user', 'me'], {}), /several servers[\s\S]*--server/v);
	t.assert.match(await refusal(t, ['--server', 'a,b'], {}), /a is not kept[\s\S]*vbtop login a/v);
	t.assert.match(await refusal(t, ['--all'], {}), /No server is kept[\s\S]*vbtop login/v);
});

const secretRefused = /secret on the command line is refused[\s\S]*--password-stdin/v;

for (const [flags, said] of [
	...[
		['--password', password],
		[`--password=${password}`],
		[`--token=${password}`],
		['-p', password],
		[`-p${password}`],
		[`-p=${password}`],
		['--api-key', password],
		['--PASSWORD', password],
		['--passphrase', password],
		['login', 'vb365.test', '--pw', password],
		['--', '--secret', password],
	].map(flags => [flags, secretRefused] as const),
	// Values in the wrong place are not repeated: one of them may be the secret.
	[['--password-stdin', password], /no kept server that is called so/v],
	[[`--password-stdin=${password}`], /^vbtop: --password-stdin takes no value\.\n/v],
	[[`--pasword=${password}`], /^vbtop: There is no flag --pasword\.\n/v],
	[['--pasword', password], /^vbtop: There is no flag --pasword\.\n/v],
	[[`-x${password}`], /^vbtop: There is no flag -x\.\n/v],
	[['login', 'vb365.test', password], /^vbtop: vbtop login takes one name\.\n/v],
	...['refresh', 'type', 'api', 'theme', 'pin', 'since', 'log-level'].map(flag => [[`--${flag}`, password], new RegExp(String.raw`^vbtop: --${flag} takes [^\n]*\.\n`, 'v')] as const),
	...['scenario', 'fault', 'pace', 'seed', 'sessions', 'port'].map(flag => [['simulate', `--${flag}`, password], new RegExp(String.raw`^vbtop: --${flag} takes [^\n]*\.\n`, 'v')] as const),
	[['login', '--name', `${password} ${password}`], /^vbtop: --name takes one word/v],
	[['servers', password], /^vbtop: vbtop servers takes no word besides flags\.\n/v],

	[['--qqq'], /^vbtop: There is no flag --qqq\.\nSee vbtop --help\.\n/v],
	[['--no-such-flag=1'], /^vbtop: There is no flag --no-such-flag\.\n/v],
	[['-x'], /^vbtop: There is no flag -x\.\n/v],
	[['--refersh', '5'], /^vbtop: There is no flag --refersh\.\nDid you mean --refresh\? /v],
	[['--demo', '--scenaro=clean'], /^vbtop: There is no flag --scenaro\.\nDid you mean --scenario\? /v],
	[['--demo', '--no-colour'], /^vbtop: There is no flag --no-colour\.\nDid you mean --no-color\? /v],
	[['--demo', '--scenario', 'stuk'], /^vbtop: --scenario takes demo, [^\n]*\nDid you mean stuck\? See vbtop --help\.\n/v],
	[['simulate', '--fault', 'stall,latncy'], /^vbtop: --fault takes names [^\n]*\nDid you mean latency\? Faults: /v],
	[['login', '--kep'], /^vbtop: There is no flag --kep\.\nDid you mean --keep\? See vbtop login --help\.\n/v],
	[['logout', '--passwor-file=x'], /^vbtop: There is no flag --passwor-file\.\nSee vbtop logout --help\.\n/v],
	[['--no-name'], /^vbtop: There is no flag --no-name\.\n/v],
	[['--no-theme'], /^vbtop: There is no flag --no-theme\.\n/v],
	[['--utc=yes'], /^vbtop: --utc takes no value\.\n/v],
	[['--no-color=1'], /^vbtop: --no-color takes no value\.\n/v],
	[['--ca', '--utc'], /^vbtop: --ca needs a value\.\nSee vbtop --help\.\n/v],
	[['--ca', path.join(root, 'LICENSE'), '--ca'], /^vbtop: --ca needs a value\.\n/v],
	[['--refresh'], /^vbtop: --refresh needs a value\.\n/v],
	[['--refresh', '--refresh', '5'], /^vbtop: --refresh needs a value\.\n/v],
	[['--theme'], /^vbtop: --theme needs a value\.\n/v],
	[['--server', '--'], /^vbtop: --server needs a value\.\n/v],
	[['--refresh', '5', '--refresh', '10'], /^vbtop: --refresh can only be given once\.\n/v],
	[['login', '--all'], /^vbtop: --all has no meaning here\.\nIt goes with vbtop, vbtop logout, vbtop info\. See vbtop login --help\.\n/v],
	[['--scenario', 'clean'], /^vbtop: --scenario has no meaning here\.\nIt goes with vbtop --demo, vbtop simulate\./v],
	[['servers', '--demo'], /^vbtop: --demo has no meaning here\.\nIt goes with vbtop alone\. See vbtop servers --help\.\n/v],
	[['--fault', 'stall'], /^vbtop: --fault has no meaning here\./v],
	[['--demo', '--tls'], /^vbtop: --tls has no meaning here\./v],
	[['--demo', '--all'], /^vbtop: --all has no meaning here\./v],
	[['simulate', '--since', '3d'], /^vbtop: --since has no meaning here\./v],
	[['simulate', '--ascii'], /^vbtop: --ascii has no meaning here\./v],
	[['servers', '--no-color'], /^vbtop: --no-color has no meaning here\./v],
	[['servers', '--log-file', 'x'], /^vbtop: --log-file has no meaning here\./v],
	[['servers', 'more'], /^vbtop: vbtop servers takes no word besides flags\.\nSee vbtop servers --help\.\n/v],
	[['simulate', 'more'], /^vbtop: vbtop simulate takes no word besides flags\./v],
	[['--demo', 'prod'], /^vbtop: vbtop --demo takes no word besides flags\./v],
	[['prod', 'dr'], /^vbtop: vbtop takes one name\./v],
	[['help', 'logni'], /^vbtop: There is no command "logni"\.\nDid you mean login\? Commands: login, logout, /v],
	[['help', 'login', 'logout'], /^vbtop: vbtop help takes one command\./v],

	[['--refresh', '1'], /^vbtop: --refresh takes seconds from 2 to 120\.\n/v],
	[['--refresh', '120.5'], /^vbtop: --refresh takes seconds from 2 to 120\.\n/v],
	[['--refresh', 'often'], /^vbtop: --refresh takes seconds from 2 to 120\.\n/v],
	[['--refresh='], /^vbtop: --refresh takes seconds from 2 to 120\.\n/v],
	[['--refresh', '-5'], /^vbtop: --refresh takes seconds from 2 to 120\.\n/v],
	[['--refresh', '0x10'], /^vbtop: --refresh takes seconds from 2 to 120\.\n/v],
	[['--demo', '--pace', '-1'], /^vbtop: --pace takes a number from 0\.01 to 100000\.\n/v],
	[['simulate', '--port', '70000'], /^vbtop: --port takes a whole number from 0 to 65535\.\n/v],
	[['simulate', '--port', 'https'], /^vbtop: --port takes a whole number from 0 to 65535\.\n/v],
	[['simulate', '--seed', '1.5'], /^vbtop: --seed takes a whole number from 0 to 2147483648\.\n/v],
	[['simulate', '--sessions', '1e3'], /^vbtop: --sessions takes a whole number from 0 to 1000000\.\n/v],
	[['--type', 'full'], /^vbtop: --type takes all, backup, or copy\.\n/v],
	[['--api', 'v5'], /^vbtop: --api takes v6, v7, or v8\.\n/v],
	[['--theme', 'pink'], /^vbtop: --theme takes auto, dark, or light\.\n/v],
	[['--log-level', 'loud', '--log-file', 'x'], /^vbtop: --log-level takes error, warn, info, or debug\.\n/v],
	[['--log-level', 'debug'], /^vbtop: --log-level is given without a log\.\n[^\n]*--log-file/v],
	[['--since', 'yesterday'], /^vbtop: --since takes a number with m, h, d or w[\s\S]*90m, 6h, 3d or 1w/v],
	[['--pin', 'AB:CD'], /^vbtop: --pin takes a SHA-256 fingerprint\.\n/v],
	[['--demo', '--scenario', 'quiet'], /^vbtop: --scenario takes demo, clean, empty, hostile,/v],
	[['simulate', '--scenario', 'usedUp'], /^vbtop: --scenario takes demo, [^\n]*used-up/v],
	[['simulate', '--fault', 'stall,nonsense'], /^vbtop: --fault takes names of faults[\s\S]*latency, stall,[\s\S]*oddDate/v],
	[['--demo', '--fault', ''], /^vbtop: --fault takes names of faults[\s\S]*stall/v],
	[['--demo', '--fault', 'certificate'], /certificate needs TLS[\s\S]*--tls/v],
	[['login', '--name', 'a,b'], /^vbtop: --name takes one word of at most 60 characters, without a comma/v],
	[['login', '--name', 'servers'], /^vbtop: --name cannot be the name of a command\.\nCommands: login, logout, servers, info, simulate, help\./v],
	[['login', '--name', 'help'], /^vbtop: --name cannot be the name of a command\./v],

	[['--password-stdin', '--password-file', 'x'], /cannot go together/v],
	[['prod', '--password-file', '/no/such'], /no kept server "prod"/v],
	[['--password-file', '/no/such'], /\/no\/such cannot be read/v],
	[['login', `https://svc:${password}@vb365.test`], /user name or password in it/v],
	[['logout'], /No server is kept/v],
	[['--ca', '/no/such/file.pem'], /\/no\/such\/file\.pem cannot be read \(ENOENT\)[\s\S]*PEM/v],
	[['--ca', root], /cannot be read \(EISDIR\)[\s\S]*PEM/v],
	[['--ca', path.join(root, 'package.json')], /no certificate can be read in .*package\.json[\s\S]*PEM/v],
] as ReadonlyArray<readonly [readonly string[], RegExp]>) {
	test(`${['vbtop', ...flags].join(' ').replaceAll(root, './').replaceAll(password, '…')}: refused in words`, async (t: TestContext) => {
		t.assert.match(await refusal(t, flags), said);
	});
}

test('--ca may be repeated; a broken certificate among them is refused, whole ones are taken', async (t: TestContext) => {
	const folder = await temporaryFolder(t);
	const [broken, whole] = ['broken.pem', 'whole.pem'].map(name => path.join(folder, name)) as [string, string];
	const {certificate} = await makeCertificate();
	await writeFile(broken, certificate.slice(0, 200));
	await writeFile(whole, certificate);
	t.assert.match(await refusal(t, ['--ca', whole, '--ca', broken]), /no certificate can be read in .*broken\.pem/v);
	t.assert.match(await refusal(t, ['--ca', whole, `--ca=${whole}`]), /needs a terminal/v);
});

for (const [server, said] of [
	['HTTP://vb365.test', /Plain http[\s\S]*https/v],
	['http://10.0.0.1:4443', /Plain http[\s\S]*https/v],
	[`https://svc:${password}@vb365.test`, /user name or password in it/v],
	['ftp://vb365.test', /neither https nor http/v],
	['vb365.test:99999', /between 1 and 65535/v],
	['vb365.test?x=1', /query or fragment/v],
] as const) {
	test(`the server ${server.replace(password, '…')}: refused in words`, async (t: TestContext) => {
		t.assert.match(await refusal(t, [], {...configured, VBTOP_SERVER: server}), said);
	});
}

test('a variable with a secret that cannot be one is refused in words', async (t: TestContext) => {
	t.assert.match(await refusal(t, ['servers'], {VBTOP_PASSWORD: `${password}\u{7}`}), /^vbtop: VBTOP_PASSWORD gives a secret with control characters/v);
});

for (const [what, flags, options, env] of [
	['neither', ['--demo'], {}, {}],
	['neither, with a server', [], {}, {}],
	['no input', ['--demo'], {terminals: ['stdout']}, {}],
	['no output', ['--demo'], {terminals: ['stdin']}, {}],
	['no output, with the secret in the input', ['--password-stdin'], {input: `${password}\n`}, {}],
	['no input, for a login', ['login'], {terminals: ['stdout']}, {}],
	['TERM=dumb', ['--demo'], {terminals: ['stdin', 'stdout']}, {TERM: 'dumb'}],
	['TERM=dumb with a server', [], {terminals: ['stdin', 'stdout']}, {TERM: 'dumb'}],
	['TERM=dumb for a login', ['login'], {terminals: ['stdin', 'stdout']}, {TERM: 'dumb'}],
] as ReadonlyArray<readonly [string, readonly string[], CallOptions, Record<string, string>]>) {
	test(`a terminal with ${what}: vbtop ${flags.join(' ')} is refused in words`, async (t: TestContext) => {
		t.assert.match(await refusal(t, flags, {...configured, ...env}, options), 'TERM' in env ? /can move its cursor: TERM is dumb/v : /needs a terminal[\s\S]*ssh -t/v);
	});
}

/** Folders with these kept servers. */
async function withServers(t: TestContext, ...names: readonly string[]) {
	const folder = await temporaryFolder(t);
	const credentials = await openCredentials({config: path.join(folder, 'config', 'vbtop'), state: path.join(folder, 'state', 'vbtop')});
	for (const name of names) {
		await credentials.keep({id: `https://${name}.test:4443`, name, account: 'me', version: 'v8', pin: undefined, secret: undefined, tokens: undefined});
	}

	return {folder, env: {XDG_CONFIG_HOME: path.join(folder, 'config'), XDG_STATE_HOME: path.join(folder, 'state')}};
}

test('vbtop NAME watches a kept server; a command wins; another name is refused with what is similar', async (t: TestContext) => {
	const {env} = await withServers(t, 'prod', 'servers');
	for (const flags of [['prod'], ['PROD'], ['prod.test'], ['--utc', 'prod'], ['prod', '--utc'], ['--', 'prod']]) {
		t.assert.match(await refusal(t, flags, env), /needs a terminal/v, flags.join(' '));
	}

	t.assert.match(await refusal(t, ['prdo'], env), /^vbtop: There is no command and no kept server "prdo"\.\nDid you mean prod\? vbtop servers lists the kept servers/v);
	t.assert.match(await refusal(t, ['logot'], env), /"logot"\.\nDid you mean login or logout\? |"logot"\.\nDid you mean logout\? /v);
	t.assert.match(await refusal(t, ['SERVER'], env), /"SERVER"\.\nDid you mean servers\? /v);
	t.assert.match(await refusal(t, ['vb365.example'], env), /"vb365\.example"\.\nvbtop servers lists .*an address goes after --server/v);
	t.assert.match(await refusal(t, ['prod', '--server', 'prod'], env), /A name and --server cannot go together/v);
	t.assert.match(await refusal(t, ['prod', '--all'], env), /A name and --all cannot go together/v);
	const listed = await call(['servers'], {env});
	t.assert.strictEqual(listed.code, 0);
	t.assert.match(listed.stdout, /^NAME [\s\S]*\nprod /v);
});

test('vbtop NAME with kept servers that cannot be read says that, and not that there is none', async (t: TestContext) => {
	const folder = await temporaryFolder(t);
	await mkdir(path.join(folder, 'vbtop', 'servers'), {recursive: true});
	t.assert.match(await refusal(t, ['prod'], {XDG_CONFIG_HOME: folder, XDG_STATE_HOME: folder}), /servers cannot be decrypted/v);
});

test('flags may stand before and after the command', async (t: TestContext) => {
	const {env} = await withServers(t, 'prod', 'dr');
	const {code, stdout} = await call(['--forget', 'logout', '--all'], {env});
	t.assert.strictEqual(code, 0);
	t.assert.match(stdout, /^prod: forgotten; .*\ndr: forgotten; .*\n$/v);
	const info = await call(['--ascii', '--server=prod.test', 'info', '--no-color', '--since', '3d'], {env});
	t.assert.match(info.stdout, /^flags +--server --since --no-color --ascii$/mv);
	t.assert.match(info.stdout, /^server +prod\.test /mv);
});
