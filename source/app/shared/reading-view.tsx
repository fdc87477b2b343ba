import {Box} from 'ink';
import type {ReactNode} from 'react';
import {counted} from '../../ui/format.js';
import {bindings, shortKeys} from '../keymap.js';
import type {Focus} from '../screen-state.js';
import type {Cell} from '../../ui/text/spans.js';
import {Footer, type FooterPrompt} from '../../ui/footer.js';
import {Rule} from '../../ui/rule.js';

export type ReadingViewProps = {
	readonly focus: Focus;
	/** What stands in the rule above. */
	readonly title?: Cell;
	/** Lines of the body that are scrolled away below. */
	readonly below: number;
	readonly message: Cell;
	readonly prompt?: FooterPrompt;
	readonly width: number;
	readonly children: ReactNode;
};

/** What is read rather than chosen from, below its header: a rule, the body, how much of it follows, last message, keys. */
export function ReadingView({focus, title, below, message, prompt, width, children}: ReadingViewProps) {
	const scrolled: Cell = below > 0 && !prompt ? [{text: ` ${counted(below, 'more line')}, j scrolls `, tone: 'dim'}] : [];
	return (
		<Box flexDirection='column'>
			<Rule title={title} width={width}/>
			{children}
			<Footer message={[...scrolled, ...message]} keys={shortKeys(bindings, focus)} prompt={prompt} width={width}/>
		</Box>
	);
}
