import {test, type TestContext} from 'node:test';
import {helpText, parseCommandLine} from '../../source/cli/command-line.js';
import {commandTable, commandWords, type CommandName} from '../../source/cli/commands.js';
import {flagDefinition, flagNames, flagWord} from '../../source/cli/flags.js';
import {scenarios} from '../../source/simulator/scenarios/scenarios.js';
import {call} from './support/program.js';

const parsed: ReadonlyArray<readonly [words: string, command: CommandName, operand: string | undefined, flags: Readonly<Record<string, unknown>>]> = [
	['', 'monitor', undefined, {}],
	['prod', 'monitor', 'prod', {}],
	['-- -dr', 'monitor', '-dr', {}],
	['--all', 'monitor', undefined, {all: true}],
	['--type=Copy --since 90m --refresh 2.5', 'monitor', undefined, {type: 'Copy', since: 90 * 60_000, refresh: 2.5}],
	['--type all', 'monitor', undefined, {type: undefined}],
	['--color', 'monitor', undefined, {color: true}],
	['--no-color', 'monitor', undefined, {color: false}],
	['--color --no-color', 'monitor', undefined, {color: false}],
	['--no-color --color', 'monitor', undefined, {color: true}],
	['--utc --utc', 'monitor', undefined, {utc: true}],
	['--demo --scenario clean --fault stall,latency --pace 0.5 --seed 0', 'demo', undefined, {demo: true, scenario: 'clean', fault: ['stall', 'latency'], pace: 0.5, seed: 0}],
	['login prod --keep --name=p', 'login', 'prod', {keep: true, name: 'p'}],
	['--keep --name p login prod', 'login', 'prod', {keep: true, name: 'p'}],
	['login help', 'login', 'help', {}],
	['simulate --port 0 --tls --api V7', 'simulate', undefined, {port: 0, tls: true, api: 'v7'}],
	['--log-level WARN --log-file a b', 'monitor', 'b', {logLevel: 'warn', logFile: 'a'}],
];

for (const [words, command, operand, flags] of parsed) {
	test(`vbtop ${words}`, async (t: TestContext) => {
		const request = await parseCommandLine(words.split(' ').filter(Boolean));
		t.assert.strictEqual(request.type, 'run');
		t.assert.deepStrictEqual([request.line.command, request.line.operand, request.line.flags], [command, operand, flags]);
	});
}

test('flags are told as they are written, without values', async (t: TestContext) => {
	const request = await parseCommandLine(['--no-color', 'info', '--password-file', '/secret', '--server=a']);
	t.assert.deepStrictEqual(request.type === 'run' && request.line.flagWords.toSorted(), ['--no-color', '--password-file', '--server']);
});

const shownBy = (help: string) => [...help.matchAll(/^ {2}(?:-\w, )?(?<flag>--[\-a-z]+)/gmv)].map(({groups}) => groups!['flag']!);

for (const command of ['monitor', ...commandWords] as const) {
	test(`the help of ${command} shows its flags and no others, with variables, choices and defaults, in at most 100 columns`, async (t: TestContext) => {
		const help = await helpText(command);
		const commands: readonly CommandName[] = command === 'monitor' ? ['monitor', 'demo'] : [command];
		const flags = flagNames.map(name => ({name, ...flagDefinition(name)})).filter(flag => flag.commands.some(other => commands.includes(other)));
		t.assert.deepStrictEqual(shownBy(help).toSorted(), flags.map(({name, isNegatable}) => flagWord(isNegatable ? `no-${name}` : name)).toSorted());
		const text = help.replaceAll(/\s+/gv, ' ');
		for (const {words, environment, baseline, choices} of flags) {
			for (const said of [words, environment, baseline, ...typeof choices === 'function' ? await choices() : choices ?? []]) {
				t.assert.ok(text.includes((said ?? '').replaceAll(/\s+/gv, ' ')), said);
			}
		}

		t.assert.deepStrictEqual(help.split('\n').filter(line => line.length > 100), []);
		t.assert.deepStrictEqual((await helpText(command, 80)).split('\n').filter(line => line.length > 80 && !line.startsWith('Keys ') && !line.startsWith('vbtop COMMAND')), []);
	});
}

test('every flag is shown by some help, and every command by that of vbtop', async (t: TestContext) => {
	const helps = await Promise.all((Object.keys(commandTable) as CommandName[]).map(async command => helpText(command)));
	const shown = new Set(helps.flatMap(help => shownBy(help)));
	t.assert.deepStrictEqual(flagNames.filter(name => !shown.has(flagWord(name)) && !shown.has(flagWord(`no-${name}`))), []);
	const root = await helpText('monitor');
	t.assert.deepStrictEqual([...commandWords, 'help'].filter(word => !new RegExp(String.raw`^ {2}${word}\b`, 'mv').test(root)), []);
	t.assert.match(root.replaceAll(/\s+/gv, ' '), new RegExp(`choices: ${Object.keys(scenarios).join(', ')}, default: demo`, 'v'));
});

for (const [lines, command] of [
	[['--help', '-h', 'help', '--demo --help', '-h --demo', '--help prod', 'help help'], 'monitor'],
	[['login --help', 'login -h', '--help login', 'help login', 'login prod --keep --help'], 'login'],
	[['simulate --help', 'help simulate', '-h simulate'], 'simulate'],
] as const) {
	test(`the help of ${command}: ${lines.map(line => `vbtop ${line}`).join(', ')}`, async (t: TestContext) => {
		const help = await helpText(command);
		for (const line of lines) {
			t.assert.deepStrictEqual(await call(line.split(' ')), {code: 0, stdout: help, stderr: '', output: help}, line);
		}
	});
}

test('the version of the package: --version, -V, with any command', async (t: TestContext) => {
	const {default: manifest} = await import('../../package.json', {with: {type: 'json'}});
	for (const line of ['--version', '-V', 'login -V', '--demo --version']) {
		const {code, output} = await call(line.split(' '), {env: {npm_package_version: '9.9.9'}});
		t.assert.deepStrictEqual({code, output}, {code: 0, output: `${manifest.version}\n`}, line);
	}
});
