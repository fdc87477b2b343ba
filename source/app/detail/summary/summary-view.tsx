import type {Layout} from '../../shared/layout.js';
import type {Focus} from '../../screen-state.js';
import type {Cell} from '../../../ui/text/spans.js';
import type {FooterPrompt} from '../../../ui/footer.js';
import {ReadingView} from '../../shared/reading-view.js';
import {Blocks} from './blocks.js';
import type {DetailContent} from './summary-content.js';

export type DetailViewProps = {
	readonly content: DetailContent;
	/** The names of the tabs. */
	readonly title?: Cell;
	readonly layout: Layout;
	readonly focus: Focus;
	readonly message: Cell;
	readonly prompt?: FooterPrompt;
};

/** One session below its header: everything the server says of it, the newest log items, keys. */
export function DetailView({content, title, layout, focus, message, prompt}: DetailViewProps) {
	const {width, detailRows} = layout;
	const below = content.height - detailRows - content.top;
	return (
		<ReadingView focus={focus} title={title} below={below} message={message} prompt={prompt} width={width}>
			<Blocks content={content} height={detailRows}/>
		</ReadingView>
	);
}
