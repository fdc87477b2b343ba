import {test, type TestContext} from 'node:test';
import {useTriage} from '../../source/app/triage.js';
import type {EvidenceReader} from '../../source/live/evidence.js';
import {noEvidence} from '../../source/model/evidence.js';
import type {Now} from '../../source/model/now.js';
import type {ServerState} from '../../source/app/shared/servers.js';
import {byId, hour, job, minute, now, server} from '../helpers/sessions.js';
import {settle, startHook} from '../live/support/hook.js';

const reader: EvidenceReader = {
	serverId: 'vb1',
	current: () => noEvidence,
	subscribe: () => () => undefined,
	request: () => undefined,
	end: () => undefined,
};
const watched = [{evidence: reader}];
const ignored = [] as const;

/** The kinds of the verdicts while the state is as given, an hour after the server's last good answer. */
async function kindsWhile(t: TestContext, state: ServerState['connection']['state']): Promise<readonly string[]> {
	const due = byId(job({schedule: 'daily', nextRunAt: now.server + minute}));
	const at: Now = {server: now.server + hour, monotonic: now.monotonic + hour};
	const servers = [server({jobs: due}, {state, lastGoodAt: now.monotonic})];
	const hook = startHook(t, () => useTriage(watched, servers, at, ignored), {});
	await settle();
	return hook.last()[0]!.verdicts.map(({kind}) => kind);
}

test('a run that was due since a server last answered is not said to be missed', async (t: TestContext) => {
	t.assert.deepStrictEqual(await kindsWhile(t, 'OFFLINE'), ['success']);
});

test('one that was due while it answers is', async (t: TestContext) => {
	t.assert.deepStrictEqual(await kindsWhile(t, 'LIVE'), ['missed']);
});
