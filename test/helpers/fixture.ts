import {readFile} from 'node:fs/promises';

/** A fixture by its path below `test/fixtures/`, parsed. */
export async function fixture(path: string): Promise<unknown> {
	return JSON.parse(await readFile(new URL(`../fixtures/${path}`, import.meta.url), 'utf8'));
}
