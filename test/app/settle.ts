import assert from 'node:assert/strict';
import {test} from 'node:test';
import {allJobRows, detailLayer, listRows, sessionRows, verdictOf, visibleRows} from '../../source/app/shared/state/selectors.js';
import type {Effect} from '../../source/app/shared/state/messages.js';
import type {State} from '../../source/app/shared/state/state.js';
import type {PendingRead} from '../../source/model/evidence.js';
import type {FollowTarget} from '../../source/model/messages.js';
import {byId, day, hour, job, later, logItem, minute, now, running, second, session, snapshot} from '../helpers/sessions.js';
import {
	answered,
	commanded,
	effectsOf,
	goodContact,
	informed,
	jobVerdict,
	logRead,
	nowOf,
	numbered,
	pressed,
	sent,
	sentStep,
	stateOf,
	ticked,
	unreadState,
	withVerdictsOf,
} from '../helpers/state.js';
import {evidence, nightly} from '../helpers/verdicts.js';

const listed = numbered(3, {status: 'Running', endedAt: undefined});
const start = stateOf({snapshots: [listed]});
const of = <Type extends Effect['type']>(type: Type, effects: readonly Effect[]) => effects.filter((effect): effect is Extract<Effect, {readonly type: Type}> => effect.type === type);
const commandEffects = (state: State, command: string) => effectsOf(state, `: ${[...command].map(key => key === ' ' ? 'Space' : key).join(' ')} enter`);
const tick = (ms: number) => ({type: 'tick', now: later(ms)} as const);
const given = (serverId: string, listOf = listed, at = now) => ({type: 'snapshot', serverId, snapshot: listOf, now: at} as const);

test('a range or a type that changes what is asked for is asked for once', () => {
	assert.deepEqual(effectsOf(start, ']'), [{type: 'scope', scope: {rangeMs: 3 * day, jobType: undefined}}]);
	assert.deepEqual(of('scope', effectsOf(start, '] [')).map(({scope}) => scope.rangeMs), [3 * day, day]);
	assert.deepEqual(commandEffects(start, 'since 6h'), [{type: 'scope', scope: {rangeMs: 6 * hour, jobType: undefined}}]);
	assert.deepEqual(of('scope', commandEffects(start, 'since 24h')), []);
	assert.deepEqual(of('scope', sentStep(pressed(start, ']'), tick(second), tick(2 * second)).effects), []);
});

test('a type narrows no request, but widens one that was narrowed at the start, once', () => {
	assert.deepEqual(of('scope', effectsOf(start, 't t t')), []);
	const narrow = stateOf({snapshots: [listed], jobType: 'Copy'});
	assert.deepEqual([narrow.scope.jobType, of('scope', effectsOf(narrow, 't t t t')).map(({scope}) => scope)], ['Copy', [{rangeMs: day, jobType: undefined}]]);
});

test('another refresh interval is asked for once, the same one not at all', () => {
	assert.deepEqual(effectsOf(start, '+'), [{type: 'refresh-interval', refreshMs: 10_000}]);
	assert.deepEqual(effectsOf(start, '- -'), [{type: 'refresh-interval', refreshMs: 2000}]);
	assert.deepEqual([commandEffects(start, 'refresh 30'), commandEffects(start, 'refresh 5')], [[{type: 'refresh-interval', refreshMs: 30_000}], []]);
	assert.deepEqual(of('refresh-interval', sentStep(pressed(start, '+'), tick(second)).effects), []);
});

test('what is acknowledged and ignored is saved when it changes, and then only', () => {
	const marked = nowOf(['!', '!']);
	assert.deepEqual(of('save-marks', effectsOf(marked, 'a j k u')).map(({marks}) => marks.acknowledged.length), [1, 0]);
	assert.deepEqual(of('save-marks', sentStep(pressed(marked, 'a'), tick(second)).effects), []);
	assert.deepEqual(of('save-marks', commandEffects(marked, 'unignore all')), []);
});

const readsOf = (effects: readonly Effect[]) => of('pending-reads', effects).map(({reads}) => reads.map(read => read.kind === 'history' ? `${read.jobId} ${read.urgency}` : `${read.part} ${read.sessionId}`));

test('what the verdicts need read is asked for once, and again when it is something else', () => {
	const first = sentStep(unreadState({snapshots: [listed]}), given('vb1'));
	assert.equal(of('pending-reads', first.effects).length, 1);
	assert.ok(readsOf(first.effects)[0]!.includes('j1 rest'));
	const more = sentStep(first.state, {type: 'contact', serverId: 'vb1', contact: goodContact(now), now}, tick(second), tick(2 * second), {type: 'key', key: 'j'});
	assert.deepEqual(more.effects, []);
	assert.deepEqual(sentStep(more.state, given('vb1', {...listed, sessions: [...listed.sessions]})).effects, [], 'the same need is not asked for anew');
	const read = sentStep(more.state, {type: 'evidence', serverId: 'vb1', evidence: evidence(nightly(5, hour))});
	assert.equal(of('pending-reads', read.effects).length, 1);
	assert.ok(!readsOf(read.effects)[0]!.includes('j1 rest'));
});

test('what is open is read first, and no longer once it is closed', () => {
	const [opened, closed] = [effectsOf(start, 'j enter'), effectsOf(pressed(start, 'j enter'), 'escape')];
	assert.deepEqual(readsOf(opened).map(([first]) => first), ['j2 opened']);
	assert.equal(readsOf(closed).length, 1);
	assert.notEqual(readsOf(closed)[0]![0], 'j2 opened');
	assert.deepEqual(effectsOf(pressed(start, 'j enter'), 'j j + p').map(({type}) => type), ['refresh-interval'], 'scrolling asks for nothing');
});

test('what went wrong in its log is read first where the objects are', () => {
	const failed = stateOf({snapshots: [numbered(3, {status: 'Failed'})]});
	const {reads} = pressed(failed, 'enter 3').servers[0]!.asked;
	const first = reads.filter(({urgency}) => urgency === 'opened').map(read => read.kind === 'log' ? `${read.part} ${read.sessionId}` : read.jobId);
	assert.deepEqual(first.slice(0, 2).toSorted(), ['j1', 'problems s1']);
});

const followed = (effects: readonly Effect[]) => of('follow', effects).map(({target}) => target);
const target = (what: FollowTarget['what'], sessionId: string, isActive = true) => ({what, sessionId, isActive});

test('one session is followed while its log or its objects are on screen', () => {
	assert.deepEqual(followed(effectsOf(start, 'enter')), []);
	assert.deepEqual(followed(effectsOf(start, 'l')), [target('log', 's1')]);
	assert.deepEqual(followed(effectsOf(start, 'l 1')), [target('log', 's1'), undefined]);
	assert.deepEqual(followed(effectsOf(start, 'l 3 2 J')), [target('log', 's1'), target('objects', 's1'), target('log', 's1'), target('log', 's2')]);
	assert.deepEqual(followed(effectsOf(start, 'l ? escape : escape d escape')), [target('log', 's1')], 'what lies over it changes nothing');
});

test('a followed session that ends is asked for once more', () => {
	const {effects} = sentStep(pressed(start, 'l'), given('vb1', numbered(3, {status: 'Success'}), later(second)), tick(2 * second));
	assert.deepEqual(followed(effects), [target('log', 's1', false)]);
	const gone = sentStep(pressed(start, 'l'), given('vb1', {...listed, sessions: listed.sessions.slice(1)}, later(second)));
	assert.deepEqual(followed(gone.effects), [target('log', 's1', false)], 'one that left the list cannot change');
});

test('another server follows nothing once a session of the first one is closed', () => {
	const two = stateOf({snapshots: [listed, numbered(2, {serverId: 'vb2', createdAt: now.server}, {serverId: 'vb2', serverName: 'vb-there'})]});
	const effects = of('follow', effectsOf(two, 'l escape G l'));
	assert.deepEqual(effects.map(({serverId, target: its}) => [serverId, its?.sessionId]), [['vb2', 's1'], ['vb2', undefined], ['vb1', 's3']]);
	const moved = of('follow', effectsOf(two, 'l J J'));
	assert.deepEqual(moved.map(({serverId, target: its}) => `${serverId} ${its?.sessionId}`).toSorted(), ['vb1 s1', 'vb2 s1', 'vb2 s2', 'vb2 undefined']);
});

const logMessage = (sessionId: string, serverId = 'vb1') => ({type: 'log', serverId, sessionId, log: {items: [logItem()], isCut: false}, failure: undefined} as const);
const objects = {items: [], isCut: false};
const objectsMessage = (sessionId: string) => ({type: 'objects', serverId: 'vb1', sessionId, objects, failure: undefined} as unknown as Extract<Parameters<typeof sent>[1], {readonly type: 'objects'}>);

test('an answer for what is not followed is not taken', () => {
	const open = pressed(start, 'l');
	assert.ok(sent(open, logMessage('s1')).servers[0]!.log?.value);
	for (const [keys, message] of [['l', logMessage('s2')], ['l', objectsMessage('s1')], ['l 3', logMessage('s1')], ['l escape', logMessage('s1')], ['l J', logMessage('s1')], ['l', logMessage('s1', 'vb9')]] as const) {
		const state = pressed(start, keys);
		assert.equal(sent(state, message), state, keys);
	}
});

test('what was read is dropped when the tab, the session or the detail changes', () => {
	const read = logRead(pressed(start, 'l'), [logItem()]);
	for (const keys of ['1', '3', 'J', 'escape', 'tab']) {
		assert.equal(pressed(read, keys).servers[0]!.log, undefined, keys);
	}

	const withObjects = sent(pressed(start, 'l 3'), objectsMessage('s1'));
	assert.ok(withObjects.servers[0]!.objects);
	assert.equal(pressed(withObjects, '2').servers[0]!.objects, undefined);
	assert.ok(pressed(read, '? escape').servers[0]!.log?.value, 'what lies over it changes nothing');
});

test('why a log could not be read stands until it is', () => {
	const failed = sent(pressed(start, 'l'), {type: 'log', serverId: 'vb1', sessionId: 's1', log: undefined, failure: 'refused'});
	assert.deepEqual(failed.servers[0]!.log, {sessionId: 's1', value: undefined, failure: 'refused'});
	assert.equal(logRead(failed, []).servers[0]!.log?.failure, undefined);
});

test('verdicts are made anew when the data of their server changed or ten seconds passed, and then only', () => {
	// At :37, seven seconds into a step.
	const two = stateOf({snapshots: [listed, snapshot({serverId: 'vb2', serverName: 'vb-there'})], list: 'now'});
	assert.equal(ticked(two, later(second)).verdicts, two.verdicts);
	assert.notEqual(ticked(two, later(4 * second)).verdicts, two.verdicts);
	for (const keys of ['j', '/ x', '?', 'enter', '+', ']']) {
		assert.equal(pressed(two, keys).verdicts, two.verdicts, keys);
	}

	const changed = sent(two, given('vb1', {...listed, sessions: listed.sessions.slice(1)}));
	assert.notEqual(changed.verdicts[0], two.verdicts[0]);
	assert.equal(changed.verdicts[1], two.verdicts[1], 'the other server has nothing new');
	const told = informed(two, evidence(nightly(5, hour)));
	assert.deepEqual([told.verdicts[0] === two.verdicts[0], told.verdicts[1] === two.verdicts[1]], [false, true]);
});

test('the rows of the lists are made once for an answer, also while a detail is open and the bell is on', () => {
	const timesMade = () => [sessionRows, allJobRows].map(rows => (rows as typeof rows & {recomputations: () => number}).recomputations());
	for (const keys of ['b', 'b 2', 'b enter', 'b 2 enter']) {
		const open = pressed(stateOf({snapshots: [listed]}), keys);
		visibleRows(open);
		const [sessions, jobs] = timesMade();
		const answer = [...listed.sessions.slice(1), {...listed.sessions[0]!, status: 'Failed', endedAt: now.server}];
		const {state} = sentStep(open, given('vb1', {...listed, sessions: answer}));
		sessionRows(state);
		allJobRows(state);
		assert.deepEqual(timesMade(), [sessions! + 1, jobs! + 1], keys);
	}
});

test('while painting is paused the verdicts stay, and come to the present after it', () => {
	const ofNow = stateOf({snapshots: [listed], list: 'now'});
	const paused = pressed(ofNow, 'p');
	const ended = answered(ticked(paused, later(minute)), numbered(3, {status: 'Failed'}), later(minute));
	assert.equal(listRows(ended), listRows(paused));
	assert.equal(listRows(pressed(ended, 'p'))[0]!.isProblem, true);
});

test('of a server that does not answer nothing is claimed for the time since', () => {
	const due = job({schedule: 'daily', everyMs: day, nextRunAt: now.server + (5 * minute)});
	const state = stateOf({snapshots: [snapshot({jobs: byId(due)})], list: 'now'});
	const kindAt = (from: State, ms: number) => ticked(from, later(ms)).verdicts[0]!.verdicts[0]!.kind;
	assert.notEqual(kindAt(state, 3 * hour), 'missed');
	assert.equal(kindAt(answered(state, snapshot({jobs: byId(due)}), later(3 * hour)), 3 * hour), 'missed');
});

test('what is known of the job of a row is that of the same moment', () => {
	const row = listRows(start)[0]!;
	assert.equal(verdictOf(start, row)?.session?.id, 's1');
});

/** A state in which the bell rings, with these verdicts, and what a server had at first is known. */
const ringing = (...verdicts: Parameters<typeof withVerdictsOf>[1]) => ticked(withVerdictsOf(pressed(nowOf(['', '']), 'b'), verdicts), later(second));
const bells = (state: State, ...messages: Array<Parameters<typeof sentStep>[1]>) => of('bell', sentStep(state, ...messages).effects).length;
const failing = (ids: readonly string[], at = now.server) => snapshot({
	jobs: byId(job({id: 'j1', name: 'j1'}), job({id: 'j2', name: 'j2'})),
	sessions: ['j1', 'j2'].map(id => session({id: `f-${id}`, jobId: id, status: ids.includes(id) ? 'Failed' : 'Success', createdAt: at, endedAt: at + second})),
});

test('a new problem rings the bell once, two at once ring it once', () => {
	const quiet = ringing(jobVerdict(1, ''), jobVerdict(2, ''));
	const at = later(2 * second);
	assert.equal(bells(quiet, given('vb1', {...failing(['j1']), scope: quiet.scope}, at)), 1);
	assert.equal(bells(quiet, given('vb1', {...failing(['j1', 'j2']), scope: quiet.scope}, at)), 1);
	assert.equal(bells(quiet, given('vb1', {...failing(['j1']), scope: quiet.scope}, at), tick(3 * second), tick(20 * second), {type: 'key', key: 'j'}), 1);
	assert.equal(bells(quiet, given('vb1', {...failing([]), scope: quiet.scope}, at)), 0);
	assert.equal(bells(pressed(quiet, 'b'), given('vb1', {...failing(['j1']), scope: quiet.scope}, at)), 0, 'it is off');
});

test('what a server had when it was first read rings no bell, nor what a longer range brings', () => {
	const first = pressed(unreadState({list: 'now'}), 'b');
	assert.equal(bells(first, given('vb1', {...failing(['j1', 'j2']), scope: first.scope}), tick(second)), 0);
	const quiet = ringing(jobVerdict(1, ''), jobVerdict(2, ''));
	const longer = pressed(quiet, ']');
	assert.equal(bells(longer, given('vb1', {...failing(['j1']), scope: longer.scope}, later(2 * second))), 0);
});

test('a problem that is acknowledged rings no bell, and undoing that neither', () => {
	const at = later(2 * second);
	const quiet = ringing(jobVerdict(1, ''), jobVerdict(2, ''));
	const failed = sent(quiet, given('vb1', {...failing(['j1']), scope: quiet.scope}, at));
	assert.deepEqual(of('bell', effectsOf(failed, 'a u')), []);
});

test('an event is told of what changed, not of a first load', () => {
	const failed = {...failing(['j1']), changes: {added: [], updated: ['vb1/f-j1'], removed: []}};
	assert.equal(sent(unreadState(), given('vb1', failed)).event, undefined);
	assert.match(sent(start, given('vb1', failed)).event!.text, /^Failed: j1/v);
});

test('what is open keeps its key when its session leaves, and one that was never seen shows nothing', () => {
	const open = pressed(start, 'enter');
	const left = sent(open, given('vb1', {...listed, sessions: []}, later(second)));
	assert.deepEqual([detailLayer(left)?.key, detailLayer(left)?.lastSeen?.row.session?.id], ['vb1/s1', 's1']);
	assert.deepEqual(detailLayer(left)?.lastSeen?.seenAt, open.time);
});

test('the effects of a message come before those of what follows from it', () => {
	const {effects} = sentStep(pressed(start, ': s i n c e Space 6 h'), {type: 'key', key: 'enter'}, {type: 'key', key: 'r'});
	assert.deepEqual(effects.map(({type}) => type), ['scope', 'poll']);
	assert.equal(commanded(start, 'since 6h').scope.rangeMs, 6 * hour);
});

test('reads are those of the server that they are for', () => {
	const two = stateOf({snapshots: [listed, snapshot({serverId: 'vb2', serverName: 'vb-there', sessions: [running({serverId: 'vb2'})]})]});
	const reads: ReadonlyMap<string, readonly PendingRead[]> = new Map(two.servers.map(({id, asked}) => [id, asked.reads]));
	assert.deepEqual([...reads].map(([id, its]) => [id, its.some(read => read.kind === 'history' && read.jobId === 'j3')]), [['vb1', true], ['vb2', false]]);
});
