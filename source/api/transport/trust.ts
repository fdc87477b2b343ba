import {X509Certificate} from 'node:crypto';
import {isIP} from 'node:net';
import {createSecureContext, getCACertificates, type SecureContext} from 'node:tls';
import type {Certificate} from '../../model/certificate.js';
import {ServerFault, UsageError, type FaultKind} from '../../model/errors.js';
import {visibleText} from '../wire/visible-text.js';

/** Throws `UsageError` where one of the PEM texts holds no certificate; OpenSSL would ignore it silently. */
export function checkCertificates(ca: readonly string[]): void {
	for (const pem of ca) {
		try {
			readPem(pem);
		} catch {
			throw new UsageError('A given issuer certificate cannot be read.', 'Give a file in PEM format (-----BEGIN CERTIFICATE-----).');
		}
	}
}

function readPem(pem: string): X509Certificate {
	return new X509Certificate(pem);
}

/** The trusted issuers: node's defaults, the system's store and the given PEM texts. */
export function trustedBy(ca: readonly string[]): SecureContext {
	return createSecureContext({ca: allTrusted(ca)});
}

function allTrusted(ca: readonly string[]): string[] {
	return [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...ca])];
}

const onePem = /-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gsv;

/**
Whether a server's certificate leads to a trusted one by names and signatures. OpenSSL reports only the last
fault that it finds, and checks times last: an expired date must not hide that the issuer is not trusted.
*/
export function leadsToTrusted(peer: X509Certificate, ca: readonly string[]): boolean {
	let last = peer;
	for (let links = 1; last.issuerCertificate && links < longestChain; links++) {
		if (!isIssuedBy(last, last.issuerCertificate)) {
			return false;
		}

		last = last.issuerCertificate;
	}

	const trusted = allTrusted(ca).flatMap(text => text.match(onePem) ?? []).map(pem => readPem(pem));
	return trusted.some(root => root.fingerprint256 === last.fingerprint256 || isIssuedBy(last, root));
}

const longestChain = 10;

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
	return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

const mostNames = 50;

/** The certificate as it can be shown and compared. */
export function readCertificate(peer: X509Certificate): Certificate {
	return {
		fingerprint: peer.fingerprint256,
		subject: oneLine(peer.subject),
		issuer: oneLine(peer.issuer),
		names: visibleText(peer.subjectAltName ?? '').split(', ').map(name => name.replace(/^(?:DNS|IP Address):/v, '')).filter(Boolean).slice(0, mostNames),
		validFrom: Date.parse(peer.validFrom),
		validTo: Date.parse(peer.validTo),
	};
}

function oneLine(name: string | undefined): string {
	return visibleText((name ?? '').trim().replaceAll('\n', ', '));
}

/**
The faults of a certificate, worst first; empty where there are none.
@param chain - the fault of its chain, undefined where the chain was verified
@param now - milliseconds since 1970, by this machine
*/
export function objections(peer: X509Certificate, hostname: string, chain: FaultKind | undefined, now: number): readonly FaultKind[] {
	const isForHost = (isIP(hostname) === 0 ? peer.checkHost(hostname) : peer.checkIP(hostname)) !== undefined;
	const {validFrom, validTo} = readCertificate(peer);
	const kinds: Array<FaultKind | undefined> = [
		chain === 'tlsUntrusted' ? chain : undefined,
		isForHost ? undefined : 'tlsName',
		now > validTo ? 'tlsExpired' : undefined,
		now < validFrom ? 'tlsNotYetValid' : undefined,
	];
	const found = kinds.filter(kind => kind !== undefined);
	return found.length === 0 && chain ? [chain] : found;
}

/** The fault of a server that shows another certificate than the pinned one. */
export function changedFault(pinned: string, shown: Certificate | undefined): ServerFault {
	return new ServerFault('tlsChanged', `now SHA-256 ${shown?.fingerprint ?? 'unknown'}, was ${pinned}`, {certificate: shown});
}
