import {isIP} from 'node:net';

/** A certificate and its private key, in PEM. */
export type ServerCertificate = {certificate: string; key: string};

export type CertificateOptions = {
	/** DNS names and IP addresses; default: those of loopback. */
	hosts?: readonly string[];
	/** Default: a day ago. */
	notBefore?: Date;
	/** Default: in 10 years. */
	notAfter?: Date;
	/** Default: the first host. */
	commonName?: string;
};

const day = 86_400_000;

/** A self-signed certificate, by default for the loopback names; it and its key are in memory only. */
export async function makeCertificate(options: CertificateOptions = {}): Promise<ServerCertificate> {
	const {hosts = ['localhost', '127.0.0.1', '::1'], commonName = hosts[0] ?? 'localhost'} = options;
	// Valid since a day, so that a client whose clock is a little behind accepts it.
	const {notBefore = new Date(Date.now() - day), notAfter = new Date(Date.now() + (3652 * day))} = options;
	// Loaded only where it is needed: loading and making a key take time.
	// Its default holds all, see scripts/build.js.
	const {default: {generate}} = await import('selfsigned');
	const made = await generate([{name: 'commonName', value: commonName}], {
		keyType: 'ec',
		algorithm: 'sha256',
		notBeforeDate: notBefore,
		notAfterDate: notAfter,
		extensions: [
			{name: 'basicConstraints', cA: true},
			{name: 'keyUsage', digitalSignature: true, keyCertSign: true},
			{name: 'extKeyUsage', serverAuth: true},
			{name: 'subjectAltName', altNames: hosts.map(host => isIP(host) ? {type: 7, ip: host} : {type: 2, value: host})},
		],
	});
	return {certificate: made.cert, key: made.private};
}
