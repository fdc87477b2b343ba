import {focusBelowHelp} from './focus.js';
import {filteredHelp, foldedHelp, helpLines} from './help/help.js';
import type {HelpTables} from './shared/state/key-table.js';
import {openLayer} from './shared/state/layers.js';
import {createSelector} from './shared/state/memo.js';
import {layout, watching} from './shared/state/selectors.js';
import type {State} from './shared/state/state.js';
import {windowHelp} from './window/legend.js';

const wholeHelp = createSelector(
	[(state: State) => focusBelowHelp(state.layers), watching, (_state: State, tables: HelpTables) => tables, (state: State) => state.terminal.drawing],
	(focus, watched, tables, drawing) => helpLines({focus, watching: watched, tables, bars: windowHelp(drawing)}),
);

/** The lines of the help that have the words it is searched for, as they are shown on this terminal. */
export const shownHelp = createSelector(
	[wholeHelp, (state: State) => openLayer(state.layers, 'help')?.words ?? '', (state: State) => layout(state).width],
	(lines, words, width) => foldedHelp(filteredHelp(lines, words), width),
);
