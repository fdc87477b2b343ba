import {Box} from 'ink';
import type {Layout} from '../../shared/layout.js';
import type {Focus} from '../../screen-state.js';
import type {Cell} from '../../../ui/text/spans.js';
import type {FooterPrompt} from '../../../ui/footer.js';
import {Line} from '../../../ui/line.js';
import {ReadingView} from '../../shared/reading-view.js';
import type {LogView} from './log-view.js';
import type {LogContent} from './log-content.js';

export type LogTabProps = {
	readonly content: LogContent;
	/** The names of the tabs. */
	readonly title: Cell;
	readonly view: LogView;
	readonly layout: Layout;
	readonly focus: Focus;
	readonly message: Cell;
	readonly prompt?: FooterPrompt;
};

/** The log of a session below its header: how much is held and how it is shown, the lines or one whole message, keys or the search. */
export function LogTab({content: {status, lines, searchNote}, title, view, layout, focus, message, prompt}: LogTabProps) {
	const search = view.typing && {lead: ' /', prompt: view.typing.prompt, note: searchNote};
	return (
		<ReadingView focus={focus} title={title} below={0} message={message} prompt={prompt ?? search} width={layout.width}>
			<Box flexDirection='column' height={layout.detailRows}>
				<Line cell={status}/>
				{lines.map(({cell, isCursor}, index) => <Line key={index} cell={cell} isInverse={isCursor}/>)}
			</Box>
		</ReadingView>
	);
}
