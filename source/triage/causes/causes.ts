import {valueOf} from '../../model/field.js';
import type {LogItem} from '../../model/log-item.js';
import {causeKey} from './cause-key.js';
import {readProblem, shortened} from './problem-text.js';

/** A cause of failures or warnings, with the lines that name it. */
export type Cause = {
	/** The normalised text: without names, ids, numbers and times; equal for one cause in any job and session. */
	readonly key: string;
	/** The cause in the server's words, without the boilerplate around it and without the object's name. */
	readonly text: string;
	/** The worse one, where lines of both kinds name it. */
	readonly severity: 'Error' | 'Warning';
	/** How many items of the log name it. */
	readonly count: number;
	/** The objects (mailboxes, site URLs, teams, OneDrives) that they name, in order of appearance, at most 1,000. */
	readonly objects: readonly string[];
	/** Milliseconds since 1970, UTC. */
	readonly firstAt: number | undefined;
	readonly lastAt: number | undefined;
};

export const mostObjects = 1000;

type Tally = {-readonly [Key in keyof Cause]: Cause[Key]} & {readonly names: Set<string>; readonly isSummary: boolean};

const severities: ReadonlyMap<string, Cause['severity']> = new Map([['Error', 'Error'], ['Warning', 'Warning']]);

// How a run ended and what it moved is no cause.
const endings = /^(?:Transferred: |(?:Job )?(?:was )?(?:failed|finished|completed|[Ss]topped)(?: at | by |$))/v;
const summaries = /^(?:\p{Decimal_Number}+ objects? failed|Some objects were processed with (?:warnings|errors))\.?$/v;

/**
The causes that the errors and warnings of a log name: errors first, then by count. A line that only sums up (`3 objects failed`)
counts as a cause only where there is no other of its severity.
*/
export function causesOf(items: readonly LogItem[]): readonly Cause[] {
	const bySentence = new Map<string, Tally>();
	const byKey = new Map<string, Tally>();
	for (const {type, text, createdAt} of items) {
		const severity = severities.get(valueOf(type) ?? '');
		const line = valueOf(text)?.trim() ?? '';
		if (severity === undefined || line === '' || endings.test(line)) {
			continue;
		}

		const {object, sentence} = readProblem(line);
		let tally = bySentence.get(sentence);
		if (!tally) {
			tally = tallyOf(byKey, sentence);
			bySentence.set(sentence, tally);
		}

		add(tally, severity, object, valueOf(createdAt));
	}

	return withoutSummaries([...byKey.values()])
		.toSorted((a, b) => Number(b.severity === 'Error') - Number(a.severity === 'Error') || b.count - a.count)
		.map(tally => causeFrom(tally));
}

/** The cause that the server's sentence about a run names, before its log is read; undefined where it names none. */
export function causeOfDetails(details: string, severity: Cause['severity'], at: number | undefined): Cause | undefined {
	const [cause] = causesOf([{id: '', usn: undefined, type: severity, text: details, createdAt: at, endedAt: undefined}]);
	return summaries.test(details.trim()) ? undefined : cause;
}

// 429 and 503 may be counts of something.
const throttling = /\(429\)|(?:http|status|code|error)[ \(:=]{0,2}429(?!\d)|too many requests|\(503\)|503[ \-:]+(?:server|service) unavailable|server (?:is )?(?:too )?busy|serverbusy|throttl/iv;

/** Whether a line or a cause says that Microsoft throttles. */
export function isThrottling(text: string): boolean {
	return throttling.test(text);
}

function tallyOf(byKey: Map<string, Tally>, sentence: string): Tally {
	const key = causeKey(sentence);
	const tally = byKey.get(key) ?? {
		key, text: shortened(sentence), severity: 'Warning', count: 0, objects: [], names: new Set(), firstAt: undefined, lastAt: undefined, isSummary: summaries.test(sentence),
	};
	byKey.set(key, tally);
	return tally;
}

function add(tally: Tally, severity: Cause['severity'], object: string | undefined, at: number | undefined): void {
	tally.count++;
	tally.severity = severity === 'Error' ? severity : tally.severity;
	if (object !== undefined && tally.names.size < mostObjects) {
		tally.names.add(object);
	}

	if (at !== undefined) {
		tally.firstAt = Math.min(tally.firstAt ?? at, at);
		tally.lastAt = Math.max(tally.lastAt ?? at, at);
	}
}

function withoutSummaries(tallies: readonly Tally[]): readonly Tally[] {
	const named = new Set(tallies.filter(({isSummary}) => !isSummary).map(({severity}) => severity));
	return tallies.filter(({isSummary, severity}) => !isSummary || !(named.has(severity) || (severity === 'Warning' && named.has('Error'))));
}

function causeFrom({key, text, severity, count, names, firstAt, lastAt}: Tally): Cause {
	return {key, text, severity, count, objects: [...names], firstAt, lastAt};
}
