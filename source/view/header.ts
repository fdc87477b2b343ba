import type {Connection} from '../model/connection.js';
import type {Now} from '../model/now.js';
import {splitLine, cellWidth} from './fit-cell.js';
import {duration} from './format.js';
import type {Cell, Span, Tone} from './spans.js';
import {cutText, drawable, textWidth} from './text.js';
import {timeOfDay, zoneName} from './times.js';

export type HeaderOptions = {
	readonly serverName: string;
	/** API version, once known. */
	readonly version: string | undefined;
	/** What is on screen: the view, or the job whose detail is open. */
	readonly place: string;
	readonly connection: Connection;
	/** Sessions that changed since painting was paused; undefined while it is not. */
	readonly waiting: number | undefined;
	readonly now: Now;
	readonly zone: string;
	readonly width: number;
};

const stateTones: Record<Connection['state'], Tone> = {
	CONNECTING: 'dim', LOADING: 'warning', LIVE: 'good', STALE: 'warning', OFFLINE: 'bad', 'SIGN IN': 'bad',
};

const leastPlace = 12;

/**
The first line: what is watched, how fresh it is, what time it is there. Where it does not
fit, the clock's seconds go first, then `read-only`, the place and the end of the server's name;
the state and the age never do.
*/
export function headerLine(options: HeaderOptions): Cell {
	const {serverName, version, place, now, zone, width} = options;
	const state = stateSpans(options);
	const time = timeOfDay(now.server, zone);
	const clocks = [`  ${time} ${zoneName(now.server, zone)}`, `  ${time.slice(0, 5)} ${zoneName(now.server, zone)}`, `  ${time.slice(0, 5)}`, ''];
	const api = version === undefined ? '' : ` ${version}`;
	const room = width - 1 - cellWidth(state) - 1;
	// A long name of a job is cut before it leaves.
	const besides = textWidth(drawable(serverName)) + api.length + 2;
	const shortPlace = cutText(place, Math.max(leastPlace, room - besides), 'middle');
	const rests = [`${api} read-only  ${place}`, `${api}  ${place}`, `${api}  ${shortPlace}`, api, ''];
	const line = (name: string, rest: string, clock: string) => splitLine([{text: ` ${name}`, tone: 'strong'}, {text: rest}], [...state, {text: clock, tone: 'dim'}], width);
	// From the fullest pair down: clocks shorten before the left side does.
	for (const rest of rests) {
		for (const clock of clocks) {
			if (textWidth(drawable(serverName + rest)) + clock.length <= room) {
				return line(serverName, rest, clock);
			}
		}
	}

	return line(cutText(serverName, Math.max(3, room)), '', '');
}

function stateSpans({connection: {state, lastGoodAt}, waiting, now}: HeaderOptions): Cell {
	const age = lastGoodAt === undefined ? '' : ` ${duration(now.monotonic - lastGoodAt)}`;
	const spans: Span[] = [{text: `${state}${age}`, tone: stateTones[state]}];
	return waiting === undefined ? spans : [{text: waiting === 0 ? 'PAUSED ' : `PAUSED +${waiting} `, tone: 'warning'}, ...spans];
}
