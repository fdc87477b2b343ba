import {fitCell} from '../view/fit-cell.js';
import type {Layout} from '../view/layout.js';
import type {Place} from '../view/screen-state.js';
import type {Cell} from '../view/spans.js';
import {toldCells, type Told} from '../view/told-lines.js';
import type {FooterPrompt} from './footer.js';
import {Help} from './help.js';
import {ReadingView} from './reading-view.js';

export type ToldViewProps = {
	readonly told: Told;
	/** IANA name of the zone in which times of day are shown. */
	readonly zone: string;
	readonly layout: Layout;
	readonly place: Place;
	readonly message: Cell;
	readonly prompt?: FooterPrompt;
};

/** Lines that were asked for, below the header, as they stood at that moment. */
export function ToldView({told, zone, layout, place, message, prompt}: ToldViewProps) {
	const {width, detailRows} = layout;
	const {title, lines} = toldCells(told, zone);
	const top = Math.min(told.top, Math.max(0, lines.length - detailRows));
	return (
		<ReadingView title={fitCell([{text: ` ${title} `, tone: 'strong'}], Math.min(width, title.length + 2))} place={place} below={lines.length - detailRows - top} message={message} prompt={prompt} width={width}>
			<Help lines={lines} top={top} height={detailRows} width={width}/>
		</ReadingView>
	);
}
