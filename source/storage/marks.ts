import {isDeepStrictEqual} from 'node:util';
import type {Marks} from '../triage/acknowledged.js';
import {verdictKinds, type VerdictKind} from '../triage/verdicts/verdict.js';
import {openStoredFile} from './stored-file.js';
import type {StorageProblem, Saved} from './storage-error.js';
import type {Directories} from './directories.js';

/** The marks, from one run to the next. */
export type MarksStore = {
	/** Why the marks cannot be read. */
	readonly problem: StorageProblem | undefined;
	/** The marks on problems of these servers. */
	readonly marksOf: (serverIds: readonly string[]) => Marks;
	/** Replaces the marks of these servers; those of other servers stay. */
	readonly save: (serverIds: readonly string[], marks: Marks) => Promise<Saved>;
};

/** Beyond this many of each kind the oldest are removed: their sessions have left the list. */
const maxOfEach = 1000;

const text = {type: 'string'};
const objectOfTexts = (...names: readonly string[]) => ({
	type: 'object', required: names, additionalProperties: false, properties: Object.fromEntries(names.map(name => [name, text])),
});

/** Opens the marks. */
export async function openMarks({state: folder}: Directories): Promise<MarksStore> {
	const file = await openStoredFile<Marks>({
		folder,
		name: 'problems.json',
		schema: 1,
		migrations: {},
		properties: {
			acknowledged: {type: 'array', items: objectOfTexts('serverId', 'jobId', 'kind', 'cause', 'seenIn')},
			ignored: {type: 'array', items: objectOfTexts('serverId', 'key', 'text')},
		},
		empty: {acknowledged: [], ignored: []},
	});
	return {
		problem: file.problem,
		marksOf: serverIds => ofServers(file.value, isOneOf(serverIds)),
		async save(serverIds, marks) {
			const isOfThese = isOneOf(serverIds);
			return file.update(value => {
				const others = ofServers(value, serverId => !isOfThese(serverId));
				const after = {acknowledged: newest(others.acknowledged, marks.acknowledged), ignored: newest(others.ignored, marks.ignored)};
				return isDeepStrictEqual(after, value) ? value : after;
			});
		},
	};
}

const isOneOf = (serverIds: readonly string[]) => (serverId: string) => serverIds.includes(serverId);

const kinds: ReadonlySet<string> = new Set(verdictKinds);

// A newer vbtop may have kinds of verdicts that this one does not know.
function ofServers({acknowledged, ignored}: Marks, includes: (serverId: string) => boolean): Marks {
	return {
		acknowledged: acknowledged.filter(({serverId, kind}) => includes(serverId) && kinds.has(kind satisfies VerdictKind)),
		ignored: ignored.filter(({serverId}) => includes(serverId)),
	};
}

function newest<Entry>(older: readonly Entry[], newer: readonly Entry[]): readonly Entry[] {
	return [...older, ...newer].slice(-maxOfEach);
}
