import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {openMarks} from '../../source/storage/marks.js';
import type {Acknowledged} from '../../source/triage/acknowledged.js';
import {entriesOf, modeOf, temporaryPlaces} from '../helpers/storage/folders.js';

const isSaved = {isSaved: true, problem: undefined};

const acknowledged = (serverId: string, jobId: string): Acknowledged => ({serverId, jobId, kind: 'failed', cause: 'access is denied', seenIn: 's1'});
const ignored = (serverId: string) => ({serverId, key: 'onedrive was not found', text: 'OneDrive was not found'});

test('what was said of problems is there in the next run, by server', async (t: TestContext) => {
	const places = await temporaryPlaces(t);
	const first = await openMarks(places);
	t.assert.deepStrictEqual(first.marksOf(['vb1']), {acknowledged: [], ignored: []});
	t.assert.deepStrictEqual(entriesOf(places.state), [], 'looking makes nothing');
	t.assert.deepStrictEqual(await first.save(['vb1'], {acknowledged: [acknowledged('vb1', 'j1')], ignored: [ignored('vb1')]}), isSaved);
	t.assert.deepStrictEqual(await first.save(['vb2'], {acknowledged: [acknowledged('vb2', 'j2')], ignored: []}), isSaved);
	const second = await openMarks(places);
	t.assert.deepStrictEqual(second.marksOf(['vb1']), {acknowledged: [acknowledged('vb1', 'j1')], ignored: [ignored('vb1')]});
	t.assert.deepStrictEqual(second.marksOf(['vb1', 'vb2']).acknowledged.map(({jobId}) => jobId), ['j1', 'j2']);
	t.assert.strictEqual(modeOf(path.join(places.state, 'problems.json')), '600');
});

test('what is taken back of one server leaves the others', async (t: TestContext) => {
	const places = await temporaryPlaces(t);
	const problems = await openMarks(places);
	await problems.save(['vb1', 'vb2'], {acknowledged: [acknowledged('vb1', 'j1'), acknowledged('vb2', 'j2')], ignored: [ignored('vb1'), ignored('vb2')]});
	await problems.save(['vb1'], {acknowledged: [], ignored: []});
	t.assert.deepStrictEqual((await openMarks(places)).marksOf(['vb1', 'vb2']), {acknowledged: [acknowledged('vb2', 'j2')], ignored: [ignored('vb2')]});
});

test('a file that cannot be read stays, and says why', async (t: TestContext) => {
	const places = await temporaryPlaces(t);
	await (await openMarks(places)).save(['vb1'], {acknowledged: [acknowledged('vb1', 'j1')], ignored: []});
	const file = path.join(places.state, 'problems.json');
	writeFileSync(file, 'no JSON');
	const problems = await openMarks(places);
	t.assert.match(problems.problem?.message ?? '', /problems\.json/v);
	t.assert.deepStrictEqual(problems.marksOf(['vb1']), {acknowledged: [], ignored: []});
	t.assert.strictEqual((await problems.save(['vb1'], {acknowledged: [], ignored: [ignored('vb1')]})).isSaved, false);
	t.assert.strictEqual(readFileSync(file, 'utf8'), 'no JSON');
});
