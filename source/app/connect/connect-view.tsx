import {Box} from 'ink';
import {fitCell} from '../../ui/text/fit-cell.js';
import {leastSize} from '../shared/layout.js';
import type {Cell} from '../../ui/text/spans.js';
import {Footer} from '../../ui/footer.js';
import {Line} from '../../ui/line.js';
import {Rule} from '../../ui/rule.js';
import {maskedPrompt} from '../shared/state/secret-field.js';
import {TextField} from '../../ui/text-field/text-field.js';
import {connectShortKeys} from './connect-keys.js';
import type {ConnectForm, ConnectFocus} from './connect.js';
import type {ConnectContent} from './connect-content.js';

export type ConnectViewProps = {
	readonly content: ConnectContent;
	readonly form: ConnectForm;
	readonly focus: ConnectFocus;
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
export function ConnectView({content: {fields, lines}, form, focus, message, width, height}: ConnectViewProps) {
	return (
		<Box flexDirection='column'>
			<Line cell={fitCell(header, width)}/>
			<Rule width={width}/>
			<Box flexDirection='column' height={height}>
				{fields.map(({name, label, note}) => (
					<TextField
						key={name} lead={label} prompt={name === 'secret' ? maskedPrompt(form.secret) : form[name]} note={note}
						isFocused={focus === 'connect' && form.focus === name} width={width}
					/>
				))}
				{lines.map((cell, index) => <Line key={index} cell={fitCell(cell, width)}/>)}
			</Box>
			<Footer message={message} keys={connectShortKeys(form, focus)} width={width}/>
		</Box>
	);
}
