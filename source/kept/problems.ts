import {isDeepStrictEqual} from 'node:util';
import type {Acknowledged, Ignored} from '../triage/acknowledged.js';
import {verdictKinds, type VerdictKind} from '../triage/verdict.js';
import {openKeptFile} from './kept-file.js';
import type {Problem, Saved} from './keeping.js';
import type {Places} from './places.js';

/** What was said of problems: which somebody has seen, and which causes are never new. */
export type Noted = {readonly acknowledged: readonly Acknowledged[]; readonly ignored: readonly Ignored[]};

/** What was said of problems, from one run to the next. */
export type KeptProblems = {
	/** Why what was said cannot be read. */
	readonly problem: Problem | undefined;
	/** What was said of the problems of these servers. */
	readonly noted: (serverIds: readonly string[]) => Noted;
	/** Says it anew for these servers; what was said of others stays. */
	readonly note: (serverIds: readonly string[], noted: Noted) => Promise<Saved>;
};

/** The oldest beyond these are forgotten: they are of sessions that have left the list. */
const mostOfEach = 1000;

const text = {type: 'string'};
const texts = (...names: readonly string[]) => ({
	type: 'object', required: names, additionalProperties: false, properties: Object.fromEntries(names.map(name => [name, text])),
});

/** Opens what was said of problems. */
export async function openProblems({state: folder}: Places): Promise<KeptProblems> {
	const file = await openKeptFile<Noted>({
		folder,
		name: 'problems.json',
		schema: 1,
		migrations: {},
		properties: {
			acknowledged: {type: 'array', items: texts('serverId', 'jobId', 'kind', 'cause', 'seenIn')},
			ignored: {type: 'array', items: texts('serverId', 'key', 'text')},
		},
		empty: {acknowledged: [], ignored: []},
	});
	return {
		problem: file.problem,
		noted: serverIds => ofServers(file.value, isAmong(serverIds)),
		async note(serverIds, noted) {
			const isTheirs = isAmong(serverIds);
			return file.update(value => {
				const others = ofServers(value, serverId => !isTheirs(serverId));
				const after = {acknowledged: newest(others.acknowledged, noted.acknowledged), ignored: newest(others.ignored, noted.ignored)};
				return isDeepStrictEqual(after, value) ? value : after;
			});
		},
	};
}

const isAmong = (serverIds: readonly string[]) => (serverId: string) => serverIds.includes(serverId);

const kinds: ReadonlySet<string> = new Set(verdictKinds);

// A later version may know kinds that this one does not.
function ofServers({acknowledged, ignored}: Noted, isWanted: (serverId: string) => boolean): Noted {
	return {
		acknowledged: acknowledged.filter(({serverId, kind}) => isWanted(serverId) && kinds.has(kind satisfies VerdictKind)),
		ignored: ignored.filter(({serverId}) => isWanted(serverId)),
	};
}

function newest<Entry>(others: readonly Entry[], theirs: readonly Entry[]): readonly Entry[] {
	return [...others, ...theirs].slice(-mostOfEach);
}
