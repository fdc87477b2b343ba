import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {assertGone, assertRestored, ownFolders, watchDemo} from './support/restored.js';
import {noTerminal} from './support/terminal.js';

/** Has the program do something wrong once SIGURG comes; nothing else listens to that. */
const planted = (wrong: string) => `--import="data:text/javascript,${encodeURIComponent(`process.on('SIGURG', () => { ${wrong} })`)}"`;

async function provoke(t: TestContext, wrong: string) {
	const {folder, env} = await ownFolders(t);
	// As many rows as a stack needs: the text from before is looked for.
	const watched = await watchDemo(t, {rows: 60, env: {...env, NODE_OPTIONS: planted(wrong)}}, 'vbtop --demo');
	process.kill(watched.pid, 'SIGURG');
	return {...watched, folder};
}

test('a throw in what draws the screen gives the terminal back, then says on it what went wrong and where the report is', {skip: noTerminal}, async (t: TestContext) => {
	// Ink ends its lines behind React, and draws once more when it leaves. For good, since React tries once more what has thrown.
	const {terminal, pid, simulator, folder} = await provoke(t, 'String.prototype.trimEnd = () => { throw new Error("planted") }');
	const left = await assertRestored(terminal, 1);
	t.assert.match(left, /planted/v);
	t.assert.match(left.replaceAll('\n', ''), /vbtop has crashed\. A report is in .*crash-/v);
	const report = (await readdir(folder, {recursive: true})).find(name => name.includes('crash-'))!;
	t.assert.match(await readFile(path.join(folder, report), 'utf8'), /planted/v);
	await assertGone(pid, simulator);
});

test('process.exit in the middle of it gives the terminal back and leaves no simulator', {skip: noTerminal}, async (t: TestContext) => {
	const {terminal, pid, simulator} = await provoke(t, 'process.exit(7)');
	await assertRestored(terminal, 7);
	await assertGone(pid, simulator);
});
