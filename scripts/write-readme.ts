import {readFile, writeFile} from 'node:fs/promises';
import {withTables} from './readme-tables.js';

const readme = new URL('../README.md', import.meta.url);
await writeFile(readme, withTables(await readFile(readme, 'utf8')));
