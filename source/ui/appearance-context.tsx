import {createContext, useContext} from 'react';
import {drawings, type Drawing} from './drawing.js';
import {themeOf, type Theme} from './theme.js';

/** The colours and characters for this terminal. */
export type Style = {
	readonly theme: Theme;
	readonly drawing: Drawing;
	/** Whether the terminal shows ASCII only; then all other characters of a text are replaced. */
	readonly isTextAscii: boolean;
};

/** The style of all components below; the default is 16 colours on a dark background, drawn in ASCII. */
export const StyleContext = createContext<Style>({theme: themeOf('16', 'dark'), drawing: drawings.ascii, isTextAscii: false});

/** The style of the components above. */
export function useStyle(): Style {
	return useContext(StyleContext);
}
