import {X509Certificate} from 'node:crypto';
import {createSecureContext, getCACertificates, type SecureContext} from 'node:tls';
import {UsageError} from '../model/errors.js';

/** Throws `UsageError` where one of the PEM texts holds no certificate; OpenSSL would pass over it in silence. */
export function checkCertificates(ca: readonly string[]): void {
	for (const pem of ca) {
		try {
			readCertificate(pem);
		} catch {
			throw new UsageError('A given issuer certificate cannot be read.', 'Give a file in PEM format (-----BEGIN CERTIFICATE-----).');
		}
	}
}

function readCertificate(pem: string): X509Certificate {
	return new X509Certificate(pem);
}

/** What a server's certificate may be issued by: node's defaults, the system's store and the given PEM texts. */
export function trustedBy(ca: readonly string[]): SecureContext {
	return createSecureContext({ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...ca])]});
}
