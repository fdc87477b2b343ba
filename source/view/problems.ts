import {valueOf} from '../model/field.js';
import {isActive} from '../model/session.js';
import type {Snapshot} from '../model/snapshot.js';
import type {Shared} from '../triage/shared-causes.js';
import type {Triage} from '../triage/triage.js';
import {verdictKinds, type VerdictKind} from '../triage/verdict.js';
import {bottleneckWord} from './columns.js';
import {cellWidth, splitLine} from './fit-cell.js';
import {count, counted} from './format.js';
import {problemWords} from './needs.js';
import type {Row} from './rows.js';
import type {Cell, Span} from './spans.js';
import {cutText, drawable, textWidth} from './text.js';

export type ProblemsOptions = {
	/** The rows of Now. */
	readonly rows: readonly Row[];
	/** One for each server, as its snapshot. */
	readonly triages: readonly Triage[];
	readonly snapshots: readonly Snapshot[];
	readonly isLoading: boolean;
	readonly width: number;
};

const gap = ' '.repeat(3);

/** The third line of Now: problems by kind, what several of them share, what is still to be read; else what slows down the runs. */
export function problemsLine({rows, triages, snapshots, isLoading, width}: ProblemsOptions): Cell {
	const counts = countsOf(rows);
	const waiting = triages.reduce((sum, {wants}) => sum + wants.length, 0);
	const reading: Span[] = waiting === 0 ? [] : [{text: `${count(waiting)} to read`, tone: 'dim'}];
	const quiet = isLoading ? '' : (waiting === 0 ? ' all quiet' : ' no problem so far');
	const left: Cell = counts.length > 0 ? counts : [{text: quiet, tone: 'good'}];
	const taken = reading.length === 0 ? 0 : cellWidth(reading) + 2;
	const [shared] = sharedWords(triages, snapshots, width - cellWidth(left) - gap.length - taken);
	if (shared !== undefined) {
		return splitLine([...left, {text: `${gap}${shared}`, tone: 'strong'}], reading, width);
	}

	const right = [...bottlenecks(rows), ...reading];
	const fitting = [right, reading].find(cell => cellWidth(left) + cellWidth(cell) + 2 <= width);
	return splitLine(left, fitting ?? [], width);
}

/**
What several jobs have in common, each in a sentence of that width, the biggest first: `9 jobs, one cause: AADSTS700027:
Client asserti.., organization contoso`. The cause is cut before the place; what kind of place it is goes first.
*/
export function sharedWords(triages: readonly Triage[], snapshots: readonly Snapshot[], width: number): readonly string[] {
	return triages.flatMap(({shared}, index) => shared.map(group => sharedSentence(group, snapshots[index]!, width)));
}

/** The cause has this room before the kind of the place leaves. */
const causeRoom = 24;

function sharedSentence({cause, jobs, by}: Shared, {organizations, proxies, repositories}: Snapshot, width: number): string {
	const named = by && {organization: organizations, proxy: proxies, repository: repositories}[by.of].get(by.id);
	const name = valueOf(named?.name) ?? by?.id.slice(0, 8) ?? '';
	const lead = `${counted(jobs, 'job')}, one cause: `;
	const whole = by ? `, ${by.of} ${name}` : '';
	const room = (words: string) => width - textWidth(drawable(lead + words));
	const where = by && room(whole) < Math.min(causeRoom, cause.text.length) ? `, ${name}` : whole;
	return `${lead}${cutText(cause.text, Math.max(leastCause, room(where)))}${where}`;
}

const leastCause = 12;

function countsOf(rows: readonly Row[]): Span[] {
	const amounts = new Map<VerdictKind, number>();
	for (const {verdict, isProblem, isAcknowledged} of rows) {
		if (verdict && isProblem && !isAcknowledged) {
			amounts.set(verdict.kind, (amounts.get(verdict.kind) ?? 0) + 1);
		}
	}

	return verdictKinds.filter(kind => amounts.has(kind)).flatMap((kind, index): Span[] => [
		{text: `${index === 0 ? ' ' : '  '}${problemWords[kind] ?? kind} `, tone: 'dim'}, {text: String(amounts.get(kind)), tone: 'bad'},
	]);
}

function bottlenecks(rows: readonly Row[]): Span[] {
	const amounts = new Map<string, number>();
	for (const {session} of rows) {
		const word = session && isActive(session) ? valueOf(session.statistics.bottleneck) : undefined;
		if (word !== undefined && word !== 'NA') {
			amounts.set(word, (amounts.get(word) ?? 0) + 1);
		}
	}

	return [...amounts].toSorted(([, a], [, b]) => b - a).map(([word, amount]) => ({text: `${bottleneckWord(word).toLowerCase()} ${amount}  `, tone: 'dim'}));
}
