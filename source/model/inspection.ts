import type {Certificate} from './certificate.js';
import type {FaultKind} from './errors.js';

/** The certificate that a server shows, and what speaks against it. */
export type Inspection = {
	readonly certificate: Certificate;
	/** Worst first; empty where it is issued by a trusted authority, for this name and time. */
	readonly objections: readonly FaultKind[];
};
