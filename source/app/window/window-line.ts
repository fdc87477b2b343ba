import {serverTime, type Now} from '../../model/now.js';
import {isActive} from '../../model/session.js';
import {backupWindowAt, type WindowState} from '../../triage/backup-window.js';
import {cellWidth, splitLine} from '../../ui/text/fit-cell.js';
import {counted} from '../../ui/format.js';
import {aboutSpan, clock} from '../shared/run-words.js';
import type {Row} from '../shared/rows/rows.js';
import type {Cell, Span} from '../../ui/text/spans.js';

/** Jobs whose window closes at the same moment. */
type Closing = {
	/** Milliseconds since 1970 by the clock of the first server. */
	readonly at: number;
	readonly jobs: number;
	readonly running: number;
};

type Standing = {readonly row: Row; readonly state: WindowState; readonly ahead: number};

/**
The line above the bars: when the windows that are open now close, the next one first, and what will not fit into them, which
never gives way.
@param rows - of all jobs, whether they pass a filter or not
*/
export function windowLine(rows: readonly Row[], now: Now, zone: string, width: number): Cell {
	const at = Math.floor(now.server / 60_000) * 60_000;
	const standings = rows.flatMap(row => {
		const ahead = serverTime(now, row.serverId) - now.server;
		const state = row.job && backupWindowAt(row.job, at + ahead);
		return state ? [{row, state, ahead}] : [];
	});
	const fitting = fitWords(standings);
	const context = {now: at, zone, width: Math.max(0, width - cellWidth(fitting) - 2)};
	const closings = closingsOf(standings);
	const words = closings.length > 0 ? closingWords(closings, context) : closedWords(standings, context);
	return splitLine(words, fitting.length === 0 ? fitting : [...fitting, {text: ' '}], width);
}

type Context = Parameters<typeof clock>[1];

function closingsOf(standings: readonly Standing[]): readonly Closing[] {
	const found = new Map<number, Closing>();
	for (const {row, state, ahead} of standings) {
		if (!state.isOpen || state.closesAt === undefined) {
			continue;
		}

		const at = state.closesAt - ahead;
		const {jobs, running} = found.get(at) ?? {jobs: 0, running: 0};
		found.set(at, {at, jobs: jobs + 1, running: running + Number(row.session !== undefined && isActive(row.session))});
	}

	return [...found.values()].toSorted((a, b) => a.at - b.at);
}

// As many closings as fit, in words that get shorter; how many did not is said.
function closingWords(closings: readonly Closing[], context: Context): Cell {
	for (let amount = closings.length; amount > 0; amount--) {
		for (const say of [fully, shortly]) {
			const rest: Span[] = amount === closings.length ? [] : [{text: `  +${closings.length - amount}`, tone: 'dim'}];
			const cell = [...closings.slice(0, amount).flatMap((closing, index) => say(closing, index, context)), ...rest];
			if (cellWidth(cell) <= context.width) {
				return cell;
			}
		}
	}

	return [{text: ` closes ${clock(closings[0]!.at, context)}`}];
}

// Minutes that are left; less than one is one.
const left = (at: number, now: number) => aboutSpan(at - now).slice(1);

function fully({at, jobs, running}: Closing, index: number, context: Context): Cell {
	return [
		{text: index === 0 ? ' window closes ' : '  ', tone: 'dim'},
		{text: `${clock(at, context)} in ${left(at, context.now)}`, tone: 'strong'},
		{text: ` (${counted(jobs, 'job')}${running === 0 ? '' : `, ${running} active`})`},
	];
}

function shortly({at}: Closing, index: number, context: Context): Cell {
	return [{text: index === 0 ? ' closes ' : '  ', tone: 'dim'}, {text: `${clock(at, context)} in ${left(at, context.now)}`, tone: 'strong'}];
}

function closedWords(standings: readonly Standing[], context: Context): Cell {
	const opens = standings.flatMap(({state: {isOpen, opensAt}, ahead}) => isOpen || opensAt === undefined ? [] : [opensAt - ahead]);
	if (opens.length === 0) {
		return [{text: standings.length === 0 ? ' no job here has a backup window' : ' no backup window opens or closes', tone: 'dim'}];
	}

	const next = Math.min(...opens);
	return [{text: ' no window is open, the next opens ', tone: 'dim'}, {text: `${clock(next, context)} in ${left(next, context.now)}`}];
}

// Nothing is said to fit whose end is not known.
function fitWords(standings: readonly Standing[]): Cell {
	const open = standings.filter(({row, state}) => state.isOpen && state.closesAt !== undefined && row.session !== undefined && isActive(row.session));
	const late = open.filter(({row}) => row.verdict?.pastWindowMs !== undefined).length;
	const unknown = open.filter(({row}) => row.verdict?.estimate === undefined).length;
	const words: Span[] = [
		...(late === 0 ? [] : [{text: `${late} will not fit`, tone: 'bad'} as const]),
		...(unknown === 0 ? [] : [{text: `${unknown} not known`, tone: 'dim'} as const]),
		...(open.length > 0 && late === 0 && unknown === 0 ? [{text: 'all will fit', tone: 'good'} as const] : []),
	];
	return words.flatMap((span, index) => index === 0 ? [span] : [{text: '  '}, span]);
}
