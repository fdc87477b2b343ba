import type {TestContext} from 'node:test';
import type {clockFaults} from '../../../../source/simulator/faults/clock.js';
import type {Json} from '../api.js';
import {sessionsOf, type SignedInServer} from '../raw.js';

const minute = 60_000;
const dateOf = ({headers}: {headers: Headers}) => Date.parse(headers.get('date')!);
const startsOf = ({json}: {json: Json}) => sessionsOf({json}).map(({creationTime}) => Date.parse(creationTime));

/** The same sessions as without the fault, with all times so many ms later. */
async function isShifted(t: TestContext, {simulator, read}: SignedInServer, fault: keyof typeof clockFaults, by: number) {
	await simulator.setFaults();
	const right = await read();
	await simulator.setFaults(fault);
	const wrong = await read();
	t.assert.strictEqual(dateOf(wrong) - dateOf(right), by);
	t.assert.deepStrictEqual(startsOf(wrong).map(time => time - by), startsOf(right));
	t.assert.deepStrictEqual(sessionsOf(wrong).map(({id}) => id), sessionsOf(right).map(({id}) => id));
	t.assert.ok(simulator.world.sessionsAt(dateOf(wrong)).length > 0);
}

export const clockCases: Record<keyof typeof clockFaults, (t: TestContext, server: SignedInServer) => Promise<void>> = {
	clockAhead: async (t, server) => isShifted(t, server, 'clockAhead', 10 * minute),
	clockBehind: async (t, server) => isShifted(t, server, 'clockBehind', -10 * minute),
	async clockJump(t: TestContext, {read, signIn, time}) {
		t.assert.strictEqual((await read()).status, 401, 'the hour was the token\'s last');
		await signIn();
		const answer = await read();
		t.assert.strictEqual(dateOf(answer), time.now + (60 * minute));
		t.assert.ok(startsOf(answer)[0]! > time.now, 'the world lived through it');
	},
	async oddDate(t: TestContext, {read}) {
		const dates = [await read(), await read('/v8/ServiceInstance'), await read()].map(({headers}) => headers.get('date'));
		t.assert.deepStrictEqual(dates, ['Fri, 31 Dec 9999 23:59:59 GMT', null, 'Fri, 31 Dec 9999 23:59:59 GMT']);
	},
};
