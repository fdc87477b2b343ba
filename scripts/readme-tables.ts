import {commandsTable} from './commands-table.js';
import {faultsTable} from './faults-table.js';
import {filterTable} from './filter-table.js';
import {keysTable} from './keys-table.js';

const tables = {filter: filterTable, keys: keysTable, commands: commandsTable, faults: faultsTable} as const;

/** The README with its tables written again. */
export function withTables(readme: string): string {
	let text = readme;
	for (const [name, table] of Object.entries(tables)) {
		text = withTable(text, name, table());
	}

	return text;
}

function withTable(readme: string, name: string, table: string): string {
	const mark = `<!-- ${name}: written by npm run readme -->`;
	const from = readme.indexOf(mark);
	const to = readme.indexOf(`<!-- end of ${name} -->`);
	if (from === -1 || to < from) {
		throw new Error(`README.md lacks the marks around its table of ${name}.`);
	}

	return `${readme.slice(0, from + mark.length)}\n\n${table}\n${readme.slice(to)}`;
}
