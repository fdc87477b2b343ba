import type {Layout} from '../shared/layout.js';
import type {Focus, Screen} from '../screen-state.js';
import type {Cell} from '../../ui/text/spans.js';
import type {FooterPrompt} from '../../ui/footer.js';
import {ReadingView} from '../shared/reading-view.js';
import {Help} from './help-lines.js';

export type HelpViewProps = {
	readonly lines: readonly Cell[];
	readonly screen: Screen;
	readonly layout: Layout;
	readonly focus: Focus;
	readonly message: Cell;
	readonly prompt?: FooterPrompt;
};

/** All keys below the header, scrolled as far as the user did. */
export function HelpView({lines, screen, layout, focus, message, prompt}: HelpViewProps) {
	const {width, helpRows} = layout;
	const top = Math.min(screen.helpTop, Math.max(0, lines.length - helpRows));
	return (
		<ReadingView focus={focus} below={lines.length - helpRows - top} message={message} prompt={prompt} width={width}>
			<Help lines={lines} top={top} height={helpRows} width={width}/>
		</ReadingView>
	);
}
