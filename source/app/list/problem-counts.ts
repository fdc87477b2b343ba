import {valueOf} from '../../model/field.js';
import {isActive} from '../../model/session.js';
import type {Snapshot} from '../../model/snapshot.js';
import type {Shared} from '../../triage/causes/shared-causes.js';
import type {Triage} from '../../triage/triage.js';
import {verdictKinds, type VerdictKind} from '../../triage/verdicts/verdict.js';
import {bottleneckWord} from '../shared/columns/columns.js';
import {cellWidth, splitLine} from '../../ui/text/fit-cell.js';
import {count, counted} from '../../ui/format.js';
import {problemName} from '../shared/verdict-words.js';
import type {Row} from '../shared/rows/rows.js';
import type {Cell, Span} from '../../ui/text/spans.js';
import {cutText, drawable, textWidth} from '../../ui/text/text.js';

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
	const waiting = triages.reduce((sum, {pendingReads}) => sum + pendingReads.length, 0);
	const reading: Span[] = waiting === 0 ? [] : [{text: `${count(waiting)} to read`, tone: 'dim'}];
	const taken = reading.length === 0 ? 0 : cellWidth(reading) + 2;
	const counts = countsOf(rows, width - taken);
	const left: Cell = counts.length > 0 ? counts : [{text: isLoading ? '' : quietWords(rows, waiting), tone: 'good'}];
	const shared = sharedWords(triages, snapshots, width - cellWidth(left) - gap.length - taken);
	if (shared !== undefined) {
		return splitLine([...left, {text: `${gap}${shared}`, tone: 'strong'}], reading, width);
	}

	const right = [...bottlenecks(rows), ...reading];
	const fitting = [right, reading].find(cell => cellWidth(left) + cellWidth(cell) + 2 <= width);
	return splitLine(left, fitting ?? [], width);
}

// A failure that somebody has seen is no quiet.
function quietWords(rows: readonly Row[], waiting: number): string {
	const seen = rows.filter(({isProblem, isAcknowledged}) => isProblem && isAcknowledged).length;
	if (seen > 0) {
		return ` nothing new, ${count(seen)} acknowledged`;
	}

	return waiting === 0 ? ' all quiet' : ' no problem so far';
}

/** In less room a sentence says nothing of the cause. */
const leastSentence = 44;

/**
What most jobs have in common, in a sentence of that width: `9 jobs, one cause: AADSTS700027: Client asserti.., organization
contoso`. The cause is cut before the place; what kind of place it is goes first. Undefined where there is no such cause, or no room.
*/
export function sharedWords(triages: readonly Triage[], snapshots: readonly Snapshot[], width: number): string | undefined {
	const groups = triages.flatMap(({shared}, index) => shared.slice(0, 1).map(group => ({group, snapshot: snapshots[index]!})));
	const [biggest] = groups.toSorted((a, b) => b.group.jobs - a.group.jobs);
	return biggest && width >= leastSentence ? sharedSentence(biggest.group, biggest.snapshot, width) : undefined;
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

// The worst come first; of those that do not fit it is said how many there are.
function countsOf(rows: readonly Row[], width: number): Span[] {
	const amounts = new Map<VerdictKind, number>();
	for (const {verdict, isProblem, isAcknowledged} of rows) {
		if (verdict && isProblem && !isAcknowledged) {
			amounts.set(verdict.kind, (amounts.get(verdict.kind) ?? 0) + 1);
		}
	}

	const kinds = verdictKinds.filter(kind => amounts.has(kind));
	for (let shown = kinds.length; shown > 0; shown--) {
		const rest = kinds.slice(shown).reduce((sum, kind) => sum + amounts.get(kind)!, 0);
		const worst: Array<readonly [words: string, amount: number]> = kinds.slice(0, shown).map(kind => [problemName(kind) ?? kind, amounts.get(kind)!]);
		const spans = [...worst, ...(rest === 0 ? [] : [['more', rest] as const])].flatMap(([words, amount], index): Span[] => [
			{text: `${index === 0 ? ' ' : '  '}${words} `, tone: 'dim'}, {text: String(amount), tone: 'bad'},
		]);
		if (shown === 1 || cellWidth(spans) < width) {
			return spans;
		}
	}

	return [];
}

function bottlenecks(rows: readonly Row[]): Span[] {
	const amounts = new Map<string, number>();
	for (const {session} of rows) {
		const word = session && isActive(session) ? valueOf(session.statistics.bottleneck) : undefined;
		if (word !== undefined && word !== 'NA') {
			amounts.set(word, (amounts.get(word) ?? 0) + 1);
		}
	}

	const words = [...amounts].toSorted(([, a], [, b]) => b - a).map(([word, amount]) => `${bottleneckWord(word)} ${amount}`);
	return words.length === 0 ? [] : [{text: `bottleneck ${words.join(', ')}  `, tone: 'dim'}];
}
