import type {Layout} from '../view/layout.js';
import type {Place, Screen} from '../view/screen-state.js';
import type {Cell} from '../view/spans.js';
import type {FooterPrompt} from './footer.js';
import {Help} from './help.js';
import {ReadingView} from './reading-view.js';

export type HelpViewProps = {
	readonly lines: readonly Cell[];
	readonly screen: Screen;
	readonly layout: Layout;
	readonly place: Place;
	readonly message: Cell;
	readonly prompt?: FooterPrompt;
};

/** All keys below the header, scrolled as far as the user did. */
export function HelpView({lines, screen, layout, place, message, prompt}: HelpViewProps) {
	const {width, helpRows} = layout;
	const top = Math.min(screen.helpTop, Math.max(0, lines.length - helpRows));
	return (
		<ReadingView place={place} below={lines.length - helpRows - top} message={message} prompt={prompt} width={width}>
			<Help lines={lines} top={top} height={helpRows} width={width}/>
		</ReadingView>
	);
}
