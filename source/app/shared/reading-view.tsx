import {Box} from 'ink';
import type {ReactNode} from 'react';
import {counted} from '../../ui/format.js';
import {Footer, type FooterPrompt} from '../../ui/footer.js';
import {Rule} from '../../ui/rule.js';
import type {Cell} from '../../ui/text/spans.js';
import type {Layout} from './layout.js';
import type {ShortKey} from './state/key-table.js';

/** What is shown around anything that is read. */
export type ReadingFrame = {
	readonly layout: Layout;
	readonly message: Cell;
	/** The keys of the bottom line, the most useful first. */
	readonly keys: readonly ShortKey[];
	/** What is typed instead of the keys. */
	readonly prompt: FooterPrompt | undefined;
};

export type ReadingViewProps = ReadingFrame & {
	/** What is shown in the rule above. */
	readonly title?: Cell;
	/** Lines of the body that are scrolled away below. */
	readonly below: number;
	readonly children: ReactNode;
};

/** What is read rather than chosen from, below its header: a rule, the body, how much of it follows, last message, keys. */
export function ReadingView({title, below, layout: {width}, message, keys, prompt, children}: ReadingViewProps) {
	const scrolled: Cell = below > 0 && !prompt ? [{text: ` ${counted(below, 'more line')}, j scrolls `, tone: 'dim'}] : [];
	return (
		<Box flexDirection='column'>
			<Rule title={title} width={width}/>
			{children}
			<Footer message={[...scrolled, ...message]} keys={keys} prompt={prompt} width={width}/>
		</Box>
	);
}
