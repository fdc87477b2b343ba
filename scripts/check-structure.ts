/*
Checks source/ for import circles, names that two files export, and React where it may not be. Part of `npm test`.
*/
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {readSources, structureProblems} from './testing/structure.js';

const folder = fileURLToPath(new URL('../source', import.meta.url));
const problems = structureProblems(readSources(folder));
for (const problem of problems) {
	console.error(problem);
}

process.exitCode = problems.length === 0 ? 0 : 1;
