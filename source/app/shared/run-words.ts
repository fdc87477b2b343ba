import {valueOf} from '../../model/field.js';
import type {Verdict} from '../../triage/verdicts/verdict.js';
import {duration} from '../../ui/format.js';
import {startTime} from '../../ui/times.js';

/** What the words of a verdict depend on besides it. */
export type NeedsContext = {
	/** Milliseconds since 1970 by the clock of the verdict's server. */
	readonly now: number;
	/** IANA name of the zone in which times of day are shown. */
	readonly zone: string;
	/** Columns for the words; where they do not fit, shorter ones are taken. */
	readonly width: number;
};

/** A shorter silence is not mentioned, in milliseconds. */
export const quietFromMs = 5 * 60_000;

/** `02:31`; with the weekday or date where it is not today. */
export function clock(at: number, {now, zone}: NeedsContext): string {
	return startTime(at, now, zone, 9);
}

/**
When a run ends by our estimate, the fullest words first: `~02:10 to ~02:50`, `~02:31`; none without an estimate. In whole
minutes: seconds would say more than is known.
@param columns - that a time may take; with 9 one of another week is a date alone, with 12 a date and time
*/
export function estimateWords({estimate}: Pick<Verdict, 'estimate'>, {now, zone}: Pick<NeedsContext, 'now' | 'zone'>, columns: 9 | 12): readonly string[] {
	if (!estimate) {
		return [];
	}

	const about = (at: number) => `~${startTime(Math.round(at / 60_000) * 60_000, now, zone, columns)}`;
	const {endsAt, band} = estimate;
	return band ? [`${about(band.from)} to ${about(band.until)}`, about(endsAt)] : [about(endsAt)];
}

/** An estimated length in whole minutes: `~4m`, `~1h20`. */
export function aboutSpan(ms: number): string {
	return ms < 60_000 ? '~1m' : `~${duration(ms).replace(/(?<=^\d+m)\d\d$/v, '')}`;
}

/**
A length in whole minutes: `<1m`, `4m`, `1h20`. Verdicts are renewed every ten seconds: seconds in their words would lag
behind the clock, and the seconds of a silence are not known.
*/
export function wholeMinutes(ms: number | undefined): string {
	return ms === undefined || ms < 60_000 ? '<1m' : aboutSpan(ms).slice(1);
}

/** Which attempt runs or ran last, of how many: `retry 1/3`; undefined for a first run. */
export function attemptWords({chain}: Verdict): string | undefined {
	const last = chain?.attempts.at(-1);
	const ordinal = valueOf(last?.retryCount) ?? 0;
	if (!chain || ordinal === 0) {
		return undefined;
	}

	const most = chain.most === undefined || chain.most < ordinal ? '' : `/${chain.most}`;
	return `retry ${ordinal}${most}`;
}

/** Which attempt comes next, and when, the fullest words first: `retry 2/3 in ~4m`. When it starts is up to the server's scheduler. */
export function retryWords({chain}: Verdict, {now}: Pick<NeedsContext, 'now'>): readonly string[] {
	const last = chain?.attempts.at(-1);
	// The first attempts may have left the range: the last one says how many there were.
	const next = (valueOf(last?.retryCount) ?? 0) + 1;
	const most = chain?.most === undefined || chain.most < next ? '' : `/${chain.most}`;
	const which = `retry ${next}${most}`;
	if (chain?.nextAt === undefined) {
		return [`${which} is announced`, which];
	}

	return chain.nextAt > now ? [`${which} in ${aboutSpan(chain.nextAt - now)}`] : [`${which} was due ${wholeMinutes(now - chain.nextAt)} ago`, `${which} is due`];
}

/** A multiple of what is usual: `0.4x`, `12x`, at most `999x`. */
export function shareWords(share: number): string {
	return share < 9.95 ? `${share.toFixed(1)}x` : `${Math.min(999, Math.round(share))}x`;
}
