import {readFile} from 'node:fs/promises';
import {test, type TestContext} from 'node:test';
import {withTables} from '../../scripts/readme-tables.js';

test('the tables of the README are those that the program has', async (t: TestContext) => {
	const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
	t.assert.strictEqual(readme, withTables(readme), 'npm run readme writes it anew');
});

test('the README opens with a frame as it is drawn', async (t: TestContext) => {
	const [readme, frame] = await Promise.all(['../../README.md', '../fixtures/frames/now-80x24.txt'].map(async file => readFile(new URL(file, import.meta.url), 'utf8')));
	t.assert.ok(readme!.includes(`\`\`\`text\n${frame!}\`\`\``));
});
