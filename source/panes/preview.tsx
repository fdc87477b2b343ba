import {Box} from 'ink';
import {previewLines, type PreviewOptions} from '../view/preview.js';
import {Line} from './line.js';
import {useLooks} from './looks-context.js';
import {useSteady} from './use-steady.js';

export type PreviewProps = Omit<PreviewOptions, 'drawing'>;

/** What is known of the row under the cursor, beside the list. */
export function Preview(props: PreviewProps) {
	const {drawing} = useLooks();
	const {rows} = useSteady({heading: [], rows: previewLines({...props, drawing}).map(line => [line]), selected: 0});
	return (
		<Box flexDirection='column'>
			{rows.map(([line], index) => <Line key={index} cell={line!}/>)}
		</Box>
	);
}
