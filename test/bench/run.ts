/*
The benchmarks: `npm run bench` runs all, `npm run bench -- keys` one. Milliseconds are of this
machine and this moment; ratios are of things measured side by side, and say more.
*/
import {cpus} from 'node:os';
import process from 'node:process';
import {start} from './start.js';
import {builtBenches} from './support/built.js';
import {table} from './support/figures.js';

// Before React is loaded: as in the built program, in colour.
process.env['NODE_ENV'] = 'production';
process.env['FORCE_COLOR'] = '2';

const benches = [...await builtBenches(['parse', 'keys', 'bytes', 'estimate', 'verdicts']), start];
const names = process.argv.slice(2);
const unknown = names.find(name => benches.every(bench => bench.name !== name));
if (unknown === undefined) {
	process.stdout.write(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}\n`);
	for (const {name, title, measure} of benches) {
		if (!(names.length === 0 || names.includes(name))) {
			continue;
		}

		const {by, figures} = await measure();
		process.stdout.write(`\n${name}: ${title}\n  ${by}\n${figures.length > 0 ? `\n${table(figures)}\n` : ''}`);
	}
} else {
	process.stderr.write(`There is no bench "${unknown}": ${benches.map(({name}) => name).join(', ')}.\n`);
	process.exitCode = 2;
}
