import {isDeepStrictEqual} from 'node:util';
import type {Acknowledged, Ignored} from '../triage/acknowledged.js';
import {verdictKinds, type VerdictKind} from '../triage/verdicts/verdict.js';
import {openStoredFile} from './stored-file.js';
import type {StorageProblem, Saved} from './storage-error.js';
import type {Directories} from './directories.js';

/** What was said of problems: which somebody has seen, and which causes are never new. */
export type Marks = {readonly acknowledged: readonly Acknowledged[]; readonly ignored: readonly Ignored[]};

/** What was said of problems, from one run to the next. */
export type MarksStore = {
	/** Why what was said cannot be read. */
	readonly problem: StorageProblem | undefined;
	/** What was said of the problems of these servers. */
	readonly marksOf: (serverIds: readonly string[]) => Marks;
	/** Says it anew for these servers; what was said of others stays. */
	readonly save: (serverIds: readonly string[], marksOf: Marks) => Promise<Saved>;
};

/** The oldest beyond these are forgotten: they are of sessions that have left the list. */
const mostOfEach = 1000;

const text = {type: 'string'};
const texts = (...names: readonly string[]) => ({
	type: 'object', required: names, additionalProperties: false, properties: Object.fromEntries(names.map(name => [name, text])),
});

/** Opens what was said of problems. */
export async function openMarks({state: folder}: Directories): Promise<MarksStore> {
	const file = await openStoredFile<Marks>({
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
		marksOf: serverIds => ofServers(file.value, isAmong(serverIds)),
		async save(serverIds, marksOf) {
			const isTheirs = isAmong(serverIds);
			return file.update(value => {
				const others = ofServers(value, serverId => !isTheirs(serverId));
				const after = {acknowledged: newest(others.acknowledged, marksOf.acknowledged), ignored: newest(others.ignored, marksOf.ignored)};
				return isDeepStrictEqual(after, value) ? value : after;
			});
		},
	};
}

const isAmong = (serverIds: readonly string[]) => (serverId: string) => serverIds.includes(serverId);

const kinds: ReadonlySet<string> = new Set(verdictKinds);

// A later version may know kinds that this one does not.
function ofServers({acknowledged, ignored}: Marks, isWanted: (serverId: string) => boolean): Marks {
	return {
		acknowledged: acknowledged.filter(({serverId, kind}) => isWanted(serverId) && kinds.has(kind satisfies VerdictKind)),
		ignored: ignored.filter(({serverId}) => isWanted(serverId)),
	};
}

function newest<Entry>(others: readonly Entry[], theirs: readonly Entry[]): readonly Entry[] {
	return [...others, ...theirs].slice(-mostOfEach);
}
