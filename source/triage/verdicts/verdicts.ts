import {valueOf} from '../../model/field.js';
import type {Job} from '../../model/job.js';
import type {Session} from '../../model/session.js';
import {findingsOf, type Facts, type GroupedFacts} from '../findings.js';
import {fallbackKind, worstKind, type Verdict} from './verdict.js';

/** The verdicts of all jobs that are active, ran in range, missed their run or are behind, in no order. */
export function verdictsOf(facts: Facts): readonly Verdict[] {
	const byJob = Map.groupBy(facts.sessions, session => valueOf(session.jobId) ?? session.id);
	const grouped = {...facts, byJob};
	const verdicts = [...byJob].map(([id, sessions]) => verdictOf(facts.jobs.get(id), sessions, grouped));
	for (const job of facts.jobs.values()) {
		const idle = byJob.has(job.id) || isOtherType(job, facts) ? undefined : verdictOf(job, [], grouped);
		if (idle && idle.kind !== fallbackKind) {
			verdicts.push(idle);
		}
	}

	return verdicts;
}

const isOtherType = ({type}: Job, {scope: {jobType}}: Facts) => jobType !== undefined && type !== jobType;

function verdictOf(job: Job | undefined, listed: readonly Session[], facts: GroupedFacts): Verdict {
	const findings = findingsOf(job, listed, facts);
	return {...findings, kind: worstKind(findings), pending: 0};
}
