import {test, type TestContext} from 'node:test';
import {inspect} from 'node:util';
import {createServerApi} from '../../source/api/client.js';
import {Secret} from '../../source/model/secret.js';
import {startRecordingServer, type Recorded, type Reply} from '../helpers/recording-server.js';

const secrets = ['pw-7b1f', 'at-5b1e', 'rt-7f3c'] as const;

const granted: Reply = {json: {access_token: secrets[1], refresh_token: secrets[2], expires_in: 60}};

/** Sends back all that it was sent, as the words of an error. */
const echo = (status: number) => ({headers, form}: Recorded): Reply => ({
	status,
	json: {message: `You sent ${headers.authorization ?? ''} ${JSON.stringify(form)}`, stackTrace: JSON.stringify(form)},
});

/** The same, decoded in part. */
const echoDecoded = ({form}: Recorded): Reply => ({status: 400, json: {message: `You sent grant ${form['grant_type'] ?? ''}, ${new URLSearchParams(form).toString().replaceAll('%20', '+')}`}});

type Answers = (request: Recorded) => Reply;

const isToken = ({method}: Recorded) => method === 'POST';
const isRefresh = ({form}: Recorded) => form['grant_type'] === 'refresh_token';
const isProbe = ({headers, method}: Recorded) => method === 'GET' && !headers.authorization;

const atSignIn = (answers: Answers): Answers => request => isToken(request) ? answers(request) : {status: 401};

const afterSignIn = (answers: Answers): Answers => request => isToken(request) ? granted : (isProbe(request) ? {status: 401} : answers(request));

type Situation = readonly [what: string, answers: Answers];

const situations: readonly Situation[] = [
	...[400, 401, 403, 404, 429, 500].map((status): Situation => [`a sign-in answered with ${status}`, atSignIn(echo(status))]),
	...[403, 404, 409, 429, 500].map((status): Situation => [`a GET answered with ${status}`, afterSignIn(echo(status))]),
	['a sign-in whose form comes back', atSignIn(echoDecoded)],
	['a refresh answered with 500', request => isRefresh(request) ? echo(500)(request) : (isToken(request) ? granted : {status: 401})],
	['a token that is never taken', request => isToken(request) ? granted : {status: 401}],
	['a token that fits no header', atSignIn(() => ({json: {access_token: `${secrets[1]}\r\n`}}))],
	['a sign-in that is cut', atSignIn(() => ({isCut: true}))],
	['a GET that is cut', afterSignIn(() => ({isCut: true}))],
	['a GET that is no JSON', afterSignIn(() => ({text: secrets[1]}))],
];

for (const [what, answers] of situations) {
	test(`${what} shows no secret`, async (t: TestContext) => {
		const server = await startRecordingServer(t, answers);
		const options = {serverId: 'vb1', address: server.address, account: 'admin', secret: new Secret(secrets[0]), monotonic: () => 0};
		const api = createServerApi(options);
		t.after(async () => api.close());
		const errors: Error[] = [];
		for (const call of [async () => api.connect(), async () => api.jobs(), async () => api.sessions({offset: 0, limit: 1})]) {
			await call().catch((error: unknown) => {
				errors.push(error as Error);
			});
		}

		t.assert.ok(errors.length > 0);
		const deep = {depth: 20, showHidden: true, getters: true};
		const shown = errors.flatMap(error => [error.message, error.stack, String(error), JSON.stringify(error), inspect(error, deep)]);
		const all = [...shown, inspect(api, deep), inspect(options, deep), JSON.stringify([api, options])].join(' ');
		t.assert.deepStrictEqual(secrets.filter(secret => all.includes(secret)), []);
	});
}
