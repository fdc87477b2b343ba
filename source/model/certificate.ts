/** A server's certificate, as far as a person needs it to decide. Its texts are drawable. */
export type Certificate = {
	/** SHA-256 of the certificate: 32 pairs of hexadecimal digits in upper case, `AB:CD:…`. */
	readonly fingerprint: string;
	readonly subject: string;
	readonly issuer: string;
	/** The names and addresses that it is for. */
	readonly names: readonly string[];
	/** Milliseconds since 1970, UTC. */
	readonly validFrom: number;
	/** Milliseconds since 1970, UTC. */
	readonly validTo: number;
};

const soonMs = 14 * 24 * 60 * 60 * 1000;

/** Whether the certificate ends within 14 days, or has ended. */
export function expiresSoon({validTo}: Certificate, now: number): boolean {
	return validTo - now < soonMs;
}

const written = /^(?:[\dA-F]{2}:){31}[\dA-F]{2}$/v;

const lead = /^(?:sha-?256)?\s*(?:fingerprint)?[\s:=]*/iv;

/** The fingerprint as it is compared, from one with or without colons and in any case, also as OpenSSL prints it; undefined where it is no SHA-256. */
export function fingerprintOf(text: string): string | undefined {
	const digits = text.trim().replace(lead, '').replaceAll(/[\s:]/gv, '').toUpperCase();
	const fingerprint = digits.replaceAll(/(?<pair>..)(?!$)/gv, '$<pair>:');
	return written.test(fingerprint) ? fingerprint : undefined;
}
