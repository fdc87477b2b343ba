import type {Observation} from '../../source/model/snapshot.js';
import type {Verdict} from '../../source/triage/verdicts/verdict.js';
import {blockHeight, type DetailContent, type SummaryGiven} from '../../source/app/detail/summary/summary-content.js';
import type {DetailOptions} from '../../source/app/shared/session-facts.js';
import {drawings} from '../../source/ui/drawing.js';
import {byId, day, hour, job, minute, now, row, running, session, textOf, type SessionOptions} from './sessions.js';
import {cause, motion, usual, verdict, wholeLog} from './verdict.js';

const at = now.server;

/** A session of `vb1` that is open, with the verdict on it. */
export function opened(fields: SessionOptions = {}, about: Partial<Verdict> = {}): DetailOptions {
	const its = row(fields, {job: job({schedule: 'daily', everyMs: day, nextRunAt: Date.UTC(2026, 10, 23, 22)})});
	return {
		row: its, session: its.session!, verdict: verdict({session: its.session, job: its.job, ...about}), jobs: byId(its.job!), version: 'v8', lacks: new Set(), now,
		zone: 'UTC', isGone: false, watching: {servers: 1, list: 'now'},
	};
}

/** Runs of the nights before, a success each. */
export const earlier = [1, 2, 3, 4].map(days => session({id: `e${days}`, createdAt: at - (days * day), endedAt: at - (days * day) + (2 * hour)}));

/** A run that has stood still for 38 minutes, and warned before that. */
export function stuckOptions(): DetailOptions {
	return opened(running({createdAt: at - (4 * hour), progress: 2981}), {
		kind: 'stuck', stuckAfterMs: 30 * minute, spells: 3, baseline: usual(), earlier,
		motion: motion(38 * minute, {now: {bytesPerSecond: 0, itemsPerSecond: 0, objects: 0, overMs: 2 * minute}}),
		causes: [cause(), cause({key: 'b', severity: 'Warning', text: 'Throttled by the service', objects: [], count: 5})],
		log: {newest: {items: wholeLog.problems!.items, readAt: at}},
	});
}

export function observation(ago: number, transferredBytes: Observation['transferredBytes']): Observation {
	return {at: at - ago, progress: undefined, transferredBytes, processedItems: undefined, eTag: undefined};
}

/** What a summary is drawn from besides: a session watched for five minutes, a proxy that is gone. */
export const given: SummaryGiven = {
	observations: [0, 1, 2, 3, 4].map(index => observation((5 - index) * minute, index * index * 1e8)),
	names: {repositories: new Map(), proxies: byId({id: 'p1', name: 'vbp-01', status: 'Offline'})},
	drawing: drawings.ascii,
};

/** The lines of a body as they are drawn, without what is empty at their ends. */
export function bodyLines({blocks}: Pick<DetailContent, 'blocks'>): readonly string[] {
	return blocks.flatMap(block => {
		const {lines, table, isSideBySide} = block;
		const beside = table ? [table.heading, ...table.rows].map(cells => ` ${cells.map(cell => textOf(cell)).join('')}`) : [];
		const left = lines.map(cell => textOf(cell));
		const drawn = isSideBySide ? Array.from({length: blockHeight(block)}, (_, line) => `${left[line] ?? ''}${beside[line] ?? ''}`) : [...left, ...beside];
		return drawn.map(line => line.trimEnd());
	});
}
