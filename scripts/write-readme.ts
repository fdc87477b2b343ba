import {readFile, writeFile} from 'node:fs/promises';
import {withKeys} from './keys-table.js';

const readme = new URL('../README.md', import.meta.url);
await writeFile(readme, withKeys(await readFile(readme, 'utf8')));
