import {makeCertificate, type CertificateOptions, type ServerCertificate} from '../../source/simulator/server/certificate.js';

const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + (days * day));

const kinds = {
	/** For the loopback names, valid for years. */
	good: {},
	/** As `good` in all but its key. */
	other: {},
	/** For a name that is not the server's. */
	wrongHost: {hosts: ['vb365.example.com']},
	/** Since yesterday. */
	expired: {notBefore: inDays(-365), notAfter: inDays(-1)},
	/** Until tomorrow. */
	notYetValid: {notBefore: inDays(1)},
	/** 5 days after it was made. */
	expiresSoon: {notAfter: inDays(5)},
} as const satisfies Record<string, CertificateOptions>;

export type CertificateName = keyof typeof kinds;

async function makeAll() {
	const made = Object.entries(kinds).map(async ([name, options]) => [name, await makeCertificate(options)] as const);
	return Object.fromEntries(await Promise.all(made)) as Record<CertificateName, ServerCertificate>;
}

/** Certificates with their keys, made once per test process. */
export const certificates: Readonly<Record<CertificateName, ServerCertificate>> = await makeAll();
