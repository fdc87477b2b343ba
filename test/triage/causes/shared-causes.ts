import {test, type TestContext} from 'node:test';
import type {Proxy, Repository} from '../../../source/model/named.js';
import type {ScenarioName} from '../../../source/simulator/scenarios/scenarios.js';
import {causesOf, type Cause} from '../../../source/triage/causes/causes.js';
import {sharedCauses, type ServerNames, type Infrastructure, type Shared, type Trouble} from '../../../source/triage/causes/shared-causes.js';
import {played} from '../../helpers/played-scenario.js';
import {byId, logItem} from '../../helpers/sessions.js';

/** Jobs are named by their places: organization, proxy, repository. */
function places(letters: string): Infrastructure {
	const [organizationId, proxyId, repositoryId] = letters.split(' ').map(id => id === '-' ? undefined : id);
	return {organizationId, proxyId, repositoryId};
}

const causes = (...texts: readonly string[]): readonly Cause[] => causesOf(texts.map(text => logItem({type: 'Error', text})));

function trouble(sessionKey: string, of: string, ...texts: readonly string[]): Trouble {
	return {sessionKey, causes: causes(...texts), ...places(of)};
}

const online: Proxy = {id: 'p1', name: 'vbp-01', status: 'Online'};
const inOrder: Repository = {id: 'r1', name: 'repo-01'};

function estate(all: readonly string[], fields: Partial<ServerNames> = {}): ServerNames {
	return {proxies: byId(online), repositories: byId(inOrder), all: all.map(of => places(of)), ...fields};
}

const offline = {proxies: byId<Proxy>({...online, status: 'Offline'})};
const outOfOrder = {repositories: byId<Repository>({...inOrder, outOfOrderReason: 'The bucket is gone'})};

/** What is said of each shared cause. */
const told = (shared: readonly Shared[]) => shared.map(({cause, sessions, by}) => `${cause.text}: ${sessions.join(' ')}${by ? `, ${by.of} ${by.id}` : ''}`);

type Case = {readonly what: string; readonly troubles: readonly Trouble[]; readonly estate: ServerNames; readonly told: readonly string[]};

const elsewhere = ['o2 p2 r2', 'o2 p2 r2', 'o3 p3 r3'];
const cases: readonly Case[] = [
	{what: 'nothing of no troubles', troubles: [], estate: estate(elsewhere), told: []},
	{what: 'one job shares with nobody', troubles: [trouble('a', 'o1 p1 r1', 'Gone')], estate: estate(['o1 p1 r1', ...elsewhere]), told: []},
	{what: 'causes that differ are not shared', troubles: [trouble('a', 'o1 p1 r1', 'Gone'), trouble('b', 'o1 p1 r1', 'Denied')], estate: estate(['o1 p1 r1', 'o1 p1 r1', ...elsewhere]), told: []},
	{
		what: 'jobs of one organization', troubles: [trouble('a', 'o1 p1 r1', 'Gone'), trouble('b', 'o1 p2 r2', 'Gone')],
		estate: estate(['o1 p1 r1', 'o1 p2 r2', ...elsewhere]), told: ['Gone: a b, organization o1'],
	},
	{
		what: 'jobs of one proxy', troubles: [trouble('a', 'o1 p1 r1', 'Gone'), trouble('b', 'o2 p1 r2', 'Gone')],
		estate: estate(['o1 p1 r1', 'o2 p1 r2', ...elsewhere]), told: ['Gone: a b, proxy p1'],
	},
	{
		what: 'jobs of one repository, of which there are fewer than of its proxy', troubles: [trouble('a', 'o1 p1 r1', 'Gone'), trouble('b', 'o2 p1 r1', 'Gone')],
		estate: estate(['o1 p1 r1', 'o2 p1 r1', 'o3 p1 r3', ...elsewhere]), told: ['Gone: a b, repository r1'],
	},
	{
		what: 'where two places fit as well, the cause names the kind', troubles: [trouble('a', 'o1 p1 r1', 'The disk of the repository is full'), trouble('b', 'o1 p1 r1', 'The disk of the repository is full')],
		estate: estate(['o1 p1 r1', 'o1 p1 r1', ...elsewhere]), told: ['The disk of the repository is full: a b, repository r1'],
	},
	{
		what: 'where it names none, the organization comes first', troubles: [trouble('a', 'o1 p1 r1', 'Gone'), trouble('b', 'o1 p1 r1', 'Gone')],
		estate: estate(['o1 p1 r1', 'o1 p1 r1', ...elsewhere]), told: ['Gone: a b, organization o1'],
	},
	{
		what: 'what every job watched is of says nothing', troubles: [trouble('a', 'o1 p1 r1', 'Gone'), trouble('b', 'o1 p1 r2', 'Gone')],
		estate: estate(['o1 p1 r1', 'o1 p1 r2', 'o1 p1 r3']), told: ['Gone: a b'],
	},
	{
		what: 'jobs of different places', troubles: [trouble('a', 'o1 p1 r1', 'Gone'), trouble('b', 'o2 p2 r2', 'Gone')],
		estate: estate(['o1 p1 r1', 'o2 p2 r2', ...elsewhere]), told: ['Gone: a b'],
	},
	{
		what: 'places that are not known', troubles: [trouble('a', '- - -', 'Gone'), trouble('b', '- - -', 'Gone')],
		estate: estate(['- - -', '- - -', ...elsewhere]), told: ['Gone: a b'],
	},
	{
		what: 'the proxy of a session that does not say it is that of its repository', troubles: [trouble('a', 'o1 - r1', 'Gone'), trouble('b', 'o2 - r2', 'Gone')],
		estate: estate(['o1 - r1', 'o2 - r2', ...elsewhere], {repositories: byId<Repository>({...inOrder, proxyId: 'p1'}, {id: 'r2', name: 'two', proxyId: 'p1'})}), told: ['Gone: a b, proxy p1'],
	},
	{
		what: 'the biggest first', troubles: [trouble('a', 'o1 p1 r1', 'Few'), trouble('b', 'o1 p2 r2', 'Few'), ...['c', 'd', 'e'].map(key => trouble(key, 'o2 p3 r3', 'Many'))],
		estate: estate(['o1 p1 r1', 'o1 p2 r2', 'o2 p3 r3', 'o2 p3 r3', 'o2 p3 r3']), told: ['Many: c d e, organization o2', 'Few: a b, organization o1'],
	},
	{
		what: 'a proxy that is offline, also where every job is of it', troubles: [trouble('a', 'o1 p1 r1', 'Lost'), trouble('b', 'o2 p1 r2', 'Lost')],
		estate: estate(['o1 p1 r1', 'o2 p1 r2'], offline), told: ['Lost: a b, proxy p1'],
	},
	{
		what: 'jobs that say something else, or nothing, of a proxy that is offline',
		troubles: [trouble('a', 'o1 p1 r1'), trouble('b', 'o2 p1 r2', 'Lost'), trouble('c', 'o3 p1 r3', 'Lost'), trouble('d', 'o3 p1 r3', 'Gone'), trouble('e', 'o2 p2 r2', 'Gone')],
		estate: estate(['o1 p1 r1', 'o2 p1 r2', 'o3 p1 r3', ...elsewhere], offline), told: ['Lost: a b c, proxy p1', 'Gone: d e'],
	},
	{
		what: 'jobs that say nothing at all of a proxy that is offline', troubles: [trouble('a', 'o1 p1 r1'), trouble('b', 'o2 p1 r2')],
		estate: estate(['o1 p1 r1', 'o2 p1 r2', ...elsewhere], offline), told: ['Offline: a b, proxy p1'],
	},
	{
		what: 'a repository out of order', troubles: [trouble('a', 'o1 p1 r1'), trouble('b', 'o2 p2 r1', 'Gone')],
		estate: estate(['o1 p1 r1', 'o2 p2 r1', ...elsewhere], outOfOrder), told: ['Gone: a b, repository r1'],
	},
	{
		what: 'a reason where no job says one', troubles: [trouble('a', 'o1 p1 r1'), trouble('b', 'o2 p2 r1')],
		estate: estate(['o1 p1 r1', 'o2 p2 r1', ...elsewhere], outOfOrder), told: ['The bucket is gone: a b, repository r1'],
	},
	{
		what: 'the proxy before the repository that is on it', troubles: [trouble('a', 'o1 p1 r1', 'Gone'), trouble('b', 'o2 p1 r1', 'Gone')],
		estate: estate(['o1 p1 r1', 'o2 p1 r1', ...elsewhere], {...offline, ...outOfOrder}), told: ['Gone: a b, proxy p1'],
	},
	{what: 'one job of a place in trouble shares with nobody', troubles: [trouble('a', 'o1 p1 r1', 'Lost')], estate: estate(['o1 p1 r1', ...elsewhere], offline), told: []},
	{what: 'jobs that say nothing share nothing', troubles: [trouble('a', 'o1 p1 r1'), trouble('b', 'o1 p1 r1')], estate: estate(['o1 p1 r1', 'o1 p1 r1', ...elsewhere]), told: []},
];

for (const {what, troubles, estate: its, told: wanted} of cases) {
	test(`shared: ${what}`, (t: TestContext) => {
		const shared = sharedCauses(troubles, its);
		t.assert.deepStrictEqual(told(shared), wanted);
		t.assert.ok(shared.every(({jobs, sessions}) => jobs === sessions.length));
	});
}

test('a shared cause has the counts, objects and times of all its jobs', (t: TestContext) => {
	const of = (sessionKey: string, count: number, fields: Partial<Cause>): Trouble => ({
		...places('o1 p1 r1'), sessionKey,
		causes: [{key: 'gone', text: 'Gone', severity: 'Warning', count, objects: [], firstAt: undefined, lastAt: undefined, ...fields}],
	});
	const [shared] = sharedCauses([
		of('a', 2, {objects: ['x', 'y'], firstAt: 20, lastAt: 30}), of('b', 3, {objects: ['y', 'z'], firstAt: 10, lastAt: 25, severity: 'Error'}), of('c', 1, {}),
	], estate(elsewhere));
	t.assert.deepStrictEqual(shared?.cause, {key: 'gone', text: 'Gone', severity: 'Error', count: 6, objects: ['x', 'y', 'z'], firstAt: 10, lastAt: 30});
});

/** What the jobs share that have trouble when the night begins. */
function sharedOf(name: ScenarioName, {isReasonSent = true} = {}) {
	const scenario = played(name);
	const troubles = scenario.jobs.flatMap((job): readonly Trouble[] => {
		const [run] = scenario.runs(job.key, 1);
		const isWaiting = run?.status === 'Queued' && scenario.truth.some(truth => truth.job === job.key);
		const isInTrouble = isWaiting || run?.status === 'Failed' || run?.status === 'Disconnected';
		return run && isInTrouble ? [{sessionKey: job.key, causes: run.causes, ...scenario.places(job)}] : [];
	});
	const repositories = byId(...[...scenario.repositories.values()].map(its => isReasonSent ? its : {...its, outOfOrderReason: undefined}));
	const shared = sharedCauses(troubles, {proxies: scenario.proxies, repositories, all: scenario.jobs.map(job => scenario.places(job))});
	const names = {
		organization: new Map(scenario.jobs.map(({organizationRecord: {id, name: its}}) => [id, its])),
		proxy: new Map([...scenario.proxies].map(([id, proxy]) => [id, proxy.name])),
		repository: new Map([...scenario.repositories].map(([id, repository]) => [id, repository.name])),
	};
	return shared.map(({cause, sessions, by}) => ({text: cause.text, jobs: sessions.toSorted(), by: by && {of: by.of, name: names[by.of].get(by.id)}}));
}

for (const name of ['certificate', 'storage', 'proxy-gone'] as const) {
	for (const isReasonSent of [true, false]) {
		test(`${name}: one cause for all jobs of the group${isReasonSent ? '' : ', though no repository gives a reason'}`, (t: TestContext) => {
			const {truth} = played(name);
			const grouped = truth.filter(({group}) => group !== undefined);
			const [shared, ...others] = sharedOf(name, {isReasonSent});
			t.assert.strictEqual(others.length, 0);
			t.assert.deepStrictEqual(shared?.jobs, grouped.map(({job}) => job).toSorted());
			t.assert.deepStrictEqual(shared.by, grouped[0]!.group);
			t.assert.ok(shared.text.includes(grouped[0]!.cause!));
		});
	}
}

for (const name of ['clean', 'usual-noise', 'used-up', 'healed', 'stuck', 'missed'] as const) {
	test(`${name}: jobs share no cause`, (t: TestContext) => {
		t.assert.strictEqual(sharedOf(name).length, 0);
	});
}
