import {Command} from 'commander';

/** The question whether one of the similar words was meant, with a space after it; nothing where none is similar. */
export function didYouMean(word: string, candidates: readonly string[], prefix = ''): string {
	const words = similarWords(word.toLowerCase(), candidates).map(candidate => `${prefix}${candidate}`);
	return words.length === 0 ? '' : `Did you mean ${words.join(' or ')}? `;
}

// Commander does not export its measure of similarity: it is read back from the error about an unknown command.
function similarWords(word: string, candidates: readonly string[]): readonly string[] {
	const parser = new Command().exitOverride().helpOption(false).helpCommand(false).configureOutput({outputError: () => undefined});
	for (const candidate of new Set(candidates)) {
		parser.command(candidate);
	}

	try {
		parser.parse(['--', word], {from: 'user'});
		return [];
	} catch (error) {
		const {words = ''} = /\(Did you mean (?:one of )?(?<words>.*)\?\)/v.exec((error as Error).message)?.groups ?? {};
		return words.split(', ').filter(Boolean);
	}
}
