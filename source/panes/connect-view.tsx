import {Box} from 'ink';
import type {ConnectContent} from '../view/connect-content.js';
import type {ConnectForm, ConnectPlace} from '../view/connect.js';
import {connectShortKeys} from '../view/connect-keys.js';
import {fitCell} from '../view/fit-cell.js';
import {leastSize} from '../view/layout.js';
import type {Cell} from '../view/spans.js';
import {Footer} from './footer.js';
import {Line} from './line.js';
import {Rule} from './rule.js';
import {TextField} from './text-field.js';

export type ConnectViewProps = {
	readonly content: ConnectContent;
	readonly form: ConnectForm;
	readonly place: ConnectPlace;
	readonly message: Cell;
	readonly width: number;
	/** Lines between the rules. */
	readonly height: number;
};

const header: Cell = [{text: ' vbtop', tone: 'strong'}, {text: ' read-only  Connect to a server'}];

/** What is left on a terminal too small to ask anything: the size that is needed. */
export function ConnectTooSmall({width, height}: Pick<ConnectViewProps, 'width' | 'height'>) {
	const lines: Cell[] = [header, [{text: ` needs ${leastSize.columns}x${leastSize.rows}`, tone: 'dim'}]];
	return (
		<Box flexDirection='column'>
			{lines.slice(0, height).map((cell, index) => <Line key={index} cell={fitCell(cell, width)}/>)}
		</Box>
	);
}

/** Server, account, password; how far the sign-in has come; what it asks. */
export function ConnectView({content: {fields, lines}, form, place, message, width, height}: ConnectViewProps) {
	return (
		<Box flexDirection='column'>
			<Line cell={fitCell(header, width)}/>
			<Rule width={width}/>
			<Box flexDirection='column' height={height}>
				{fields.map(({name, label, note}) => (
					<TextField
						key={name} lead={label} prompt={form.fields[name]} note={note} isSecret={name === 'secret'}
						isFocused={place === 'connect' && form.focus === name} width={width}
					/>
				))}
				{lines.map((cell, index) => <Line key={index} cell={fitCell(cell, width)}/>)}
			</Box>
			<Footer message={message} keys={connectShortKeys(form, place)} width={width}/>
		</Box>
	);
}
