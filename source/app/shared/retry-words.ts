import {valueOf} from '../../model/field.js';
import type {Session} from '../../model/session.js';
import type {Chain, ChainOutcome} from '../../triage/chains.js';
import {duration} from '../../ui/format.js';
import type {Cell, Span} from '../../ui/text/spans.js';
import {fieldCell} from './columns/columns.js';

/**
Which attempt of its chain a session is, and what became of the chain: `1 of 3, healed`, `0 of 3, next in ~7m02`.
@param now - milliseconds since 1970 by the clock of the session's server
*/
export function retryCell(session: Session, chain: Chain | undefined, now: number): Cell {
	return fieldCell(session.retryCount, ordinal => {
		const most = chain?.most;
		const which = most === undefined || most < ordinal ? String(ordinal) : `${ordinal} of ${most}`;
		const became = chain && wordsOf(session, chain, now);
		return became ? [{text: `${which}, `}, became] : [{text: ordinal === 0 ? `${which} (first run)` : which}];
	}, [{text: '-', tone: 'dim'}]);
}

type Words = (about: {readonly isLast: boolean; readonly ordinal: number; readonly nextAt: number | undefined; readonly now: number}) => Span | undefined;

const words: Readonly<Partial<Record<ChainOutcome, Words>>> = {
	healed: ({isLast, ordinal}) => ({text: isLast ? 'healed' : `healed on retry ${ordinal}`, tone: 'good'}),
	failed: ({isLast, ordinal}) => ({text: isLast ? 'no retry left' : `retry ${ordinal} failed`, tone: 'bad'}),
	warnings: ({isLast, ordinal}) => isLast ? undefined : {text: `warnings on retry ${ordinal}`, tone: 'warning'},
	retrying: ({nextAt, now}) => ({text: nextWords(nextAt, now), tone: 'warning'}),
	running: ({isLast, ordinal}) => isLast ? undefined : {text: `retry ${ordinal} is under way`, tone: 'active'},
};

function wordsOf({id}: Session, {attempts, outcome, nextAt}: Chain, now: number): Span | undefined {
	const last = attempts.at(-1)!;
	return words[outcome]?.({isLast: last.id === id, ordinal: valueOf(last.retryCount) ?? (attempts.length - 1), nextAt, now});
}

// When it starts is up to the server's scheduler.
function nextWords(nextAt: number | undefined, now: number): string {
	if (nextAt === undefined) {
		return 'another retry is announced';
	}

	return nextAt > now ? `next in ~${duration(nextAt - now)}` : `next was due ${duration(now - nextAt)} ago`;
}
