import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {openMarks} from '../../source/storage/marks.js';
import type {Acknowledged} from '../../source/triage/acknowledged.js';
import {entriesOf, modeOf, temporaryDirectories} from '../helpers/storage/folders.js';

const isSaved = {isSaved: true, problem: undefined};

const acknowledged = (serverId: string, jobId: string): Acknowledged => ({serverId, jobId, kind: 'failed', cause: 'access is denied', seenIn: 's1'});
const ignored = (serverId: string) => ({serverId, key: 'onedrive was not found', text: 'OneDrive was not found'});

test('marks are there in the next run, by server', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const first = await openMarks(directories);
	t.assert.deepStrictEqual(first.marksOf(['vb1']), {acknowledged: [], ignored: []});
	t.assert.deepStrictEqual(entriesOf(directories.state), [], 'reading makes nothing');
	t.assert.deepStrictEqual(await first.save(['vb1'], {acknowledged: [acknowledged('vb1', 'j1')], ignored: [ignored('vb1')]}), isSaved);
	t.assert.deepStrictEqual(await first.save(['vb2'], {acknowledged: [acknowledged('vb2', 'j2')], ignored: []}), isSaved);
	const second = await openMarks(directories);
	t.assert.deepStrictEqual(second.marksOf(['vb1']), {acknowledged: [acknowledged('vb1', 'j1')], ignored: [ignored('vb1')]});
	t.assert.deepStrictEqual(second.marksOf(['vb1', 'vb2']).acknowledged.map(({jobId}) => jobId), ['j1', 'j2']);
	t.assert.strictEqual(modeOf(path.join(directories.state, 'problems.json')), '600');
});

test('the marks of one server are removed without those of others', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	const marks = await openMarks(directories);
	await marks.save(['vb1', 'vb2'], {acknowledged: [acknowledged('vb1', 'j1'), acknowledged('vb2', 'j2')], ignored: [ignored('vb1'), ignored('vb2')]});
	await marks.save(['vb1'], {acknowledged: [], ignored: []});
	t.assert.deepStrictEqual((await openMarks(directories)).marksOf(['vb1', 'vb2']), {acknowledged: [acknowledged('vb2', 'j2')], ignored: [ignored('vb2')]});
});

test('a file that cannot be read stays, and says why', async (t: TestContext) => {
	const directories = await temporaryDirectories(t);
	await (await openMarks(directories)).save(['vb1'], {acknowledged: [acknowledged('vb1', 'j1')], ignored: []});
	const file = path.join(directories.state, 'problems.json');
	writeFileSync(file, 'no JSON');
	const marks = await openMarks(directories);
	t.assert.match(marks.problem?.message ?? '', /problems\.json/v);
	t.assert.deepStrictEqual(marks.marksOf(['vb1']), {acknowledged: [], ignored: []});
	t.assert.strictEqual((await marks.save(['vb1'], {acknowledged: [], ignored: [ignored('vb1')]})).isSaved, false);
	t.assert.strictEqual(readFileSync(file, 'utf8'), 'no JSON');
});
