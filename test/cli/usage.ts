import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {makeCertificate} from '../../source/simulator/server/certificate.js';
import {root, run, temporaryFolder, unbuilt} from './support/program.js';

const password = 'Marked-4711-Secret';
const configured = {VBTOP_SERVER: 'vb365.test', VBTOP_USER: String.raw`DOMAIN\svc`, VBTOP_PASSWORD: password};

/** One message that begins with the program's name, says what to do, and has neither stack nor password; exit code 2. */
async function refusal(t: TestContext, flags: readonly string[], env: Readonly<Record<string, string>> = configured) {
	const {code, stdout, stderr, output} = await run(t, flags, {env});
	t.assert.strictEqual(code, 2, output);
	t.assert.strictEqual(stdout, '');
	t.assert.match(stderr, /^vbtop: \S.*\n\S.*\n/v);
	t.assert.strictEqual(stderr.match(/^vbtop: /gmv)?.length, 1, 'one message');
	t.assert.doesNotMatch(stderr, /^\s+at |Error:/mv);
	t.assert.doesNotMatch(output, /Marked/v);
	return stderr;
}

test('a password without its account, or one for several servers, is refused', {skip: unbuilt}, async (t: TestContext) => {
	t.assert.match(await refusal(t, [], {...configured, VBTOP_USER: ''}), /without its account[\s\S]*--user/v);
	t.assert.match(await refusal(t, ['--server', 'a,b', '--user', 'me'], {}), /several servers[\s\S]*--server/v);
	t.assert.match(await refusal(t, ['--server', 'a,b'], {}), /a is not kept[\s\S]*vbtop login a/v);
	t.assert.match(await refusal(t, ['--all'], {}), /No server is kept[\s\S]*vbtop login/v);
});

for (const [flags, said] of [
	[['--nope'], /no flag --nope\.[\s\S]*vbtop --help/v],
	[['--no-such-flag=1'], /no flag --no-such-flag\.[\s\S]*vbtop --help/v],
	[['-x'], /no flag -x\.[\s\S]*vbtop --help/v],
	...[['--password', password], [`--password=${password}`], [`--token=${password}`], ['-p', password], ['--api-key', password]].map(flags => [flags, /secret on the command line is refused[\s\S]*--password-stdin/v] as const),
	[['--pin', 'AB:CD'], /--pin is no SHA-256/v],
	[['--password-stdin', '--password-file', 'x'], /cannot go together/v],
	[['--password-file', '/no/such'], /\/no\/such cannot be read/v],
	[['login', `https://svc:${password}@vb365.test`], /user name or password in it/v],
	[['login', '--all'], /--all has no meaning here\./v],
	[['logout'], /No server is kept/v],
	[['servers', 'more'], /"more" is no command/v],
	[['--refresh', '5', '--refresh', '10'], /--refresh can only be set once/v],
	[['--ca', '--utc'], /--ca needs a value\.[\s\S]*vbtop --help/v],
	[['--scenario', 'clean'], /--scenario has no meaning here\./v],
	[['--demo', '--tls'], /--tls has no meaning here\./v],
	[['simulate', '--since', '3d'], /--since has no meaning here\./v],
	[['--refresh'], /--refresh needs a value\./v],
	[['watch'], /"watch" is no command\.[\s\S]*simulate/v],
	[['simulate', 'more'], /"more" is no command\.[\s\S]*simulate/v],
	[['--type', 'full'], /--type[\s\S]*full[\s\S]*all, backup, copy/v],
	[['--since', 'yesterday'], /--since[\s\S]*yesterday[\s\S]*90m, 6h, 3d, 1w/v],
	[['--refresh', '1'], /--refresh[\s\S]*from 2 to 120/v],
	[['--refresh', 'often'], /--refresh[\s\S]*from 2 to 120/v],
	[['--api', 'v5'], /--api[\s\S]*v5[\s\S]*v6, v7, v8/v],
	[['--demo', '--scenario', 'quiet'], /no scenario "quiet"[\s\S]*demo, clean, empty, hostile/v],
	[['--demo', '--pace', '-1'], /--pace[\s\S]*from 0\.01/v],
	[['simulate', '--scenario', 'quiet'], /no scenario "quiet"[\s\S]*demo, clean, empty, hostile/v],
	[['simulate', '--fault', 'stall,nonsense'], /no fault "nonsense"[\s\S]*latency, stall,[\s\S]*oddDate/v],
	[['--demo', '--fault', ''], /no fault ""[\s\S]*stall/v],
	[['--demo', '--fault', 'certificate'], /certificate needs TLS[\s\S]*--tls/v],
	[['--fault', 'stall'], /--fault has no meaning here\./v],
	[['simulate', '--port', '70000'], /--port[\s\S]*from 0 to 65535/v],
	[['simulate', '--port', 'https'], /--port[\s\S]*whole number/v],
	[['simulate', '--seed', '1.5'], /--seed[\s\S]*whole number/v],
	[['--ca', '/no/such/file.pem'], /\/no\/such\/file\.pem cannot be read \(ENOENT\)[\s\S]*PEM/v],
	[['--ca', root], /cannot be read \(EISDIR\)[\s\S]*PEM/v],
	[['--ca', path.join(root, 'package.json')], /no certificate can be read in .*package\.json[\s\S]*PEM/v],
] as const) {
	test(`${['vbtop', ...flags].join(' ').replaceAll(root, './').replaceAll(password, '…')}: refused in words`, {skip: unbuilt}, async (t: TestContext) => {
		t.assert.match(await refusal(t, flags), said);
	});
}

test('--ca with a broken certificate is refused; with a whole one it is taken', {skip: unbuilt}, async (t: TestContext) => {
	const folder = await temporaryFolder(t);
	const [broken, whole] = ['broken.pem', 'whole.pem'].map(name => path.join(folder, name)) as [string, string];
	const {certificate} = await makeCertificate();
	await writeFile(broken, certificate.slice(0, 200));
	await writeFile(whole, certificate);
	t.assert.match(await refusal(t, ['--ca', broken]), /no certificate can be read in .*broken\.pem/v);
	t.assert.match(await refusal(t, ['--ca', whole]), /needs a terminal/v);
});

for (const [server, said] of [
	['HTTP://vb365.test', /Plain http[\s\S]*https/v],
	['http://10.0.0.1:4443', /Plain http[\s\S]*https/v],
	[`https://svc:${password}@vb365.test`, /user name or password in it/v],
	['ftp://vb365.test', /neither https nor http/v],
	['vb365.test:99999', /between 1 and 65535/v],
	['vb365.test?x=1', /query or fragment/v],
] as const) {
	test(`the server ${server.replace(password, '…')}: refused in words`, {skip: unbuilt}, async (t: TestContext) => {
		t.assert.match(await refusal(t, [], {...configured, VBTOP_SERVER: server}), said);
	});
}

for (const flags of [['--demo'], []]) {
	test(`without a terminal: ${['vbtop', ...flags].join(' ')} is refused in words`, {skip: unbuilt}, async (t: TestContext) => {
		t.assert.match(await refusal(t, flags), /needs a terminal[\s\S]*ssh -t/v);
	});
}

for (const flags of [['--help'], ['simulate', '--help'], ['--demo', '--help']]) {
	test(`vbtop ${flags.join(' ')} shows every flag`, {skip: unbuilt}, async (t: TestContext) => {
		const {code, stdout, stderr} = await run(t, flags, {env: configured});
		t.assert.deepStrictEqual({code, stderr}, {code: 0, stderr: ''});
		for (const flag of ['--demo', '--server', '--all', '--user', '--password-stdin', '--password-file', '--password-command', '--token-stdin', '--token-file', '--token-command', '--pin', '--keep', '--forget', '--type', '--since', '--refresh', '--api', '--ca', '--utc', '--no-color', '--theme', '--ascii', '--log-file', '--log-level', '--scenario', '--pace', '--seed', '--sessions', '--port', '--tls', '--version']) {
			t.assert.ok(stdout.includes(flag), flag);
		}

		t.assert.ok(stdout.split('\n').every(line => line.length <= 110), 'no line is too long to read');
	});
}

test('--version says the version of the package, whatever package it is called from', {skip: unbuilt}, async (t: TestContext) => {
	const {code, output} = await run(t, ['--version'], {env: {npm_package_version: '9.9.9'}});
	const {default: manifest} = await import('../../package.json', {with: {type: 'json'}});
	t.assert.deepStrictEqual({code, output}, {code: 0, output: `${manifest.version}\n`});
});
