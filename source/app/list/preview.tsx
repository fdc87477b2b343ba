import {Box} from 'ink';
import {Line} from '../../ui/line.js';
import {useStyle} from '../../ui/appearance-context.js';
import {useSteady} from '../../ui/table/use-steady.js';
import {previewLines, type PreviewOptions} from './preview-content.js';

export type PreviewProps = Omit<PreviewOptions, 'drawing'>;

/** What is known of the row under the cursor, beside the list. */
export function Preview(props: PreviewProps) {
	const {drawing} = useStyle();
	const {rows} = useSteady({heading: [], rows: previewLines({...props, drawing}).map(line => [line]), selected: 0});
	return (
		<Box flexDirection='column'>
			{rows.map(([line], index) => <Line key={index} cell={line!}/>)}
		</Box>
	);
}
