import type {TextProps} from 'ink';
import type {Tone} from '../view/spans.js';

/** How each meaning looks; words say it as well, so nothing is lost without colour. */
export const theme: Record<Tone, Pick<TextProps, 'color' | 'bold' | 'dimColor'>> = {
	plain: {},
	dim: {dimColor: true},
	strong: {bold: true},
	good: {color: 'green'},
	active: {color: 'cyan'},
	warning: {color: 'yellow'},
	bad: {color: 'red', bold: true},
};
