import type {TestContext} from 'node:test';
import type {refusalFaults} from '../../../../source/simulator/faults/refusal.js';
import type {SignedInServer} from '../raw.js';

/** Requests for data are refused; the version probe and the token path are not. */
async function refused(t: TestContext, {read, signIn}: SignedInServer, status: number) {
	t.assert.strictEqual((await signIn()).status, 200);
	t.assert.strictEqual((await read('/v8/ServiceInstance')).status, 200);
	const answer = await read();
	t.assert.strictEqual(answer.status, status);
	t.assert.strictEqual((await read('/v8/jobs/x')).status, status);
	return answer;
}

export const refusalCases: Record<keyof typeof refusalFaults, (t: TestContext, server: SignedInServer) => Promise<void>> = {
	async forbidden(t: TestContext, server) {
		t.assert.strictEqual((await refused(t, server, 403)).json['errorCode'], 'ResourceAccessDenied');
	},
	async notFound(t: TestContext, {read, ask}) {
		t.assert.deepStrictEqual([(await read()).status, (await read('/v8/ServiceInstance')).status, (await ask('/v8/token', {})).status], [404, 404, 404]);
	},
	async throttled(t: TestContext, server) {
		t.assert.strictEqual((await refused(t, server, 429)).headers.get('retry-after'), '5');
	},
	async busy(t: TestContext, server) {
		t.assert.strictEqual((await refused(t, server, 503)).headers.get('retry-after'), '5');
	},
	async serverError(t: TestContext, server) {
		const {json} = await refused(t, server, 500);
		t.assert.deepStrictEqual(Object.keys(json), ['message', 'errorCode', 'stackTrace']);
		t.assert.match(json['stackTrace'] as string, /^ {3}at /v);
	},
	async htmlError(t: TestContext, server) {
		const {headers, text} = await refused(t, server, 502);
		t.assert.strictEqual(headers.get('content-type'), 'text/html');
		t.assert.match(text, /^<html>/v);
	},
	async hostileText(t: TestContext, server) {
		const {json} = await refused(t, server, 500);
		const message = json['message'] as string;
		t.assert.ok(message.length >= 100_000);
		t.assert.deepStrictEqual(['\u{1B}[2J', '\u{1B}]52;', '\u{202E}', '\u{9B}', '\u{0}'].filter(part => !message.includes(part)), []);
		const wire = await server.say().ended;
		t.assert.match(wire, /^HTTP\/1\.1 500 \u{C2}\u{9B}2J/v);
		t.assert.match(wire, /^Server: \u{C2}\u{9B}2J/mv);
	},
	async redirect(t: TestContext, {simulator, say, signIn, read}) {
		t.assert.strictEqual((await signIn()).status, 200);
		t.assert.strictEqual((await read('/v8/ServiceInstance')).status, 200);
		const wire = await say().ended;
		t.assert.match(wire, /^HTTP\/1\.1 302 /v);
		const location = /^Location: (?<location>.*)$/mv.exec(wire)!.groups!['location']!;
		t.assert.match(location, /^http:\/\/127\.0\.0\.1:\d+\/v8\/JobSessions\?limit=8$/v);
		const {host, port} = new URL(location);
		t.assert.notStrictEqual(Number(port), simulator.port);
		t.assert.strictEqual((await fetch(location)).status, 200);
		t.assert.strictEqual(simulator.requests.at(-1)?.headers['host'], host, 'who follows is in the log');
	},
};
