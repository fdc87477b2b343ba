import type {DetailContent} from '../view/detail-content.js';
import type {Layout} from '../view/layout.js';
import type {Place} from '../view/screen-state.js';
import type {Cell} from '../view/spans.js';
import {Detail} from './detail.js';
import type {FooterPrompt} from './footer.js';
import {ReadingView} from './reading-view.js';

export type DetailViewProps = {
	readonly content: DetailContent;
	/** The names of the tabs. */
	readonly title?: Cell;
	readonly layout: Layout;
	readonly place: Place;
	readonly message: Cell;
	readonly prompt?: FooterPrompt;
};

/** One session below its header: everything the server says of it, the newest log items, keys. */
export function DetailView({content, title, layout, place, message, prompt}: DetailViewProps) {
	const {width, detailRows} = layout;
	const below = content.height - detailRows - content.top;
	return (
		<ReadingView place={place} title={title} below={below} message={message} prompt={prompt} width={width}>
			<Detail content={content} height={detailRows}/>
		</ReadingView>
	);
}
