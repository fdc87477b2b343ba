import {valueOf} from '../../../model/field.js';
import type {Observation} from '../../../model/snapshot.js';
import {sparkline, type Drawing} from '../../../ui/drawing.js';
import {fitCell} from '../../../ui/text/fit-cell.js';
import {rate} from '../../../ui/format.js';
import type {Cell} from '../../../ui/text/spans.js';
import {roughSpan} from '../../shared/verdict-sentence.js';

/** A shorter look says nothing of a rate. */
const leastSpan = 20_000;
const widest = 60;

/**
Bytes per second over the time for which a session was watched, oldest first: the gain between two observations spread evenly
over the time between them, 0 since the newest. Undefined where a count could not be read or went down.
@param observations - oldest first, one for each change
@param now - milliseconds since 1970 by the clock of the session's server
*/
export function ratesOver(observations: readonly Observation[], now: number, columns: number): ReadonlyArray<number | undefined> {
	const from = observations[0]?.at ?? now;
	const step = (now - from) / columns;
	const gained = Array.from({length: columns}, (): number | undefined => 0);
	if (step <= 0) {
		return gained;
	}

	for (const [index, {at, transferredBytes}] of observations.slice(1).entries()) {
		const before = observations[index]!;
		const [was, is] = [valueOf(before.transferredBytes), valueOf(transferredBytes)];
		const gain = was === undefined || is === undefined || is < was ? undefined : is - was;
		const last = at > before.at ? Math.min(columns, Math.ceil((at - from) / step)) - 1 : -1;
		for (let column = Math.floor((before.at - from) / step); column <= last; column++) {
			const start = from + (column * step);
			const overlap = Math.min(at, start + step) - Math.max(before.at, start);
			const known = gained[column];
			gained[column] = gain === undefined || known === undefined ? undefined : known + (gain * Math.max(0, overlap) / (at - before.at));
		}
	}

	return gained.map(bytes => bytes === undefined ? undefined : bytes / (step / 1000));
}

/** The rates of a session as one line, newest right, with the highest of them and the time that it shows. */
export function chartLine(
	observations: readonly Observation[],
	{now, drawing, width}: {readonly now: number; readonly drawing: Drawing; readonly width: number},
): Cell {
	const watchedMs = now - (observations[0]?.at ?? now);
	if (watchedMs < leastSpan) {
		return fitCell([{text: ' RATE  watched for less than 20s', tone: 'dim'}], width);
	}

	const columns = Math.max(8, Math.min(widest, width - 40));
	const values = ratesOver(observations, now, columns);
	const highest = Math.max(0, ...values.map(value => value ?? 0));
	return fitCell([
		{text: ' RATE  ', tone: 'dim'}, {text: sparkline(values, columns, drawing)}, {text: `  ~${rate(highest)} max, last ${roughSpan(watchedMs)}`, tone: 'dim'},
	], width);
}
