import {commands} from './command-table.js';
import {commandHelp} from './commands/commands.js';
import {connectBindings} from './connect/connect-keys.js';
import {bindings} from './keymap.js';
import type {HelpTables} from './shared/state/key-table.js';

/** What the help and the README say of keys, in the monitor and in the Connect view, and of commands. */
export const helpTables: HelpTables = {keys: [...bindings, ...connectBindings], commands: commandHelp(commands)};
