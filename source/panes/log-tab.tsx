import {Box} from 'ink';
import type {Layout} from '../view/layout.js';
import type {LogContent} from '../view/log-view-content.js';
import type {LogView} from '../view/log-view.js';
import type {Place} from '../view/screen-state.js';
import type {Cell} from '../view/spans.js';
import type {FooterPrompt} from './footer.js';
import {Line} from './line.js';
import {ReadingView} from './reading-view.js';

export type LogTabProps = {
	readonly content: LogContent;
	/** The names of the tabs. */
	readonly title: Cell;
	readonly view: LogView;
	readonly layout: Layout;
	readonly place: Place;
	readonly message: Cell;
	readonly prompt?: FooterPrompt;
};

/** The log of a session below its header: how much is held and how it is shown, the lines or one whole message, keys or the search. */
export function LogTab({content: {status, lines, searchNote}, title, view, layout, place, message, prompt}: LogTabProps) {
	const search = view.typing && {lead: ' /', prompt: view.typing.prompt, note: searchNote};
	return (
		<ReadingView place={place} title={title} below={0} message={message} prompt={prompt ?? search} width={layout.width}>
			<Box flexDirection='column' height={layout.detailRows}>
				<Line cell={status}/>
				{lines.map(({cell, isCursor}, index) => <Line key={index} cell={cell} isInverse={isCursor}/>)}
			</Box>
		</ReadingView>
	);
}
