import {rule} from '../view/drawing.js';
import {Line} from './line.js';
import {useLooks} from './looks-context.js';

/** A line between parts of the screen. */
export function Rule({width}: {readonly width: number}) {
	const {drawing} = useLooks();
	return <Line cell={[{text: rule(width, drawing), tone: 'dim'}]}/>;
}
