/*
ink-table 3.1 is CommonJS and requires Ink, which is an ES module with a top-level await:
Node refuses that. So the Ink that is loaded already is put into the cache of `require`.
The bundle does not need this: there the build turns its requires into imports.
*/
import {createRequire, Module} from 'node:module';
import type {ComponentType} from 'react';
import * as ink from 'ink';

type TableProps = {
	data: ReadonlyArray<Record<string, string>>;
	/** Keys of the columns; without them a table without rows has no heading. */
	columns: readonly string[];
	padding?: number;
	cell: ComponentType<{children: string; column: number}>;
	header: ComponentType<{children: string}>;
	skeleton: ComponentType<{children?: string}>;
};

const require = createRequire(import.meta.url);
const name = require.resolve('ink');
const inkModule = new Module(name);
inkModule.exports = {...ink};
inkModule.loaded = true;
require.cache[name] = inkModule;

/** The table of ink-table. */
export const Table = (require('ink-table') as {default: ComponentType<TableProps>}).default;
