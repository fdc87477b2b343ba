import {startSimulator, type Simulator, type SimulatorOptions} from '../../../source/simulator/server/server.js';

/** An epoch for all tests: a Monday at 02:14. */
export const epoch = Date.UTC(2026, 2, 2, 2, 14, 37);

export type Json = Record<string, any>;
export type Answer = {status: number; text: string; json: Json; headers: Headers};

/** A simulator whose clock the test sets (`time.now`); it is closed after the test. */
export async function simulate(context: {after: (end: () => Promise<void>) => void}, options: SimulatorOptions = {}) {
	const time = {now: epoch};
	const simulator = await startSimulator({epoch, clock: () => time.now, ...options});
	context.after(async () => simulator.close());
	return {simulator, time, ...clientOf(simulator)};
}

/** Reads what is at a path, with a token where one is given. */
export function clientOf({url, account}: Pick<Simulator, 'url' | 'account'>) {
	const read = async (path: string, token?: string): Promise<Answer> => answerOf(await fetch(url + path, {headers: token === undefined ? {} : {Authorization: `Bearer ${token}`}}));
	const ask = async (path: string, form: Record<string, string>) => answerOf(await fetch(url + path, {method: 'POST', body: new URLSearchParams(form)}));
	const signIn = async (version = 'v8', fields: Record<string, string> = version === 'v6' ? {} : {disable_antiforgery_token: 'true'}) =>
		ask(`/${version}/token`, {grant_type: 'password', ...account, ...fields});
	return {read, ask, signIn};
}

async function answerOf(response: Response): Promise<Answer> {
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.startsWith('application/json');
	return {status: response.status, text, json: isJson ? JSON.parse(text) as Json : {}, headers: response.headers};
}

/** Follows pages until a short one. */
export async function readAll(read: (path: string) => Promise<Answer>, path: string, limit: number): Promise<Json[]> {
	const results: Json[] = [];
	for (let offset = 0; ; offset += limit) {
		const {json} = await read(`${path}${path.includes('?') ? '&' : '?'}offset=${offset}&limit=${limit}`);
		results.push(...json['results'] as Json[]);
		if (json['results'].length < limit) {
			return results;
		}
	}
}
