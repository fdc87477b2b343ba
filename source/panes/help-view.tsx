import {Box} from 'ink';
import type {Layout} from '../view/layout.js';
import type {Screen} from '../view/screen.js';
import type {Cell} from '../view/spans.js';
import {Footer} from './footer.js';
import {Help} from './help.js';
import {Line} from './line.js';

export type HelpViewProps = {
	readonly lines: readonly Cell[];
	readonly screen: Screen;
	readonly layout: Layout;
	readonly message: Cell;
};

/** All keys below the header, scrolled as far as the user did. */
export function HelpView({lines, screen, layout, message}: HelpViewProps) {
	const {width, helpRows} = layout;
	const top = Math.min(screen.helpTop, Math.max(0, lines.length - helpRows));
	const below = lines.length - helpRows - top;
	const scrolled: Cell = below > 0 ? [{text: ` ${below} more lines, j scrolls `, tone: 'dim'}] : [];
	return (
		<Box flexDirection='column'>
			<Line cell={[{text: '-'.repeat(width), tone: 'dim'}]}/>
			<Help lines={lines} top={top} height={helpRows} width={width}/>
			<Footer message={[...scrolled, ...message]} place='help' prompt={undefined} matches='' width={width}/>
		</Box>
	);
}
