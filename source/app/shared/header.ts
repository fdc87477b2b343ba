import type {Connection} from '../../model/connection.js';
import type {Now} from '../../model/now.js';
import {splitLine, cellWidth} from '../../ui/text/fit-cell.js';
import {duration} from '../../ui/format.js';
import type {Cell, Span, Tone} from '../../ui/text/spans.js';
import {cutText, drawable, textWidth} from '../../ui/text/text.js';
import {timeOfDay, zoneName} from '../../ui/times.js';
import {isSkewed, worstFirst, type ServerState} from './servers.js';

export type HeaderOptions = {
	readonly servers: readonly ServerState[];
	/** What is on screen, the fullest words first: the views by their names, or the job whose detail is open. */
	readonly breadcrumbs: readonly string[];
	/** Sessions that changed since painting was paused; undefined while it is not. */
	readonly waiting: number | undefined;
	readonly now: Now;
	readonly zone: string;
	readonly width: number;
};

const stateTones: Record<Connection['state'], Tone> = {
	CONNECTING: 'dim', LOADING: 'warning', LIVE: 'good', STALE: 'warning', OFFLINE: 'bad', 'SIGN IN': 'bad',
};

const leastBreadcrumb = 12;
/** A server's name is cut down to this before it displaces what is on screen. */
const leastName = 8;

/**
The first line: what is watched, how fresh it is, what time it is there. Where it does not
fit, the clock's seconds go first, then `read-only`, the place and the end of the server's name;
the state and the age never do. Of several servers it says which are not LIVE, as many as
fit beside the place, and `read-only` leaves for them.
*/
export function headerLine(options: HeaderOptions): Cell {
	const {servers, now, zone, width} = options;
	const serverName = servers.length === 1 ? servers[0]!.snapshot.serverName : `${servers.length} servers`;
	const state = stateCell(options, width - 2 - textWidth(drawable(serverName)));
	const time = timeOfDay(now.server, zone);
	const clocks = [`  ${time} ${zoneName(now.server, zone)}`, `  ${time.slice(0, 5)} ${zoneName(now.server, zone)}`, `  ${time.slice(0, 5)}`, ''];
	const room = width - 1 - cellWidth(state) - 1;
	const line = (name: string, rest: string, clock: string) => splitLine([{text: ` ${name}`, tone: 'strong'}, {text: rest}], [...state, {text: clock, tone: 'dim'}], width);
	// From the fullest pair down: clocks shorten before the left side does.
	for (const rest of restsOf(options, room - textWidth(drawable(serverName)))) {
		// The names of the views leave once the seconds have.
		const beside = options.breadcrumbs.length > 1 && rest.endsWith(options.breadcrumbs[0]!) ? clocks.slice(0, 2) : clocks;
		for (const clock of beside) {
			if (textWidth(drawable(serverName + rest)) + clock.length <= room) {
				return line(serverName, rest, clock);
			}
		}
	}

	return line(cutText(serverName, Math.max(3, room)), '', '');
}

// What follows the name, from the fullest on. A long name of a job is cut before it leaves.
function restsOf({servers, breadcrumbs}: HeaderOptions, room: number): readonly string[] {
	const breadcrumb = breadcrumbs.at(-1)!;
	const versions = [...new Set(servers.map(({snapshot}) => snapshot.version).filter(version => version !== undefined))].toSorted();
	const api = versions.map(version => ` ${version}`).join('');
	const withBreadcrumb = (besides: string) => `${besides}  ${cutText(breadcrumb, Math.max(leastBreadcrumb, room - besides.length - 2), 'middle')}`;
	if (servers.length === 1) {
		return [...breadcrumbs.map(words => `${api} read-only  ${words}`), `${api}  ${breadcrumb}`, withBreadcrumb(api), api, ''];
	}

	const isFine = servers.every(({connection}) => connection.state === 'LIVE');
	return [...(isFine ? breadcrumbs.map(words => `${api} read-only  ${words}`) : []), ...breadcrumbs.map(words => `${api}  ${words}`), withBreadcrumb(api), withBreadcrumb(''), ''];
}

function stateCell({servers, waiting, now, breadcrumbs}: HeaderOptions, room: number): Cell {
	const breadcrumb = breadcrumbs.at(-1)!;
	const paused: Span[] = waiting === undefined ? [] : [{text: waiting === 0 ? 'PAUSED ' : `PAUSED +${waiting} `, tone: 'warning'}];
	const ordered = worstFirst(servers);
	const troubled = ordered.filter(({connection}) => connection.state !== 'LIVE');
	if (servers.length === 1 || troubled.length === 0) {
		return [...paused, stateSpan(ordered[0]!, now)];
	}

	const breadcrumbWidth = 2 + Math.min(leastBreadcrumb, textWidth(drawable(breadcrumb)));
	return [...paused, ...troubleCell(troubled, now, room - cellWidth(paused), breadcrumbWidth)];
}

function stateSpan({connection: {state, lastGoodAt, fault}, skewMs = 0}: ServerState, now: Now): Span {
	const age = lastGoodAt === undefined ? '' : ` ${duration(now.monotonic - lastGoodAt)}`;
	const why = fault?.headline === undefined ? '' : ` ${fault.headline}`;
	const skew = isSkewed(skewMs) ? ` clock ${skewMs > 0 ? '+' : '-'}${duration(Math.abs(skewMs))}` : '';
	return {text: `${state}${age}${why}${skew}`, tone: stateTones[state]};
}

// As many servers as fit, each by its name, and how many did not.
function troubleCell(troubled: readonly ServerState[], now: Now, room: number, breadcrumbWidth: number): Cell {
	const nameless = (amount: number): Span[] => amount === 0 ? [] : [{text: ` +${amount}`, tone: 'warning'}];
	for (let amount = troubled.length; amount > 0; amount--) {
		const named = troubled.slice(0, amount).flatMap((server, index): Span[] => [
			{text: `${index === 0 ? '' : '  '}${drawable(server.snapshot.serverName)} `}, stateSpan(server, now),
		]);
		const cell = [...named, ...nameless(troubled.length - amount)];
		if (cellWidth(cell) <= room - breadcrumbWidth) {
			return cell;
		}
	}

	// The name of the worst gives way, its state and age do not.
	const [worst] = troubled;
	const state = [stateSpan(worst!, now), ...nameless(troubled.length - 1)];
	const nameRoom = room - cellWidth(state) - 1;
	const name = cutText(worst!.snapshot.serverName, nameRoom - breadcrumbWidth >= leastName ? nameRoom - breadcrumbWidth : nameRoom);
	return nameRoom < 3 ? state : [{text: `${name} `}, ...state];
}
