import {createContext, useContext} from 'react';
import {drawings, type Drawing} from './drawing.js';
import {themeOf, type Theme} from './theme.js';

/** How things are drawn on this terminal. */
export type Style = {
	readonly theme: Theme;
	readonly drawing: Drawing;
	/** Whether the terminal can show nothing but ASCII, so that a server's text loses the rest too. */
	readonly isTextAscii: boolean;
};

/** Around all panes; without it 16 colours on a dark background, drawn in ASCII. */
export const StyleContext = createContext<Style>({theme: themeOf('16', 'dark'), drawing: drawings.ascii, isTextAscii: false});

/** How things are drawn; what is drawn of `drawing`'s pieces takes them from here. */
export function useStyle(): Style {
	return useContext(StyleContext);
}
