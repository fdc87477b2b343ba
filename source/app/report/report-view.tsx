import {fitCell} from '../../ui/text/fit-cell.js';
import type {Layout} from '../shared/layout.js';
import type {Focus} from '../screen-state.js';
import type {Cell} from '../../ui/text/spans.js';
import type {FooterPrompt} from '../../ui/footer.js';
import {Help} from '../help/help-lines.js';
import {ReadingView} from '../shared/reading-view.js';
import {reportCells, type Report} from './report.js';

export type ReportViewProps = {
	readonly report: Report;
	/** IANA name of the zone in which times of day are shown. */
	readonly zone: string;
	readonly layout: Layout;
	readonly focus: Focus;
	readonly message: Cell;
	readonly prompt?: FooterPrompt;
};

/** Lines that were asked for, below the header, as they stood at that moment. */
export function ReportView({report, zone, layout, focus, message, prompt}: ReportViewProps) {
	const {width, detailRows} = layout;
	const {title, lines} = reportCells(report, zone);
	const top = Math.min(report.top, Math.max(0, lines.length - detailRows));
	return (
		<ReadingView title={fitCell([{text: ` ${title} `, tone: 'strong'}], Math.min(width, title.length + 2))} focus={focus} below={lines.length - detailRows - top} message={message} prompt={prompt} width={width}>
			<Help lines={lines} top={top} height={detailRows} width={width}/>
		</ReadingView>
	);
}
