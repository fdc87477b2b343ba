import {unreadable, valueOf, type Field} from '../../model/field.js';
import {serverTime, type Now} from '../../model/now.js';
import {backupWindowAt} from '../../triage/backup-window.js';
import type {Verdict} from '../../triage/verdicts/verdict.js';
import {fieldCell} from '../shared/columns/columns.js';
import {detailsLines, factLine} from '../shared/session-facts.js';
import type {Drawing} from '../../ui/drawing.js';
import {fitCell} from '../../ui/text/fit-cell.js';
import {counted, duration} from '../../ui/format.js';
import {needsCell} from '../shared/verdict-words.js';
import {aboutSpan, clock, estimateWords, type NeedsContext} from '../shared/run-words.js';
import {elapsedMs, type Row} from '../shared/rows/rows.js';
import type {Cell, Tone} from '../../ui/text/spans.js';
import {statusTone, statusWord} from '../shared/status-words.js';
import {wrapText} from '../../ui/text/text.js';
import {axisCell, axisFor, axisOf} from '../shared/timeline/axis.js';
import {barCell} from '../shared/timeline/bar.js';
import {startTime} from '../../ui/times.js';
import {causesFrom, causeWords, soFar} from '../shared/verdict-sentence.js';

export type PreviewOptions = {
	readonly row: Row;
	/** What is known of its job; undefined where that is not in range, or where the row is an older run of it. */
	readonly verdict: Verdict | undefined;
	readonly now: Now;
	readonly zone: string;
	readonly width: number;
	readonly height: number;
	readonly drawing: Drawing;
};

type Context = NeedsContext & Pick<PreviewOptions, 'row' | 'verdict'> & {readonly elapsed: number | undefined};

type FactEntry = {readonly label: string; readonly value: (context: Context) => Cell};

const plain = (text: string, tone: Tone = 'plain'): Cell => [{text, tone}];
const none = plain('-', 'dim');
const unread = plain('?', 'warning');
const text = (field: Field<string>) => fieldCell(field, value => plain(value), none);

/** The facts of a row, in the order on screen; a new one is an entry here. */
const facts: readonly FactEntry[] = [
	{label: 'Status', value: ({row: {session}}) => session ? fieldCell(session.status, status => plain(statusWord(status), statusTone(status)), none) : none},
	{label: 'Started', value: ({row: {session}, now, zone}) => fieldCell(session?.createdAt, at => plain(startTime(at, now, zone, 12)), none)},
	{label: 'Elapsed', value: ({elapsed, row: {session}}) => elapsed === undefined ? withoutElapsed(session?.createdAt) : plain(duration(elapsed))},
	{label: 'Usual', value: usualCell},
	{label: 'Estimate', value: estimateCell},
	{label: 'Window', value: windowCell},
	{label: 'Organization', value: ({row}) => text(row.organization)},
	{label: 'Repository', value: ({row}) => text(row.repository)},
	{label: 'Proxy', value: ({row}) => text(row.proxy)},
];

function withoutElapsed(createdAt: Field<number>): Cell {
	return createdAt === unreadable ? unread : none;
}

function usualCell({verdict}: Context): Cell {
	if (verdict?.baseline) {
		const {median, p90} = verdict.baseline.durationMs;
		return plain(`${duration(median)} (p90 ${duration(p90)})`);
	}

	return plain(verdict?.isHistoryRead ? 'no baseline' : 'history not read yet', 'dim');
}

function estimateCell(context: Context): Cell {
	const [words] = context.verdict ? estimateWords(context.verdict, context, 9) : [];
	return words === undefined ? none : plain(words);
}

function windowCell(context: Context): Cell {
	const {row: {job}, now} = context;
	const state = job && backupWindowAt(job, now);
	const at = state && (state.isOpen ? state.closesAt : state.opensAt);
	return at === undefined ? none : plain(`${state!.isOpen ? 'closes' : 'closed, opens'} ${clock(at, context)} in ${aboutSpan(at - now).slice(1)}`);
}

const labelWidth = 12;
const edgeWidth = 2;
/** Lines that words may take: of what it needs, of a cause, of the server's sentence. */
const most = {needs: 4, cause: 2, details: 6} as const;

/** What is known of a row, in at most `height` lines of exactly `width` columns, with a line down at their left. */
export function previewLines(options: PreviewOptions): readonly Cell[] {
	const {row, now, width, height, drawing} = options;
	const room = width - edgeWidth;
	const context: Context = {...options, now: serverTime(now, row.serverId), width: room, elapsed: row.session && elapsedMs(row.session, now)};
	const lines: readonly Cell[] = [
		plain(` ${row.jobName}`, 'strong'),
		...needsLines(context, room),
		[],
		...facts.map(({label, value}) => factLine({label, value: value(context)}, labelWidth, room)),
		...timelineLines(options, room),
		...causeLines(options, room),
		...detailLines(row, room),
	];
	const edge = {text: `${drawing.bar.now} `, tone: 'dim'} as const;
	return Array.from({length: height}, (_line, index) => [edge, ...fitCell(lines[index] ?? [], room, {cut: index === 0 ? 'middle' : 'end'})]);
}

// The fullest words, broken rather than cut.
function needsLines(context: Context, room: number): readonly Cell[] {
	const {verdict} = context;
	const said = verdict ? needsCell(verdict, {...context, width: Number.MAX_SAFE_INTEGER}) : [];
	return said.flatMap(({text: words, tone}) => wrapText(words, room - 2, most.needs).map(line => plain(` ${line}`, tone)));
}

function timelineLines({row, verdict, now, zone, drawing}: PreviewOptions, room: number): readonly Cell[] {
	const its = {...row, verdict};
	const axis = axisOf([its], now, zone, room - 2);
	const bar = barCell({row: its, axis: axisFor(axis, row, now), drawing});
	return [[], [{text: ' '}, ...axisCell(axis, zone)], [{text: ' '}, ...bar]];
}

function causeLines({verdict}: PreviewOptions, room: number): readonly Cell[] {
	const causes = verdict?.causes ?? [];
	const fresh = new Set(verdict?.news?.fresh.map(({key}) => key));
	const from = causesFrom(verdict ?? {log: undefined, session: undefined});
	const lines = causes.flatMap(cause => {
		const lead = fresh.has(cause.key) ? 'new: ' : '';
		return wrapText(`${lead}${causeWords(cause, from)}`, room - 2, most.cause).map(line => plain(` ${line}`, statusTone(cause.severity)));
	});
	return lines.length === 0 ? [] : [[], plain(` ${counted(causes.length, 'cause')}${soFar[from]}`.toUpperCase(), 'dim'), ...lines];
}

function detailLines({session}: Row, room: number): readonly Cell[] {
	const lines = session ? detailsLines(session, room - 2, most.details) : [];
	return lines.length === 0 ? [] : [[], plain(' DETAILS', 'dim'), ...lines.map(line => plain(` ${line}`))];
}

/** What is known of the job of a row, as far as it is of that row's session. */
export function verdictForPreview(row: Row, ofJob: Verdict | undefined): Verdict | undefined {
	return row.verdict ?? (ofJob?.session && ofJob.session.id === valueOf(row.session?.id) ? ofJob : undefined);
}
