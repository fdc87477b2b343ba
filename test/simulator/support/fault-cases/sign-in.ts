import type {TestContext} from 'node:test';
import type {signInFaults} from '../../../../source/simulator/faults/sign-in.js';
import type {SignedInServer} from '../raw.js';

/** The refresh token of a pair, as a client would send it. */
const refresh = (pair: Record<string, string>) => ({grant_type: 'refresh_token', refresh_token: pair['refresh_token']!, disable_antiforgery_token: 'true'});

/** Those that end tokens are switched on anew, so that the case has a pair from before. */
async function pairBefore({simulator, signIn}: SignedInServer, fault: keyof typeof signInFaults) {
	await simulator.setFaults();
	const {json} = await signIn();
	await simulator.setFaults(fault);
	return json as Record<string, string>;
}

export const signInCases: Record<keyof typeof signInFaults, (t: TestContext, server: SignedInServer) => Promise<void>> = {
	async unauthorized(t: TestContext, {read, signIn}) {
		t.assert.strictEqual((await signIn()).status, 200);
		for (const path of ['/v8/JobSessions', '/v8/ServiceInstance']) {
			const {status, text} = await read(path);
			t.assert.deepStrictEqual([status, text], [401, '']);
		}
	},
	async expiredTokens(t: TestContext, server) {
		const {read, ask} = server;
		const pair = await pairBefore(server, 'expiredTokens');
		t.assert.strictEqual((await read()).status, 401);
		const {status, json} = await ask('/v8/token', refresh(pair));
		t.assert.strictEqual(status, 200);
		t.assert.strictEqual((await fetch(`${server.simulator.url}/v8/Jobs`, {headers: {Authorization: `Bearer ${json['access_token']}`}})).status, 200);
	},
	async deadRefresh(t: TestContext, server) {
		const {read, ask, signIn} = server;
		const pair = await pairBefore(server, 'deadRefresh');
		t.assert.strictEqual((await read()).status, 401);
		const refused = await ask('/v8/token', refresh(pair));
		t.assert.deepStrictEqual([refused.status, refused.json['error']], [400, 'invalid_grant']);
		t.assert.strictEqual((await signIn()).status, 200);
		t.assert.strictEqual((await read()).status, 200);
	},
	async passwordChanged(t: TestContext, server) {
		const {read, ask, signIn} = server;
		const pair = await pairBefore(server, 'passwordChanged');
		t.assert.strictEqual((await read()).status, 401);
		t.assert.strictEqual((await ask('/v8/token', refresh(pair))).status, 400);
		const {status, json} = await signIn();
		t.assert.deepStrictEqual([status, json], [400, {error: 'invalid_grant', error_description: 'Invalid credentials.'}]);
	},
	async tokenQuota(t: TestContext, {signIn}) {
		await signIn();
		const {status, headers} = await signIn();
		t.assert.deepStrictEqual([status, headers.get('retry-after')], [429, '1']);
	},
	async shortTokens(t: TestContext, {signIn, read, time}) {
		t.assert.strictEqual((await signIn()).json['expires_in'], 20);
		time.now += 20_000;
		t.assert.strictEqual((await read()).status, 401);
		time.now -= 20_000;
	},
	async antiforgery(t: TestContext, {read, signIn}) {
		t.assert.strictEqual((await read()).status, 401);
		t.assert.strictEqual((await signIn()).status, 200);
		t.assert.strictEqual((await read()).status, 401);
	},
};
