import assert from 'node:assert/strict';
import {test} from 'node:test';
import {acknowledgedOf} from '../../../source/triage/acknowledged.js';
import {listLayer} from '../../../source/app/shared/state/selectors.js';
import type {State} from '../../../source/app/shared/state/state.js';
import {now, second, snapshot} from '../../helpers/sessions.js';
import {commanded, effectsOf, jobVerdict, nowOf, pressed, stateOf, withVerdictsOf, type JobMark} from '../../helpers/state.js';
import {cause} from '../../helpers/verdicts.js';

const marks: readonly JobMark[] = ['!', '', 'a', '!', ''];
const start = nowOf(marks);
const known = start.marks.acknowledged;
const inNow = (keys: string, from = start) => pressed(from, keys);
const sessions = stateOf();
const added = ({marks: {acknowledged}}: State) => acknowledged.slice(known.length);

test('n and N lead to problems that nobody has acknowledged, and say when there is none left', () => {
	const at = (keys: string) => listLayer(inNow(keys)).selectedKey;
	assert.deepEqual(['n', 'n n', 'n n N', 'j n', 'G N'].map(keys => at(keys)), ['vb1/job j1', 'vb1/job j4', 'vb1/job j1', 'vb1/job j4', 'vb1/job j4']);
	assert.deepEqual([inNow('n n n').notice?.text, at('n n n')], ['there is no further problem', 'vb1/job j4']);
	assert.deepEqual([inNow('N').notice?.text, inNow('n', nowOf(['', 'a'])).notice?.text], ['there is no earlier problem', 'there is no further problem']);
	assert.equal(listLayer(inNow('n')).frozen?.until, now.monotonic + (5 * second));
});

test('in Sessions n and a say where problems are', () => {
	assert.deepEqual(['n', 'N', 'a'].map(key => pressed(sessions, key).notice?.text), ['problems are in Now: 1', 'problems are in Now: 1', 'problems are in Now: 1']);
	assert.equal(pressed(sessions, 'a').marks.acknowledged.length, 0);
});

test('a acknowledges the problem under the cursor, or that of the detail that is open', () => {
	const state = inNow('a');
	assert.deepEqual(added(state), [acknowledgedOf(jobVerdict(1))]);
	assert.equal(state.notice?.text, 'acknowledged; u undoes it');
	assert.deepEqual(inNow('enter a').marks.acknowledged, state.marks.acknowledged);
	assert.deepEqual(added(inNow('n n l a')).map(({jobId}) => jobId), ['j4']);
});

test('what is no problem, or is acknowledged already, cannot be acknowledged', () => {
	for (const keys of ['j a', 'j j a', 'a a']) {
		assert.deepEqual([added(inNow(keys)).length, inNow(keys).notice?.text], [keys === 'a a' ? 1 : 0, 'there is no problem to acknowledge']);
	}

	const none = stateOf({snapshots: [snapshot({sessions: [], jobs: new Map()})], list: 'now'});
	assert.equal(pressed(none, 'a').marks.acknowledged.length, 0);
});

test('u undoes acknowledgements one after the other, all at once where they were made at once', () => {
	const first = inNow('a', nowOf(['!', '', '', '!', '!']));
	const all = commanded(pressed(first, 'j'), 'ack all');
	assert.deepEqual([all.marks.acknowledged.map(({jobId}) => jobId), all.notice?.text], [['j1', 'j4', 'j5'], '2 problems acknowledged; u undoes it']);
	const once = inNow('u', all);
	assert.deepEqual([once.marks.acknowledged, once.notice?.text], [first.marks.acknowledged, 'undone']);
	assert.equal(inNow('u u', all).marks.acknowledged.length, 0);
	assert.equal(inNow('u u u', all).notice?.text, 'there is nothing to undo');
});

test('what was acknowledged before the start is not undone', () => {
	const state = inNow('u');
	assert.deepEqual([state.marks.acknowledged, state.notice?.text], [known, 'there is nothing to undo']);
});

test('the new causes of a job can be ignored, each once, and all be called new again', () => {
	const [denied, full] = [cause('Access is denied'), cause('Disk full')];
	const warned = [jobVerdict(1, '!', {kind: 'newWarning', causes: [denied, full], news: {fresh: [denied], known: [full], isSettled: true}})];
	const state = commanded(withVerdictsOf(start, warned), 'ignore');
	assert.deepEqual([state.marks.ignored, state.notice?.text], [[{serverId: 'vb1', key: denied.key, text: denied.text}], 'ignored from now on: Access is denied']);
	const again = commanded(withVerdictsOf(state, warned), 'ignore');
	assert.deepEqual([again.marks.ignored, again.notice?.text], [state.marks.ignored, 'there is no cause to ignore']);
	const unread = commanded(withVerdictsOf(start, [jobVerdict(1, '!', {causes: [denied, full]})]), 'ignore');
	assert.deepEqual(unread.marks.ignored.map(({key}) => key), [denied.key, full.key]);
	const calledNew = commanded(state, 'unignore all');
	assert.deepEqual([calledNew.marks.ignored.length, calledNew.notice?.text, commanded(calledNew, 'unignore all').notice?.text], [0, 'no cause is ignored any longer', 'no cause is ignored']);
});

test('what is acknowledged and ignored is saved once for each change', () => {
	const saved = (state: State, keys: string) => effectsOf(state, keys).filter(({type}) => type === 'save-marks').length;
	assert.deepEqual(['a', 'a u', 'j a', 'a n a', 'u', 'j k'].map(keys => saved(start, keys)), [1, 2, 0, 2, 0, 0]);
});
