import {readFile} from 'node:fs/promises';
import {test, type TestContext} from 'node:test';
import {withKeys} from '../../scripts/keys-table.js';

test('the key table of the README is the one that binds the keys', async (t: TestContext) => {
	const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
	t.assert.strictEqual(readme, withKeys(readme), 'npm run readme writes it anew');
});
