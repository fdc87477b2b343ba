import {test, type TestContext} from 'node:test';
import {ServerFault} from '../../source/model/errors.js';
import {atTime, updated, viewState} from '../helpers/view-state.js';
import {byId, hour, job, later, minute, now, snapshot} from '../helpers/sessions.js';

const due = snapshot({jobs: byId(job({schedule: 'daily', nextRunAt: now.server + minute}))});
const answered = {lastGoodAt: now.monotonic, nextTryAt: undefined, fault: undefined, faultSince: undefined};
const kinds = (state: ReturnType<typeof viewState>) => state.verdicts[0]!.verdicts.map(({kind}) => kind);

test('a run that was due since a server last answered is not said to be missed', (t: TestContext) => {
	const silent = viewState({servers: [{snapshot: due, contact: {...answered, fault: new ServerFault('refused'), faultSince: now.monotonic}}]});
	t.assert.deepStrictEqual(kinds(atTime(silent, later(hour))), ['success']);
});

test('one that was due while it answers is', (t: TestContext) => {
	const state = viewState({servers: [{snapshot: due}]});
	const heard = {...answered, lastGoodAt: later(hour).monotonic};
	t.assert.deepStrictEqual(kinds(updated(state, {type: 'contact', serverId: 'vb1', contact: heard, now: later(hour)})), ['missed']);
});
