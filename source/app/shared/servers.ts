import {expiresSoon} from '../../model/certificate.js';
import type {Connection} from '../../model/connection.js';
import type {Now} from '../../model/now.js';
import type {Snapshot} from '../../model/snapshot.js';
import {counted, duration} from '../../ui/format.js';

/** One of the servers watched: what is known of it, and the state of the connection with it. */
export type ServerState = {
	readonly snapshot: Snapshot;
	readonly connection: Connection;
	/** Milliseconds that the server's clock is ahead of this machine's, once known. */
	readonly skewMs?: number;
};

const badness: Record<Connection['state'], number> = {'SIGN IN': 5, OFFLINE: 4, STALE: 3, LOADING: 2, CONNECTING: 1, LIVE: 0};

/** The servers, the one that needs the user most before the others; of equals, the one that answered longest ago. */
export function worstFirst(servers: readonly ServerState[]): readonly ServerState[] {
	const answered = ({connection: {lastGoodAt}}: ServerState) => lastGoodAt ?? 0;
	return servers.toSorted((a, b) => badness[b.connection.state] - badness[a.connection.state] || answered(a) - answered(b));
}

/** Whether sessions of any server are still being read for the first time. Of several, one that cannot be read is not waited for. */
export function isAnyLoading(servers: readonly ServerState[]): boolean {
	return servers.some(({snapshot, connection}) => snapshot.isLoading && (servers.length === 1 || !connection.fault));
}

/** A text about one of the servers, which names it where there are several. */
export function aboutServer(servers: {readonly length: number}, {serverName}: Pick<Snapshot, 'serverName'>, text: string): string {
	return servers.length === 1 ? text : `${serverName}: ${text}`;
}

/** That something could not be read, sessions or names, and why, of each server that it is true of. */
export function notWhole(servers: ReadonlyArray<Pick<ServerState, 'snapshot'>>): string | undefined {
	const texts = servers.flatMap(({snapshot}) => snapshot.missing === undefined ? [] : [aboutServer(servers, snapshot, `Incomplete: ${snapshot.missing}`)]);
	return texts.length === 0 ? undefined : texts.join('; ');
}

const mostSkewMs = 60_000;

/** Whether a server's clock is so far off this machine's that it is said. */
export function isSkewed(skewMs: number): boolean {
	return Math.abs(skewMs) > mostSkewMs;
}

/**
What is to be known of the servers as long as nothing worse is to be said: what could not be read, a clock
that is more than a minute off this machine's, or a certificate that ends within 14 days.
*/
export function warningOf(servers: ReadonlyArray<Pick<ServerState, 'snapshot' | 'skewMs'>>, now: Now): string | undefined {
	const skewed = servers.find(({skewMs = 0}) => isSkewed(skewMs));
	const ending = servers.find(({snapshot: {certificate}}) => certificate && expiresSoon(certificate, now.server));
	const skew = skewed && aboutServer(servers, skewed.snapshot, skewWords(skewed.skewMs!));
	return notWhole(servers) ?? skew ?? (ending && aboutServer(servers, ending.snapshot, expiryWords(ending.snapshot.certificate!.validTo - now.server)));
}

// Which of the two is wrong cannot be known from here; times on screen are the server's.
function skewWords(skewMs: number): string {
	return `the server's clock is ${duration(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead of' : 'behind'} this machine's; its times are shown`;
}

const dayMs = 24 * 60 * 60 * 1000;

function expiryWords(leftMs: number): string {
	const days = Math.floor(Math.abs(leftMs) / dayMs);
	const span = days === 0 ? 'less than a day' : counted(days, 'day');
	return leftMs < 0 ? `the certificate expired ${span} ago` : `the certificate expires in ${span}`;
}
