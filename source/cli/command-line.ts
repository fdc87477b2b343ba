import {Command, Help, Option} from 'commander';
import {UsageError} from '../model/errors.js';
import {shownPath} from '../model/file-fault.js';
import {commandTable, commandWords, isCommandWord, type CommandName} from './commands.js';
import {flagDefinition, flagNames, flagTable, flagWord, seeHelp, type FlagName, type Flags} from './flags.js';
import {didYouMean} from './suggestions.js';

/** What a command line asks for. */
export type ParsedLine = {
	readonly command: CommandName;
	/** The word after the command, or the name in `vbtop NAME`. */
	readonly operand: string | undefined;
	readonly flags: Flags;
	/** The flags that were given, as they are written, without values. */
	readonly flagWords: readonly string[];
};

/** A command line, or the help or the version that it asks for instead. */
export type Request = {readonly type: 'run'; readonly line: ParsedLine} | {readonly type: 'help'; readonly command: CommandName} | {readonly type: 'version'};

// A secret on the command line is refused, whatever it is called. `-p` may have the secret attached.
const secretOnLine = /^(?:-p|--?(?:pass|passwd|password|passphrase|pw|pwd|secret|token|access-token|bearer|api-?key)(?:=|$))/iv;

/**
Reads a command line. Throws `UsageError` for what it cannot mean; no message repeats a value, since that may be a secret
in the wrong place.
@param argv - the words after the program
*/
export async function parseCommandLine(argv: readonly string[]): Promise<Request> {
	if (argv.some(word => secretOnLine.test(word))) {
		throw new UsageError(
			'A secret on the command line is refused: every user of this machine can read it there, and the shell keeps it in its history.',
			'Leave it out to be asked, or use --password-stdin, --password-file, --password-command or VBTOP_PASSWORD (the same with token).',
		);
	}

	const {operands, unknown, texts} = splitWords(argv);
	const [word] = operands;
	if (word === 'help' && unknown === undefined) {
		return {type: 'help', command: helpTopic(operands)};
	}

	const named = commandWords.find(name => name === word);
	const command = named ?? (texts.demo ? 'demo' : 'monitor');
	if (unknown !== undefined) {
		throw unknownFlag(unknown, command);
	}

	if (texts.help === true || texts.version === true) {
		return texts.help ? {type: 'help', command} : {type: 'version'};
	}

	const given = flagNames.filter(name => texts[name] !== undefined);
	checkFlags(given, texts, command);
	const operand = operandOf(named ? operands.slice(1) : operands, command);
	return {type: 'run', line: {command, operand, flags: await parseFlags(given, texts), flagWords: given.map(name => writtenFlag(name, texts))}};
}

// A flag as it was written: `--no-color` is the flag `color` with the value false.
function writtenFlag(name: FlagName, texts: Texts): string {
	return flagWord(texts[name] === false ? `no-${name}` : name);
}

/** Texts of the flags that were given: of one that takes no value, `true` or `false`; of one that lacks its value, `true`. */
type Texts = Readonly<Partial<Record<FlagName, string | boolean | readonly string[]>>>;

// Knows every flag, so that flags may stand before and after the command.
function splitWords(argv: readonly string[]): {readonly operands: readonly string[]; readonly unknown: string | undefined; readonly texts: Texts} {
	const parser = new Command().helpOption(false);
	for (const name of flagNames) {
		const {short, value, isNegatable} = flagDefinition(name);
		const written = `${short === undefined ? '' : `-${short}, `}${flagWord(name)}`;
		// An optional value, since commander would take the next flag for one that it requires.
		const option = new Option(value === undefined ? written : `${written} [value]`);
		parser.addOption(value === undefined ? option : option.argParser((text: string, previous: unknown) => collect(name, text, previous)));
		if (!isNegatable) {
			continue;
		}

		parser.addOption(new Option(flagWord(`no-${name}`)));
		// Commander's own value for it would be true.
		parser.setOptionValue(name, undefined);
	}

	const {operands, unknown} = parser.parseOptions([...argv]);
	return {operands, unknown: unknown[0], texts: parser.opts()};
}

function collect(name: FlagName, text: string, previous: unknown): string | readonly string[] {
	if (previous === true) {
		throw valueMissing(name);
	}

	if (flagDefinition(name).isRepeatable) {
		return [...(previous as readonly string[] | undefined ?? []), text];
	}

	if (previous !== undefined) {
		throw new UsageError(`${flagWord(name)} can only be given once.`, seeHelp);
	}

	return text;
}

function valueMissing(name: FlagName): UsageError {
	return new UsageError(`${flagWord(name)} needs a value.`, seeHelp);
}

function checkFlags(given: readonly FlagName[], texts: Texts, command: CommandName): void {
	for (const name of given) {
		const {value, commands} = flagDefinition(name);
		if (!commands.includes(command)) {
			const goesWith = name === 'demo' ? 'vbtop alone' : commands.map(other => calledBy(other)).join(', ');
			throw new UsageError(`${writtenFlag(name, texts)} has no meaning here.`, `It goes with ${goesWith}. See ${calledBy(command)} --help.`);
		}

		if (value !== undefined && texts[name] === true) {
			throw valueMissing(name);
		}
	}
}

// How a command is called.
function calledBy(command: CommandName): string {
	const words: Partial<Record<CommandName, string>> = {monitor: 'vbtop', demo: 'vbtop --demo'};
	return words[command] ?? `vbtop ${command}`;
}

async function parseFlags(given: readonly FlagName[], texts: Texts): Promise<Flags> {
	const values: Array<readonly [FlagName, unknown]> = [];
	for (const name of given) {
		const {parse = String} = flagDefinition(name);
		const text = texts[name]!;
		const flag = flagWord(name);
		// One after another: of several wrong values the first is told.
		// eslint-disable-next-line no-await-in-loop
		values.push([name, typeof text === 'string' ? await parse(text, flag) : (typeof text === 'boolean' ? text : text.map(one => parse(one, flag)))]);
	}

	// Each value is what the parse function of its entry gives.
	return Object.fromEntries(values);
}

function operandOf([operand, ...more]: readonly string[], command: CommandName): string | undefined {
	const takesOperand = 'operand' in commandTable[command];
	if (more.length > 0 || (operand !== undefined && !takesOperand)) {
		throw new UsageError(`${calledBy(command)} takes ${takesOperand ? 'one name' : 'no word besides flags'}.`, `See ${calledBy(command)} --help.`);
	}

	return operand;
}

function helpTopic([, topic, ...more]: readonly string[]): CommandName {
	if (more.length > 0) {
		throw new UsageError('vbtop help takes one command.', seeHelp);
	}

	const command = commandWords.find(name => name === topic);
	if (topic !== undefined && !command && !isCommandWord(topic)) {
		throw new UsageError(`There is no command "${shownPath(topic)}".`, `${didYouMean(topic, commandWords)}Commands: ${commandWords.join(', ')}.`);
	}

	return command ?? 'monitor';
}

// Of the word as it was written only what a flag's name can be is repeated.
function unknownFlag(word: string, command: CommandName): UsageError {
	const [name] = /^(?:--[\w\-]+|-.?)/v.exec(word) ?? ['-'];
	const known = flagNames.filter(flag => flagWord(flag) === name || (flagDefinition(flag).isNegatable && flagWord(`no-${flag}`) === name));
	if (known.length > 0) {
		return new UsageError(`${name} takes no value.`, seeHelp);
	}

	const shown = shownFlags(command).flatMap(flag => flagDefinition(flag).isNegatable ? [flag, `no-${flag}`] : [flag]).map(flag => flagWord(flag).slice(2));
	return new UsageError(`There is no flag ${name}.`, `${name.startsWith('--') ? didYouMean(name.slice(2), shown, '--') : ''}See ${calledBy(command)} --help.`);
}

// The help of `vbtop` is that of the demo too.
function shownFlags(command: CommandName): readonly FlagName[] {
	const shown: readonly CommandName[] = command === 'monitor' || command === 'demo' ? ['monitor', 'demo'] : [command];
	return flagNames.filter(name => flagTable[name].commands.some(other => shown.includes(other)));
}

/**
The help of a command, made from the tables.
@param columns - of the terminal; lines are wrapped to fit, at most 100 columns wide
*/
export async function helpText(command: CommandName, columns = 100): Promise<string> {
	const isRoot = command === 'monitor' || command === 'demo';
	const help = helpCommand(isRoot ? 'monitor' : command, columns);
	for (const name of shownFlags(command)) {
		help.addOption(await helpOption(name)); // eslint-disable-line no-await-in-loop -- in the order of the table
	}

	return `${help.helpInformation()}${isRoot ? footer : ''}`;
}

type Words = {readonly operand?: string; readonly words: string};

function helpCommand(command: CommandName, columns: number): Command {
	const {operand = '', words}: Words = commandTable[command];
	const help = new Command(calledBy(command))
		.usage(`${operand} [options]`.trim())
		.description(`${words.charAt(0).toUpperCase()}${words.slice(1)}.`)
		.helpOption(false)
		.configureHelp({
			optionTerm: ({flags}) => flags.replaceAll(/[<>]/gv, ''),
			optionDescription: option => new Help().optionDescription(option).replaceAll('"', ''),
		})
		.configureOutput({getOutHelpWidth: () => Math.min(100, columns), getOutHasColors: () => false});
	if (command === 'monitor') {
		help.helpCommand('help [COMMAND]', 'this help, or that of a command');
		for (const name of commandWords) {
			const entry: Words = commandTable[name];
			help.command(`${name} ${entry.operand ?? ''}`).description(entry.words);
		}
	}

	return help;
}

const footer = `
vbtop COMMAND --help shows the options of a command. HTTPS_PROXY and NO_PROXY are honoured.
Keys are on the bottom line; ? shows them all. vbtop only reads: it can change nothing on a server.
`;

async function helpOption(name: FlagName): Promise<Option> {
	const {short, value, words, section, environment, baseline, choices, isNegatable} = flagDefinition(name);
	const written = `${short === undefined ? '' : `-${short}, `}${flagWord(isNegatable ? `no-${name}` : name)}`;
	const option = new Option(value === undefined ? written : `${written} <${value}>`, words);
	if (section !== undefined) {
		option.helpGroup(section);
	}

	if (choices) {
		option.choices(typeof choices === 'function' ? await choices() : choices);
	}

	if (environment !== undefined) {
		option.env(environment);
	}

	return baseline === undefined ? option : option.default(baseline, baseline);
}
