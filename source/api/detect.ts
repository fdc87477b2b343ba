import {ServerFault} from '../model/errors.js';
import {jsonOf, statusFault, type Answer} from './transport/answer.js';
import {apiVersions, type ApiVersion} from './server-api.js';

// A server that wants a token answers so. A 200 must be JSON: otherwise anything that answers would be sent the password.
const servedStatuses: ReadonlySet<number> = new Set([401, 403]);

type Outcome = {readonly version: ApiVersion; readonly isServed: boolean; readonly fault?: ServerFault};

/**
The newest version served. Asks for `ServiceInstance` without a token, all versions at
once: 401, 403 or 200 mean that it is served, 404 that it is not; no path lists the versions.
Rejects with what else came where none is served, with `notServed` where all are 404.
*/
export async function detectVersion(probe: (version: ApiVersion) => Promise<Answer>): Promise<ApiVersion> {
	const newestFirst = apiVersions.toReversed();
	const outcomes = newestFirst.map(async version => outcomeOf(version, probe));
	let unknown: ServerFault | undefined;
	for (const pending of outcomes) {
		const {version, isServed, fault} = await pending; // eslint-disable-line no-await-in-loop -- all are under way; the newest decides first
		if (isServed) {
			return version;
		}

		unknown ??= fault;
	}

	throw unknown ?? new ServerFault('notServed');
}

function isJson(answer: Answer): boolean {
	try {
		jsonOf(answer);
		return true;
	} catch {
		return false;
	}
}

async function outcomeOf(version: ApiVersion, probe: (version: ApiVersion) => Promise<Answer>): Promise<Outcome> {
	try {
		const answer = await probe(version);
		const isServed = servedStatuses.has(answer.status) || (answer.status === 200 && isJson(answer));
		return {version, isServed, fault: isServed || answer.status === 404 ? undefined : statusFault(answer)};
	} catch (error) {
		if (error instanceof ServerFault) {
			return {version, isServed: false, fault: error};
		}

		throw error;
	}
}
