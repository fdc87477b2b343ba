import type {Cell} from '../../ui/text/spans.js';
import {ReadingView, type ReadingFrame} from '../shared/reading-view.js';
import {TextLines} from '../shared/text-lines.js';

export type HelpViewProps = ReadingFrame & {
	readonly lines: readonly Cell[];
	/** Lines scrolled away above; more than there are is taken as the end. */
	readonly top: number;
};

/** All keys below the header, scrolled as far as the user did. */
export function HelpView({lines, top: wantedTop, ...frame}: HelpViewProps) {
	const {layout: {width, helpRows}} = frame;
	const top = Math.min(wantedTop, Math.max(0, lines.length - helpRows));
	return (
		<ReadingView below={lines.length - helpRows - top} {...frame}>
			<TextLines lines={lines} top={top} height={helpRows} width={width}/>
		</ReadingView>
	);
}
