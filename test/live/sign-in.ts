import {once} from 'node:events';
import {createServer, type AddressInfo, type Socket} from 'node:net';
import {test, type TestContext} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {parseServerAddress} from '../../source/api/transport/address.js';
import {createServerApi} from '../../source/api/client.js';
import {inspectServer} from '../../source/api/transport/inspect.js';
import {createSignIn, type Attempt} from '../../source/live/sign-in.js';
import {Secret} from '../../source/model/secret.js';
import {signInSteps, type SignInState, type SignInStep, type StepState} from '../../source/model/sign-in.js';
import type {Simulator} from '../../source/simulator/server/server.js';
import {certificates} from '../helpers/certificates.js';
import {simulator} from '../helpers/monitor.js';
import {assertNothingSent, fingerprint, secureServer} from '../helpers/secure-server.js';

const good = [certificates.good.certificate];

/** The machine over the real client, and how it went. */
function machine(ca: readonly string[] = []) {
	const signIn = createSignIn({
		inspect: async ({address}, onReached, signal) => inspectServer({address, ca, connectMs: 10_000, onReached, signal}),
		createApi: ({address, account, secret, pin}) => createServerApi({serverId: 'test', address, account, secret, pin, ca, monotonic: () => performance.now()}),
	});
	const phases: Array<SignInState['phase']> = [];
	signIn.subscribe(() => {
		const {phase} = signIn.state();
		if (phase !== phases.at(-1)) {
			phases.push(phase);
		}
	});

	/** Waits for a state; fails with the one that is there. */
	const until = async (isWanted: (state: SignInState) => boolean): Promise<SignInState> => {
		for (let tries = 0; tries < 1000; tries++) {
			const state = signIn.state();
			if (isWanted(state)) {
				return state;
			}

			await wait(10);
		}

		throw new Error(`still ${JSON.stringify(signIn.state())}`);
	};

	return {signIn, phases, untilStep: async (name: SignInStep, wanted: StepState['state']) => until(({steps}) => steps[name].state === wanted), until: async (phase: SignInState['phase']) => until(state => state.phase === phase)};
}

function attemptOf({url, account}: Pick<Simulator, 'url' | 'account'>, changes: Partial<Attempt> = {}): Attempt {
	return {address: parseServerAddress(url), account: account.username, secret: new Secret(account.password), pin: undefined, ...changes};
}

const marks = ({steps}: SignInState) => signInSteps.map(name => steps[name].state);
const notes = ({steps}: SignInState) => signInSteps.map(name => steps[name].note);
const tokenRequests = ({requests}: Simulator) => requests.filter(({path}) => path.endsWith('/token'));
const where = (server: Simulator) => `127.0.0.1:${server.port}`;

test('a server that is trusted: each step passes, and says what it found', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const {signIn, phases, until} = machine(good);
	t.assert.deepStrictEqual(marks(signIn.state()), ['waiting', 'waiting', 'waiting', 'waiting']);
	signIn.start(attemptOf(server));
	const state = await until('signed-in');
	t.assert.deepStrictEqual(marks(state), ['passed', 'passed', 'passed', 'passed']);
	t.assert.deepStrictEqual(notes(state), [`${where(server)} answers`, 'issued by a trusted authority', 'REST API v8', String.raw`DEMO\operator`]);
	t.assert.deepStrictEqual([state.version, state.pin, state.fault, state.inspection], ['v8', undefined, undefined, undefined]);
	t.assert.deepStrictEqual(phases, ['checking', 'signed-in']);
	t.assert.strictEqual(tokenRequests(server).length, 1);
});

test('plain http on this machine has no certificate to be taken', async (t: TestContext) => {
	const server = await simulator(t, {scenario: 'clean', api: 'v7'});
	const {signIn, until} = machine();
	signIn.start(attemptOf(server));
	const state = await until('signed-in');
	t.assert.deepStrictEqual(notes(state).slice(1, 3), ['none: plain http on this machine', 'REST API v7']);
	t.assert.strictEqual(state.pin, undefined);
});

test('an untrusted certificate waits for a word; then it is pinned', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const {signIn, phases, until} = machine();
	signIn.start(attemptOf(server));
	const asked = await until('certificate');
	t.assert.deepStrictEqual(marks(asked), ['passed', 'running', 'waiting', 'waiting']);
	t.assert.strictEqual(asked.steps.certificate.note, 'certificate not trusted');
	t.assert.strictEqual(asked.inspection?.certificate.fingerprint, fingerprint('good'));
	t.assert.strictEqual(asked.replaces, undefined);
	await assertNothingSent(t, server);
	signIn.trust();
	const state = await until('signed-in');
	t.assert.deepStrictEqual([state.pin, state.steps.certificate.note, state.inspection], [fingerprint('good'), 'pinned by its fingerprint', undefined]);
	t.assert.deepStrictEqual(phases, ['checking', 'certificate', 'checking', 'signed-in']);
});

test('a certificate that is pinned already is taken without a question, whatever speaks against it', async (t: TestContext) => {
	const server = await secureServer(t, 'expired');
	const {signIn, phases, until} = machine();
	signIn.start(attemptOf(server, {pin: fingerprint('expired')}));
	t.assert.strictEqual((await until('signed-in')).pin, fingerprint('expired'));
	t.assert.deepStrictEqual(phases, ['checking', 'signed-in']);
});

test('a pin stays though the certificate is trusted by its issuer as well', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const {signIn, until} = machine(good);
	signIn.start(attemptOf(server, {pin: fingerprint('good')}));
	t.assert.strictEqual((await until('signed-in')).pin, fingerprint('good'));
});

test('no to an untrusted certificate: nothing is sent', async (t: TestContext) => {
	const server = await secureServer(t, 'wrongHost');
	const {signIn, phases, until} = machine();
	signIn.start(attemptOf(server));
	t.assert.strictEqual((await until('certificate')).steps.certificate.note, 'certificate not trusted, certificate is for another name');
	signIn.cancel();
	t.assert.strictEqual(signIn.state().phase, 'idle');
	signIn.trust();
	await assertNothingSent(t, server);
	t.assert.deepStrictEqual(phases, ['checking', 'certificate', 'idle']);
});

for (const [what, ca, objections, pin] of [
	['that nobody known issued', [], ['tlsUntrusted'], fingerprint('other')],
	['of a trusted issuer', [certificates.other.certificate], [], undefined],
] as const) {
	test(`another certificate than the pinned one, ${what}, says which it replaces`, async (t: TestContext) => {
		const server = await secureServer(t, 'other');
		const {signIn, until} = machine(ca);
		signIn.start(attemptOf(server, {pin: fingerprint('good')}));
		const asked = await until('certificate');
		t.assert.deepStrictEqual([asked.replaces, asked.inspection?.certificate.fingerprint, asked.inspection?.objections], [fingerprint('good'), fingerprint('other'), objections]);
		t.assert.strictEqual(asked.steps.certificate.note, 'certificate changed');
		await assertNothingSent(t, server);
		signIn.trust();
		t.assert.strictEqual((await until('signed-in')).pin, pin);
	});
}

test('a certificate that changes after it was trusted stops the sign-in', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const {signIn, until} = machine();
	signIn.start(attemptOf(server));
	await until('certificate');
	await server.close();
	const {port} = server;
	const impostor = await secureServer(t, 'other', {port});
	signIn.trust();
	const state = await until('failed');
	t.assert.strictEqual(state.fault?.kind, 'tlsChanged');
	t.assert.strictEqual(state.fault.certificate?.fingerprint, fingerprint('other'));
	await assertNothingSent(t, impostor);
});

test('a wrong password fails at the sign-in, after one token request', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const {signIn, until} = machine(good);
	signIn.start(attemptOf(server, {secret: new Secret('wrong')}));
	const state = await until('failed');
	t.assert.deepStrictEqual(marks(state), ['passed', 'passed', 'passed', 'failed']);
	t.assert.deepStrictEqual([state.fault?.kind, state.steps['sign-in'].note, state.version, state.pin], ['signInRefused', 'sign-in refused: Invalid credentials.', undefined, undefined]);
	t.assert.strictEqual(tokenRequests(server).length, 1);
	signIn.start(attemptOf(server));
	await until('signed-in');
	t.assert.strictEqual(tokenRequests(server).length, 2);
});

test('an address where nobody listens', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	await server.close();
	const {signIn, until} = machine(good);
	signIn.start(attemptOf(server));
	const state = await until('failed');
	t.assert.deepStrictEqual(marks(state), ['failed', 'waiting', 'waiting', 'waiting']);
	t.assert.strictEqual(state.fault?.kind, 'refused');
	t.assert.match(state.steps.address.note, /^connection refused: /v);
});

test('a port that speaks no TLS fails at the certificate', async (t: TestContext) => {
	const server = await simulator(t);
	const {signIn, until} = machine();
	signIn.start(attemptOf({...server, url: server.url.replace('http:', 'https:')}));
	const state = await until('failed');
	t.assert.deepStrictEqual([marks(state), state.fault?.kind], [['passed', 'failed', 'waiting', 'waiting'], 'tlsFailed']);
});

test('a server without this API fails at the version, and gets no password', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const {signIn, until} = machine(good);
	signIn.start(attemptOf({...server, url: `${server.url}/elsewhere`}));
	const state = await until('failed');
	t.assert.deepStrictEqual([marks(state), state.fault?.kind], [['passed', 'passed', 'failed', 'waiting'], 'notServed']);
	t.assert.deepStrictEqual(tokenRequests(server), []);
});

for (const [given, phase, mark] of [['key-0123456789', 'signed-in', 'passed'], ['guess', 'failed', 'failed']] as const) {
	test(`a bearer token, ${given}: ${phase}`, async (t: TestContext) => {
		const server = await secureServer(t, 'good', {apiKeys: ['key-0123456789']});
		const {signIn, until} = machine(good);
		signIn.start(attemptOf(server, {account: undefined, secret: new Secret(given)}));
		const state = await until(phase);
		t.assert.strictEqual(state.steps['sign-in'].state, mark);
		t.assert.strictEqual(state.steps['sign-in'].note, phase === 'failed' ? 'sign-in refused: the bearer token is not accepted' : 'bearer token');
		t.assert.deepStrictEqual(server.requests.filter(({method}) => method !== 'GET'), []);
		t.assert.strictEqual(server.requests.filter(({headers}) => headers['authorization'] !== undefined).length, 1);
	});
}

const idle = ['waiting', 'waiting', 'waiting', 'waiting'];

test('cancelled while the address is reached', async (t: TestContext) => {
	const server = await secureServer(t, 'good');
	const {signIn, phases} = machine(good);
	signIn.start(attemptOf(server));
	signIn.cancel();
	await assertNothingSent(t, server);
	t.assert.deepStrictEqual([marks(signIn.state()), phases], [idle, ['checking', 'idle']]);
});

for (const [name, wanted] of [['address', 'running'], ['address', 'passed'], ['certificate', 'running'], ['certificate', 'passed'], ['version', 'running']] as const) {
	test(`cancelled at once when the ${name} is ${wanted}: nothing is sent`, async (t: TestContext) => {
		const server = await secureServer(t, 'good');
		const {signIn} = machine(good);
		const {promise: stopped, resolve} = Promise.withResolvers<void>();
		const stop = signIn.subscribe(() => {
			if (signIn.state().steps[name].state === wanted) {
				stop();
				signIn.cancel();
				resolve();
			}
		});
		signIn.start(attemptOf(server));
		await stopped;
		await assertNothingSent(t, server);
		t.assert.deepStrictEqual([signIn.state().phase, marks(signIn.state())], ['idle', idle]);
	});
}

for (const name of ['passed', 'sign-in'] as const) {
	test(`cancelled at once when ${name === 'passed' ? 'the version is found' : 'it would sign in'}: no password is sent`, async (t: TestContext) => {
		const server = await secureServer(t, 'good');
		const {signIn} = machine(good);
		const {promise: stopped, resolve} = Promise.withResolvers<void>();
		const stop = signIn.subscribe(() => {
			const {steps} = signIn.state();
			if (name === 'passed' ? steps.version.state === 'passed' : steps['sign-in'].state === 'running') {
				stop();
				signIn.cancel();
				resolve();
			}
		});
		signIn.start(attemptOf(server));
		await stopped;
		await wait(30);
		t.assert.deepStrictEqual([signIn.state().phase, marks(signIn.state())], ['idle', idle]);
		t.assert.deepStrictEqual(tokenRequests(server), []);
	});
}

/** A server that says when a request of that path has come, and never answers it. */
async function silentAt(t: TestContext, end: string) {
	const {promise: asked, resolve} = Promise.withResolvers<void>();
	const server = await secureServer(t, 'good', {
		middleware: [async ({path}, next) => {
			if (path.endsWith(end)) {
				resolve();
				return Promise.withResolvers<never>().promise;
			}

			return next();
		}],
	});
	return {server, asked};
}

// All versions are asked for at once, each on a connection of its own.
for (const [step, end, sent] of [['version', '/ServiceInstance', 3], ['sign-in', '/token', 4]] as const) {
	test(`cancelled while the ${step} is asked for: nothing more is sent, and the connections end`, async (t: TestContext) => {
		const {server, asked} = await silentAt(t, end);
		const {signIn, untilStep} = machine(good);
		signIn.start(attemptOf(server));
		await asked;
		t.assert.strictEqual((await untilStep(step, 'running')).phase, 'checking');
		while (server.requests.length < sent) {
			await wait(5);
		}

		signIn.cancel();
		await wait(30);
		t.assert.strictEqual(server.requests.length, sent);
		t.assert.deepStrictEqual([signIn.state().phase, marks(signIn.state())], ['idle', idle]);
	});
}

test('cancelled in the handshake', async (t: TestContext) => {
	const {promise: accepted, resolve} = Promise.withResolvers<Socket>();
	const listener = createServer(socket => {
		resolve(socket.on('error', () => undefined));
	});
	listener.listen(0, '127.0.0.1');
	await once(listener, 'listening');
	t.after(() => {
		listener.close();
	});
	const {signIn, untilStep} = machine();
	const url = `https://127.0.0.1:${(listener.address() as AddressInfo).port}`;
	signIn.start({address: parseServerAddress(url), account: 'a', secret: new Secret('b'), pin: undefined});
	await untilStep('certificate', 'running');
	signIn.cancel();
	const socket = await accepted;
	await once(socket.resume(), 'close');
	t.assert.deepStrictEqual([signIn.state().phase, marks(signIn.state())], ['idle', idle]);
});

test('a new attempt takes the place of one under way, and hears nothing of it', async (t: TestContext) => {
	const {server: silent, asked} = await silentAt(t, '/ServiceInstance');
	const server = await secureServer(t, 'good');
	const {signIn, phases, until} = machine(good);
	signIn.start(attemptOf(silent));
	await asked;
	signIn.start(attemptOf(server));
	await until('signed-in');
	await wait(30);
	t.assert.strictEqual(signIn.state().phase, 'signed-in');
	t.assert.deepStrictEqual(phases, ['checking', 'signed-in']);
	t.assert.deepStrictEqual(tokenRequests(silent), []);
});

test('a word for a certificate is for the attempt that shows it', async (t: TestContext) => {
	const [first, second] = await Promise.all([secureServer(t, 'good'), secureServer(t, 'other')]);
	const {signIn, until} = machine();
	signIn.start(attemptOf(first));
	await until('certificate');
	signIn.start(attemptOf(second));
	signIn.trust();
	await until('certificate');
	await assertNothingSent(t, first);
	await assertNothingSent(t, second);
	t.assert.strictEqual(signIn.state().inspection?.certificate.fingerprint, fingerprint('other'));
	signIn.trust();
	t.assert.strictEqual((await until('signed-in')).pin, fingerprint('other'));
	await assertNothingSent(t, first);
});

test('who no longer listens is told nothing', (t: TestContext) => {
	const {signIn} = machine();
	let told = 0;
	const stop = signIn.subscribe(() => {
		told++;
	});
	signIn.cancel();
	stop();
	signIn.cancel();
	t.assert.strictEqual(told, 1);
});
