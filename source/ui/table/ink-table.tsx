/*
ink-table 3.1 is CommonJS and requires Ink, which is an ES module with a top-level await:
Node refuses that. It gets the Ink that is loaded already, under the name that it asks for.
The bundle has no need of this: there the build turns its requires into imports.
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
const standIn = new Module(name);
standIn.exports = {...ink};
standIn.loaded = true;
require.cache[name] = standIn;

/** The table of ink-table. */
export const Table = (require('ink-table') as {default: ComponentType<TableProps>}).default;
