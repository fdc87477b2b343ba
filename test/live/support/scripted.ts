import type {TestContext} from 'node:test';
import {pageOf, startWireServer, type WireServer} from '../../helpers/wire-server.js';
import type {Recorded, Reply} from '../../helpers/recording-server.js';
import type {ApiVersion} from '../../../source/api/server-api.js';
import {epoch, minute} from './watch.js';

export type Wire = Readonly<Record<string, unknown>> & {readonly id: string; readonly status?: string; readonly endTime?: string};

/** A scripted server's state; the test changes it as it goes. */
export type Script = {
	/** In the order in which they are sent. */
	sessions: readonly Wire[];
	jobs: readonly Wire[];
	copyJobs: readonly Wire[];
	/** Limits are lowered to this. */
	mostLimit: number;
	/** Which sessions the bound lets through. */
	keep: (session: Wire, bound: number) => boolean;
	/** Called with each request before it is answered; may answer itself. */
	before: (request: Recorded) => Reply | undefined | void | Promise<Reply | undefined | void>;
};

export type ScriptedServer = WireServer & {
	readonly script: Script;
	/** Requests for sessions since the last call, as `JobSessions?limit=100&offset=0`, their answers by id as `JobSessions/2`. */
	readonly asked: () => string[];
	/** How often a path such as `Jobs` was asked for. */
	readonly count: (path: string) => number;
};

export const uuid = (ordinal: number) => `00000000-0000-4000-a000-${String(ordinal).padStart(12, '0')}`;

/** A session that was created so many minutes before the epoch; Running unless an end is given, in minutes before the epoch too. */
export function wireSession(ordinal: number, created: number, rest: {ended?: number; job?: number; [field: string]: unknown} = {}): Wire {
	const {ended, job = 1, ...fields} = rest;
	const at = (minutes: number) => new Date(epoch - (minutes * minute)).toISOString();
	return {
		id: uuid(ordinal),
		status: ended === undefined ? 'Running' : 'Success',
		creationTime: at(created),
		...(ended !== undefined && {endTime: at(ended)}),
		progress: 1,
		details: '',
		retryCount: 0,
		statistics: {transferredDataBytes: 1000, processedObjects: 10, bottleneck: 'NA'},
		_links: {job: {href: `/v8/jobs/${jobId(job)}`}},
		...fields,
	};
}

export const jobId = (ordinal: number) => uuid(900_000 + ordinal);

export function wireJob(ordinal: number, rest: Readonly<Record<string, unknown>> = {}): Wire {
	return {id: jobId(ordinal), name: `Job ${ordinal}`, isEnabled: true, lastStatus: 'Success', ...rest};
}

/** Keeps what ended after the bound, and what did not end, as the simulator does. */
export const byEnd = ({endTime}: Wire, bound: number) => endTime === undefined || Date.parse(endTime) >= bound;

/** A server that serves what its script says, in pages, with the bound and the filters of its version. */
export async function startScripted(t: TestContext, version: ApiVersion, start: Partial<Script> = {}): Promise<ScriptedServer> {
	const script: Script = {
		sessions: [], jobs: [wireJob(1)], copyJobs: [], mostLimit: 10_000, keep: byEnd, before: () => undefined, ...start,
	};
	const collections: Readonly<Record<string, () => readonly Wire[]>> = {
		Jobs: () => script.jobs, CopyJobs: () => script.copyJobs, Organizations: () => [], BackupRepositories: () => [], Proxies: () => [],
	};

	const answerTo = async (request: Recorded): Promise<Reply> => {
		const reply = await script.before(request);
		if (reply) {
			return reply;
		}

		const [name = '', id] = request.path.split('/').slice(2);
		if (name !== 'JobSessions') {
			return version === 'v8' ? pageOf(collections[name]?.() ?? [], {limit: 1000}) : {json: collections[name]?.() ?? []};
		}

		const session = script.sessions.find(candidate => candidate.id === id);
		return id === undefined ? sessionPage(script, version, request) : (session ? {json: session} : notFound);
	};

	const paths = new Proxy<Record<string, (request: Recorded) => Promise<Reply>>>({}, {get: () => answerTo});
	const server = await startWireServer(t, {versions: [version], paths});
	let from = 0;
	return {
		...server,
		script,
		asked() {
			const requests = server.requests.slice(from).filter(({path}) => path.includes('/JobSessions'));
			from = server.requests.length;
			return requests.map(({path, query}) => {
				const parameters = new URLSearchParams(query);
				parameters.sort();
				const [name, id] = path.split('/', 4).slice(2);
				return id === undefined ? `${name}?${parameters.toString()}` : `${name}/${Number(id.slice(-12))}`;
			});
		},
		count: path => server.requests.filter(request => request.path === `/${version}/${path}`).length,
	};
}

const notFound: Reply = {status: 404, json: {message: 'Not found.', errorCode: 'ResourceNotFound'}};

function sessionPage(script: Script, version: ApiVersion, {query}: Recorded): Reply {
	const bound = Date.parse(query['endTimeLowerBound'] ?? '');
	const found = script.sessions.filter(session => (Number.isNaN(bound) || script.keep(session, bound))
		&& (query['jobType'] === undefined || session['type'] === query['jobType'])
		&& (version === 'v6' || query['jobId'] === undefined || JSON.stringify(session).includes(query['jobId']))
		&& (version !== 'v8' || query['status'] === undefined || session.status === query['status']));
	const offset = Number(query['offset'] ?? 0);
	const limit = Math.min(script.mostLimit, Number(query['limit'] ?? 30));
	return pageOf(found.slice(offset, offset + limit), {offset, limit, ...(offset + limit < found.length && {next: `/${version}/JobSessions?offset=${offset + limit}`})});
}
