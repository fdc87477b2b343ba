import {fitCell} from '../../ui/text/fit-cell.js';
import {TextLines} from '../shared/text-lines.js';
import {ReadingView, type ReadingFrame} from '../shared/reading-view.js';
import type {Report} from '../shared/state/layers.js';
import {reportCells} from './report.js';

export type ReportViewProps = ReadingFrame & {
	readonly report: Report;
	/** Lines scrolled away above; more than there are is taken as the end. */
	readonly top: number;
	/** IANA name of the zone in which times of day are shown. */
	readonly zone: string;
};

/** Lines that were asked for, below the header, as they were at that moment. */
export function ReportView({report, top: wantedTop, zone, ...frame}: ReportViewProps) {
	const {layout: {width, detailRows}} = frame;
	const {title, lines} = reportCells(report, zone);
	const top = Math.min(wantedTop, Math.max(0, lines.length - detailRows));
	const titleCell = fitCell([{text: ` ${title} `, tone: 'strong'}], Math.min(width, title.length + 2));
	return (
		<ReadingView title={titleCell} below={lines.length - detailRows - top} {...frame}>
			<TextLines lines={lines} top={top} height={detailRows} width={width}/>
		</ReadingView>
	);
}
