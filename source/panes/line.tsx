import {Text} from 'ink';
import {memo} from 'react';
import type {Cell} from '../view/spans.js';
import {theme} from './theme.js';

export type LineProps = {
	/** Fitted already: a line is never wrapped nor cut here. */
	readonly cell: Cell;
	readonly isInverse?: boolean;
};

/** A line, or a cell of a table, of styled text. In an inverse one only the words carry meaning. */
export const Line = memo(({cell, isInverse = false}: LineProps) => {
	const [first] = cell;
	if (!first) {
		return <Text> </Text>;
	}

	if (isInverse) {
		return <Text inverse wrap='hard'>{cell.map(({text}) => text).join('')}</Text>;
	}

	if (cell.length === 1) {
		return <Text {...theme[first.tone ?? 'plain']} wrap='hard'>{first.text}</Text>;
	}

	return (
		<Text wrap='hard'>
			{cell.map(({text, tone = 'plain'}, index) => <Text key={index} {...theme[tone]}>{text}</Text>)}
		</Text>
	);
});
