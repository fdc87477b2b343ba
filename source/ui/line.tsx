import {Text} from 'ink';
import {memo} from 'react';
import {asciiText} from './drawing.js';
import type {Cell} from './text/spans.js';
import {useStyle} from './appearance-context.js';

export type LineProps = {
	/** Fits already: nothing is wrapped or cut here. */
	readonly cell: Cell;
	readonly isInverse?: boolean;
};

/** A line, or a cell of a table, of styled text; all text is drawn by it. An inverse line has no colours. */
export const Line = memo(({cell, isInverse = false}: LineProps) => {
	const {theme, isTextAscii} = useStyle();
	const drawn = (text: string) => isTextAscii ? asciiText(text) : text;
	const [first] = cell;
	if (!first) {
		return <Text> </Text>;
	}

	if (isInverse) {
		return <Text inverse wrap='hard'>{drawn(cell.map(({text}) => text).join(''))}</Text>;
	}

	if (cell.length === 1) {
		return <Text {...theme[first.tone ?? 'plain']} wrap='hard'>{drawn(first.text)}</Text>;
	}

	return (
		<Text wrap='hard'>
			{cell.map(({text, tone = 'plain'}, index) => <Text key={index} {...theme[tone]}>{drawn(text)}</Text>)}
		</Text>
	);
});
