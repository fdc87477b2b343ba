import {Buffer} from 'node:buffer';
import {spawn} from 'node:child_process';
import {chmod, mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {Readable} from 'node:stream';
import {text} from 'node:stream/consumers';
import {test, type TestContext} from 'node:test';
import {pathToFileURL} from 'node:url';
import {inspect} from 'node:util';
import {UsageError} from '../../source/model/errors.js';
import {secretOfFlags, takeSecrets, usesStdin, type SecretFlags, type SecretOptions} from '../../source/cli/secrets.js';
import {setVariable} from '../helpers/secure-server.js';
import {bareEnvironment, root, temporaryFolder} from './support/program.js';

const hush = 'hush-0123';

const inputOf = (...chunks: ReadonlyArray<string | Uint8Array>) => Object.assign(
	Readable.from(chunks.map(chunk => Buffer.from(chunk)), {objectMode: false}), {isTTY: false});

const options = (changes: Partial<SecretOptions> = {}): SecretOptions => ({environment: process.env, stdin: inputOf(), ...changes});

/** The secret that the flags give, as text. */
async function given(flags: SecretFlags, changes?: Partial<SecretOptions>): Promise<string | undefined> {
	const found = await secretOfFlags(flags, options(changes));
	return found?.secret.open();
}

/** For `rejects` and `throws`: a usage error that says this and advises that, and holds nothing of the secret. */
function refusal(message: RegExp, advice = /./v) {
	return (error: unknown) => error instanceof UsageError && message.test(error.message) && advice.test(error.advice) && !inspect(error, {depth: 10}).includes('hush');
}

async function fileWith(t: TestContext, content: string | Uint8Array, mode = 0o600): Promise<string> {
	const file = path.join(await temporaryFolder(t), 'secret');
	await writeFile(file, content);
	await chmod(file, mode);
	return file;
}

const forShells = '$HOME "a" `c` ; & | *';

const contents: ReadonlyArray<readonly [what: string, content: string, secret: string]> = [
	['one line', `${hush}\n`, hush],
	['one line without its end', hush, hush],
	['a line of Windows', `${hush}\r\n`, hush],
	['a byte order mark before it', `\u{FEFF}${hush}\r\n`, hush],
	['notes below it', `${hush}\nuser: operator\nurl: https://vb365\n`, hush],
	['spaces in and around it', `  ${hush} and more \n`, `  ${hush} and more `],
	['letters of other scripts', 'пароль-密码-ü😀\n', 'пароль-密码-ü😀'],
	['characters that a shell would read', `${forShells}\n`, forShells],
	['40,000 characters', `${'x'.repeat(40_000)}\n`, 'x'.repeat(40_000)],
];

for (const [what, content, secret] of contents) {
	test(`a file with ${what}`, async (t: TestContext) => {
		t.assert.strictEqual(await given({passwordFile: await fileWith(t, content)}), secret);
	});
}

const modes = [[0o600, true], [0o400, true], [0o700, true], [0o640, false], [0o604, false], [0o644, false], [0o660, false], [0o601, false]] as const;

for (const [mode, isTaken] of modes) {
	const written = mode.toString(8);
	test(`a file of mode ${written} is ${isTaken ? 'read' : 'refused'}`, {skip: process.platform === 'win32' && 'Windows has no such modes'}, async (t: TestContext) => {
		const file = await fileWith(t, hush, mode);
		if (isTaken) {
			t.assert.strictEqual(await given({tokenFile: file}), hush);
		} else {
			await t.assert.rejects(given({tokenFile: file}), refusal(new RegExp(String.raw`can be read by others \(mode ${written}\)\.$`, 'v'), /chmod 600 '.*secret'$/v));
		}
	});
}

const bad: ReadonlyArray<readonly [what: string, content: string | Uint8Array, message: RegExp]> = [
	['nothing in it', '', /^--password-file gives an empty secret\.$/v],
	['an empty first line', `\n${hush}\n`, /empty secret/v],
	['a byte order mark alone', '\u{FEFF}', /empty secret/v],
	['a tab in it', `${hush}\t${hush}\n`, /control characters/v],
	['an escape in it', `${hush}\u{1B}[2J\n`, /control characters/v],
	['a NUL in it', `${hush}\u{0}\n`, /control characters/v],
	['a line of 64 KiB', 'x'.repeat(64 * 1024), /too long/v],
	['two bytes a character', new Uint8Array([0xFF, 0xFE, 0x68, 0, 0x75, 0, 0x73, 0, 0x68, 0]), /no text in UTF-8|control characters/v],
	['a byte that is no UTF-8', new Uint8Array([0x68, 0x75, 0x73, 0x68, 0xFC, 0x0A]), /no text in UTF-8/v],
];

for (const [what, content, message] of bad) {
	test(`a file with ${what} is refused`, async (t: TestContext) => {
		await t.assert.rejects(given({passwordFile: await fileWith(t, content)}), refusal(message));
	});
}

test('a file that is missing, and a folder', async (t: TestContext) => {
	const folder = await temporaryFolder(t);
	await t.assert.rejects(given({passwordFile: path.join(folder, 'none')}), refusal(/none cannot be read \(ENOENT\)\.$/v, /first line is the secret/v));
	const inner = path.join(folder, 'inner');
	await mkdir(inner, {mode: 0o700});
	await t.assert.rejects(given({passwordFile: inner}), refusal(/inner cannot be read \(EISDIR\)\.$/v));
	await t.assert.rejects(given({passwordFile: ''}), refusal(/^The name of the file with the secret is empty\.$/v));
});

const node = `"${process.execPath}"`;

const commands: ReadonlyArray<readonly [what: string, line: string, secret: string]> = [
	['the first line', String.raw`${node} -p "'${hush}\nnotes'"`, hush],
	['a line of Windows', String.raw`${node} -p "'hush-0123\r\nnotes'"`, hush],
	['what a shell would read stays as it is', 'echo $HOME; x && y | z > /dev/null `id` $(id) *', '$HOME; x && y | z > /dev/null `id` $(id) *'],
	['double quotes hold words together', 'echo "a  b" c', 'a  b c'],
	['single quotes do so too', 'echo \'a  b\' c', 'a  b c'],
	['spaces around', '  echo   inner  ', 'inner'],
];

for (const [what, line, secret] of commands) {
	test(`a command: ${what}`, async (t: TestContext) => {
		t.assert.strictEqual(await given({passwordCommand: line}), secret);
	});
}

const failing: ReadonlyArray<readonly [what: string, line: string, message: RegExp]> = [
	['ends with a code', `${node} -e "console.log('${hush}'); process.exit(3)"`, /^The command ".*node.*" that gives the secret ended with exit code 3\.$/v],
	['is ended by a signal', `${node} -e "console.log('${hush}'); process.kill(process.pid, 'SIGTERM')"`, /was ended by SIGTERM\.$/v],
	['is not there', `no-such-command ${hush}`, /^The command "no-such-command" that gives the secret cannot be run \(ENOENT\)\.$/v],
	['may not be run', `/ ${hush}`, /^The command "\/" that gives the secret cannot be run \(EACCES\)\.$/v],
	['is a shell\'s own word', `. ./${hush}`, /cannot be run/v],
	['gives nothing', `${node} -e ""`, /^--password-command gives an empty secret\.$/v],
	['gives an empty line first', String.raw`${node} -p "'\n${hush}'"`, /empty secret/v],
	['gives control characters', `${node} -p "'${hush}'+String.fromCharCode(27)"`, /control characters/v],
	['writes without end', `${node} -e "const write=()=>process.stdout.write('${hush}'.repeat(1000),write);write()"`, /writes too much\.$/v],
	['is empty', '', /^The command that gives the secret is empty\.$/v],
	['is spaces', '  ', /^The command that gives the secret is empty\.$/v],
];

for (const [what, line, message] of failing) {
	test(`a command that ${what} is refused`, async (t: TestContext) => {
		await t.assert.rejects(given({passwordCommand: line}), refusal(message));
	});
}

test('a command that does not end is ended, and its children let go', async (t: TestContext) => {
	const line = `${node} -e "console.log('${hush}'); require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)'], {stdio: 'inherit'}); setTimeout(() => {}, 20000)"`;
	await t.assert.rejects(given({tokenCommand: line}, {commandMs: 500}), refusal(/did not end within 0\.5 s\.$/v, /without a shell/v));
});

test('a command that reads its input finds none', async (t: TestContext) => {
	t.assert.strictEqual(await given({passwordCommand: `${node} -e "process.stdin.on('data', () => {}).on('end', () => console.log('Closed-4711'))"`}), 'Closed-4711');
});

test('programs started from here do not inherit the secrets', async (t: TestContext) => {
	setVariable(t, 'VBTOP_PASSWORD', hush);
	setVariable(t, 'VBTOP_TOKEN', hush);
	setVariable(t, 'VBTOP_OTHER', 'kept');
	const taken = takeSecrets(process.env);
	t.assert.strictEqual(taken.get('password')?.secret.open(), hush);
	t.assert.strictEqual(await given({passwordCommand: `${node} -p "JSON.stringify(Object.entries(process.env).filter(([name]) => name.startsWith('VBTOP_')))"`}), '[["VBTOP_OTHER","kept"]]');
});

const variables: ReadonlyArray<readonly [environment: Record<string, string>, found: ReadonlyArray<readonly [kind: string, secret: string, from: string]>]> = [
	[{}, []],
	[{VBTOP_PASSWORD: hush}, [['password', hush, 'VBTOP_PASSWORD']]],
	[{VBTOP_TOKEN: hush}, [['token', hush, 'VBTOP_TOKEN']]],
	[{VBTOP_PASSWORD: 'pass-word', VBTOP_TOKEN: 'to-ken'}, [['password', 'pass-word', 'VBTOP_PASSWORD'], ['token', 'to-ken', 'VBTOP_TOKEN']]],
	[{VBTOP_PASSWORD: ''}, []],
	[{VBTOP_PASSWORD: `${hush}\n`}, [['password', hush, 'VBTOP_PASSWORD']]],
];

for (const [environment, found] of variables) {
	test(`the environment ${JSON.stringify(environment)}`, (t: TestContext) => {
		const variablesOf = {PATH: '/bin', ...environment};
		const taken = takeSecrets(variablesOf);
		t.assert.deepStrictEqual([...taken.values()].map(({kind, secret, from}) => [kind, secret.open(), from]), found);
		t.assert.deepStrictEqual(variablesOf, {PATH: '/bin'});
	});
}

for (const [name, value] of [['VBTOP_PASSWORD', `${hush}\u{7}`], ['VBTOP_TOKEN', `${hush}\u{1B}`], ['VBTOP_PASSWORD', `\n${hush}`]] as const) {
	test(`${name}=${JSON.stringify(value)} is refused, and deleted all the same`, (t: TestContext) => {
		const environment: Record<string, string | undefined> = {VBTOP_PASSWORD: hush, VBTOP_TOKEN: hush, [name]: value};
		t.assert.throws(() => takeSecrets(environment), refusal(new RegExp(`^${name} gives`, 'v')));
		t.assert.deepStrictEqual(environment, {});
	});
}

test('a secret that was given cannot be printed', async (t: TestContext) => {
	const found = await secretOfFlags({passwordCommand: `echo ${hush}`}, options());
	t.assert.deepStrictEqual([found?.kind, found?.from], ['password', '--password-command']);
	t.assert.doesNotMatch(`${inspect(found)} ${JSON.stringify(found)}`, /hush/v);
});

test('no flag gives no secret', async (t: TestContext) => {
	t.assert.strictEqual(await secretOfFlags({}, options()), undefined);
	t.assert.strictEqual(await secretOfFlags({passwordStdin: false, tokenStdin: false}, options()), undefined);
});

const pairs: ReadonlyArray<readonly [flags: SecretFlags, first: string, second: string]> = [
	[{passwordStdin: true, passwordFile: '/none'}, '--password-stdin', '--password-file'],
	[{passwordFile: '/none', passwordCommand: 'none'}, '--password-file', '--password-command'],
	[{passwordCommand: 'none', tokenStdin: true}, '--password-command', '--token-stdin'],
	[{tokenFile: '/none', tokenCommand: 'none'}, '--token-file', '--token-command'],
	[{passwordFile: '', tokenFile: ''}, '--password-file', '--token-file'],
];

for (const [flags, first, second] of pairs) {
	test(`${first} and ${second} are refused together`, async (t: TestContext) => {
		await t.assert.rejects(secretOfFlags(flags, options()), refusal(new RegExp(String.raw`^${first} and ${second} cannot go together\.$`, 'v')));
	});
}

test('standard input holds the secret with either flag', (t: TestContext) => {
	t.assert.deepStrictEqual([{}, {passwordStdin: true}, {tokenStdin: true}, {passwordStdin: false}, {passwordFile: 'x'}].map(flags => usesStdin(flags)), [false, true, true, false, false]);
});

for (const [what, input, flags, secret] of [
	['a line', [`${hush}\n`], {passwordStdin: true}, hush],
	['a line in pieces, with a character split between two of them', [Uint8Array.of(0xC3), Uint8Array.of(0xBC), '\n'], {passwordStdin: true}, 'ü'],
	['a line and notes', [`${hush}\r\nnotes\n`], {tokenStdin: true}, hush],
	['a line of 30,000 characters', [`${'ü'.repeat(30_000)}\n`], {passwordStdin: true}, 'ü'.repeat(30_000)],
] as const) {
	test(`standard input with ${what}`, async (t: TestContext) => {
		t.assert.strictEqual(await given(flags, {stdin: inputOf(...input)}), secret);
	});
}

for (const [what, stdin, message] of [
	['nothing', inputOf(), /^--password-stdin gives an empty secret\.$/v],
	['far too much', inputOf('x'.repeat(1_000_000), '\n'), /^--password-stdin gives a secret that is too long\.$/v],
	['a terminal', Object.assign(inputOf(), {isTTY: true}), /from standard input, and that is a terminal\.$/v],
] as const) {
	test(`standard input with ${what} is refused`, async (t: TestContext) => {
		await t.assert.rejects(given({passwordStdin: true}, {stdin}), refusal(message));
	});
}

test('the real standard input is read; what a command says on its standard error, even much, is passed on', async (t: TestContext) => {
	const source = pathToFileURL(path.join(root, 'source', 'cli', 'secrets.ts')).href;
	const line = `${node} -e "console.error('enter your PIN' + 'x'.repeat(200000)); console.log('${hush}')"`;
	const script = `import {secretOfFlags} from ${JSON.stringify(source)};
for (const flags of [{tokenStdin: true}, {passwordCommand: ${JSON.stringify(line)}}]) {
	const found = await secretOfFlags(flags, {environment: process.env, stdin: process.stdin});
	console.log(found.kind, found.secret.open().length);
}`;
	const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {cwd: root, env: bareEnvironment(), stdio: ['pipe', 'pipe', 'pipe']});
	t.after(() => {
		child.kill('SIGKILL');
	});
	child.stdin.end(`${hush}\nnotes\n`);
	const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
	t.assert.strictEqual(stdout, `token ${hush.length}\npassword ${hush.length}\n`);
	t.assert.deepStrictEqual([stderr.slice(0, 14), stderr.length], ['enter your PIN', 200_015]);
});
