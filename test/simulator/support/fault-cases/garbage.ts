import type {TestContext} from 'node:test';
import {request} from 'node:http';
import type {garbageFaults} from '../../../../source/simulator/faults/garbage.js';
import {partsOf, type SignedInServer} from '../raw.js';

const isJson = (text: string) => {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
};

export const garbageCases: Record<keyof typeof garbageFaults, (t: TestContext, server: SignedInServer) => Promise<void>> = {
	async html(t: TestContext, {read}) {
		const {status, headers, text} = await read();
		t.assert.deepStrictEqual([status, headers.get('content-type')], [200, 'text/html; charset=utf-8']);
		t.assert.match(text, /^<!DOCTYPE html>/v);
	},
	async emptyBody(t: TestContext, {read}) {
		const {status, headers, text} = await read();
		t.assert.deepStrictEqual([status, headers.get('content-length'), text], [200, '0', '']);
		t.assert.notStrictEqual((await read('/v8/ServiceInstance')).text, '');
	},
	async halfJson(t: TestContext, {say}) {
		const {head, body} = partsOf(await say().ended);
		t.assert.match(head, new RegExp(`^Content-Length: ${body.length}$`, 'mv'));
		t.assert.match(head, /^Content-Type: application\/json/mv);
		t.assert.match(body, /^\{"offset":0,/v);
		t.assert.strictEqual(isJson(body), false);
	},
	async noJson(t: TestContext, {say}) {
		const {head, body} = partsOf(await say().ended);
		t.assert.match(head, /^Content-Type: application\/json/mv);
		t.assert.strictEqual(isJson(body), false);
	},
	async deepJson(t: TestContext, {say}) {
		const {body} = partsOf(await say().ended);
		t.assert.strictEqual(body.length, 2_000_012);
		t.assert.match(body.slice(0, 1100), /^\{"results":\[{1000}/v);
	},
	async hugeBody(t: TestContext, {simulator}) {
		const {promise, resolve, reject} = Promise.withResolvers<number>();
		request(`${simulator.url}/v8/Jobs`, {headers: await bearer(simulator.url, simulator.account)}, response => {
			let bytes = 0;
			response.on('data', (chunk: Uint8Array) => {
				bytes += chunk.byteLength;
			}).on('end', () => {
				resolve(bytes);
			});
		}).on('error', reject).end();
		t.assert.ok(await promise > 64 * (2 ** 20));
	},
	async otherType(t: TestContext, {read}) {
		const {headers, text} = await read();
		t.assert.match(headers.get('content-type')!, /^text\/plain/v);
		t.assert.strictEqual(JSON.parse(text).results.length, 8);
	},
};

async function bearer(url: string, account: SignedInServer['simulator']['account']) {
	const body = new URLSearchParams({grant_type: 'password', ...account, disable_antiforgery_token: 'true'});
	const {access_token: token} = await (await fetch(`${url}/v8/token`, {method: 'POST', body})).json() as {access_token: string};
	return {Authorization: `Bearer ${token}`};
}
