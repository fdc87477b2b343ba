import {test, type TestContext} from 'node:test';
import {createServerApi} from '../../../source/api/client.js';
import {parseServerAddress} from '../../../source/api/transport/address.js';
import {ServerFault} from '../../../source/model/errors.js';
import {Secret} from '../../../source/model/secret.js';
import {faultNames, faultTable, isFaultName, type FaultName} from '../../../source/simulator/faults/faults.js';
import {scenarios} from '../../../source/simulator/scenarios/scenarios.js';
import {startSimulator, type ServerExchange} from '../../../source/simulator/server/server.js';
import {clockCases} from '../support/fault-cases/clock.js';
import {connectionCases} from '../support/fault-cases/connection.js';
import {garbageCases} from '../support/fault-cases/garbage.js';
import {pageCases} from '../support/fault-cases/pages.js';
import {refusalCases} from '../support/fault-cases/refusal.js';
import {rowCases} from '../support/fault-cases/rows.js';
import {signInCases} from '../support/fault-cases/sign-in.js';
import {signedInServer, turn, type SignedInServer} from '../support/raw.js';

/** What each fault does to a client; a fault without an entry does not compile. */
const cases: Record<FaultName, (t: TestContext, server: SignedInServer) => Promise<void>> = {
	...connectionCases,
	...signInCases,
	...refusalCases,
	...garbageCases,
	...rowCases,
	...pageCases,
	...clockCases,
};

for (const name of faultNames) {
	test(`${name}: ${faultTable[name].about}; then it heals`, async (t: TestContext) => {
		const server = await signedInServer(t);
		const before = await server.read();
		server.simulator.requests.splice(1);
		if (name !== 'certificate') {
			await server.simulator.setFaults(name);
		}

		await cases[name](t, server);
		// Its case starts another server, with TLS.
		if (name !== 'certificate') {
			await server.simulator.setFaults();
			server.time.now += 1000;
			t.assert.strictEqual((await server.signIn()).status, 200);
			server.time.now -= 1000;
			const after = await server.read();
			t.assert.deepStrictEqual([after.status, after.text, after.headers.get('date')], [200, before.text, before.headers.get('date')]);
		}
	});
}

test('every fault has a case and a line for people', (t: TestContext) => {
	t.assert.deepStrictEqual(Object.keys(cases).toSorted(), faultNames.toSorted());
	for (const name of faultNames) {
		t.assert.match(faultTable[name].about, /^\S.{2,}[^.]$/v, name);
	}

	t.assert.deepStrictEqual(['stall', 'nothing', 'toString'].map(name => isFaultName(name)), [true, false, false]);
});

test('faults from the start are on for ever', async (t: TestContext) => {
	const {read, say} = await signedInServer(t, {faults: ['busy', 'shortTokens']});
	t.assert.deepStrictEqual([(await read()).status, (await read()).status], [503, 503]);
	t.assert.match(await say('/v8/ServiceInstance').ended, /^HTTP\/1\.1 200 /v);
});

test('several faults at once, in the order in which they are named', async (t: TestContext) => {
	const {simulator, read} = await signedInServer(t);
	await simulator.setFaults('lowLimit', 'otherType');
	const {headers, text} = await read('/v8/JobSessions?limit=100');
	t.assert.match(headers.get('content-type')!, /^text\/plain/v);
	t.assert.strictEqual(JSON.parse(text).results.length, 20);
	await simulator.setFaults('busy', 'html');
	t.assert.strictEqual((await read()).status, 503);
	await simulator.setFaults('html', 'busy');
	t.assert.strictEqual((await read()).status, 503, 'a fault that stays on keeps its position');
});

test('a rhythm: calm first, then trouble, again and again; setFaults ends it', async (t: TestContext) => {
	const {simulator, delays, read, signIn} = await signedInServer(t, {faults: ['busy', 'shortTokens'], rhythm: {calm: 60, trouble: 20}});
	t.assert.strictEqual((await read()).status, 200);
	for (const [status, ms] of [[503, 60_000], [200, 20_000], [503, 60_000], [200, 20_000]] as const) {
		t.assert.deepStrictEqual(delays.pending, [ms]);
		delays.end();
		await turn();
		t.assert.strictEqual((await read()).status, status);
	}

	t.assert.strictEqual((await signIn()).json['expires_in'], 20, 'what the server is started with holds in the calm too');
	// Also at the moment at which the faults were about to begin.
	delays.end();
	await simulator.setFaults('forbidden');
	await turn();
	t.assert.deepStrictEqual(delays.pending, []);
	t.assert.strictEqual((await read()).status, 403);
	await simulator.setFaults();
	t.assert.strictEqual((await signIn()).json['expires_in'], 3600);
});

test('a rhythm in turn: one fault each time, in the order in which they are named', async (t: TestContext) => {
	const {delays, read} = await signedInServer(t, {faults: ['busy', 'forbidden', 'notFound'], rhythm: {calm: 60, trouble: 20, inTurn: true}});
	for (const status of [503, 200, 403, 200, 404, 200, 503]) {
		delays.end();
		await turn();
		t.assert.strictEqual((await read()).status, status);
	}
});

test('delays take real time by default', async (t: TestContext) => {
	const {say} = await signedInServer(t, {faults: ['resetIdle'], delay: undefined});
	t.assert.match(await say('/v8/Health', '').ended, /^HTTP\/1\.1 200 OK/v, 'and then the connection is closed');
});

test('a scenario has its faults and middleware, unless other faults are given', async (t: TestContext) => {
	const scenario = {
		...scenarios.empty,
		faults: ['busy'] as const,
		middleware: () => [async ({response}: ServerExchange, next: () => Promise<void>) => {
			response.setHeader('X-Scenario', 'middleware');
			await next();
		}],
	};
	const first = await signedInServer(t, {scenario});
	const answer = await first.read();
	t.assert.deepStrictEqual([answer.status, answer.headers.get('x-scenario')], [503, 'middleware']);
	await first.simulator.setFaults();
	const healed = await first.read();
	t.assert.deepStrictEqual([healed.status, healed.headers.get('x-scenario')], [200, null]);
	const other = await signedInServer(t, {scenario, faults: ['forbidden']});
	const refused = await other.read();
	t.assert.deepStrictEqual([refused.status, refused.headers.get('x-scenario')], [403, null]);
});

test('a server that is closed while a fault is on frees its port', async (t: TestContext) => {
	for (const fault of ['off', 'restart', 'redirect', 'stall', 'hugeBody'] as const) {
		const first = await startSimulator({scenario: 'empty', faults: [fault]});
		await first.close();
		const second = await startSimulator({scenario: 'empty', port: first.port});
		t.assert.strictEqual(second.port, first.port);
		await second.close();
	}
});

test('certificate without TLS is refused, and names the flag', async (t: TestContext) => {
	await t.assert.rejects(startSimulator({faults: ['certificate']}), /certificate needs TLS: --tls/v);
	await t.assert.rejects(startSimulator({faults: ['certificate'], rhythm: {calm: 1, trouble: 1}}), /--tls/v);
	const {simulator, read} = await signedInServer(t);
	await t.assert.rejects(simulator.setFaults('busy', 'certificate'), /--tls/v);
	t.assert.strictEqual((await read()).status, 200, 'nothing has changed');
});

test('a redirect is not followed by this program, with credentials or without', async (t: TestContext) => {
	const {simulator} = await signedInServer(t);
	const api = createServerApi({
		address: parseServerAddress(simulator.url), serverId: 'one', account: simulator.account.username, secret: new Secret(simulator.account.password),
		monotonic: () => performance.now(),
	});
	t.after(async () => api.close());
	await api.connect();
	const {length} = simulator.requests;
	await simulator.setFaults('redirect');
	await t.assert.rejects(api.jobs(), ServerFault);
	const later = simulator.requests.slice(length);
	t.assert.ok(later.some(({status}) => status === 302));
	t.assert.deepStrictEqual(later.filter(({headers}) => headers['host'] !== `127.0.0.1:${simulator.port}`), []);
});
