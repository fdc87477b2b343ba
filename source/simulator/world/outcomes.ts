import type {SessionStatus, Workload} from './values.js';

export type ProblemLine = {
	type: 'Warning' | 'Error' | 'Stop';
	/** `{object}`, `{guid}`, `{url}`, `{thumbprint}` of the organization and `{count}`, the number of objects with errors, are filled in. */
	text: string;
	/** How many objects have it; 0: a line of the session itself. */
	objects: number;
	/** The same objects in each run of the job. */
	isKnown?: boolean;
	/** Absent: any workload. */
	workloads?: readonly Workload[];
};

export type Outcome = {
	status: SessionStatus;
	/** Shares of what a normal run of the job takes and moves. */
	lasts: number;
	objects: number;
	items: number;
	problems: readonly ProblemLine[];
	/** Text of the session; absent: the first problem, else the line with what was transferred. */
	details?: string;
};

const mailLike = ['mail', 'all'] as const;
const siteLike = ['sites', 'all'] as const;
const driveLike = ['oneDrive', 'all'] as const;

const noise: readonly ProblemLine[] = [
	{type: 'Warning', text: 'Processing OneDrive {object} completed with warning: OneDrive was not found (ID: {guid}, name: {object})', objects: 2, isKnown: true, workloads: driveLike},
	{type: 'Warning', text: 'Processing site {object} finished with warning: Personal site was not found (ID: {guid}, name: {object})', objects: 1, isKnown: true, workloads: siteLike},
	{type: 'Warning', text: 'Processing mailbox {object} completed with warning: Exchange account was not found (ID: {guid})', objects: 2, isKnown: true, workloads: mailLike},
	{type: 'Warning', text: 'Processing mailbox {object} completed with warning: Mailbox does not have a valid Microsoft 365 license', objects: 1, isKnown: true, workloads: mailLike},
	{type: 'Warning', text: 'Cannot change web part export mode to \'All\', because custom scripting is disabled for site: {url}. Web part will be skipped', objects: 6, isKnown: true, workloads: siteLike},
	{type: 'Warning', text: 'Processing team {object} completed with warning: Failed to find group owner account', objects: 1, isKnown: true, workloads: ['teams', 'all']},
];

/** How a run can end. */
export const outcomes = {
	success: {status: 'Success', lasts: 1, objects: 1, items: 1, problems: []},
	nothing: {status: 'Success', lasts: 0.3, objects: 1, items: 0, problems: []},
	noise: {status: 'Warning', lasts: 1, objects: 1, items: 1, problems: noise},
	access: {
		status: 'Warning', lasts: 1, objects: 1, items: 1, problems: [
			{type: 'Error', text: 'Failed to access mailbox {object}. Access is denied. Check credentials and try again', objects: 2, workloads: mailLike},
			{type: 'Error', text: 'Failed to process site: {url}. The remote server returned an error: (404) Not Found.', objects: 1, workloads: siteLike},
			{type: 'Error', text: 'Failed to process team: {object}. Failed to find Team mailbox owner account.', objects: 1, workloads: ['teams']},
			{type: 'Error', text: 'Processing OneDrive {object} completed with error: A task was canceled', objects: 1, workloads: driveLike},
		],
	},
	newAmongNoise: {
		status: 'Warning', lasts: 1, objects: 1, items: 1,
		problems: [...noise, {type: 'Error', text: 'Failed to access mailbox {object}. The SMTP address has no mailbox associated with it', objects: 1, workloads: mailLike}],
	},
	changed: {status: 'Warning', lasts: 1, objects: 1, items: 1, problems: [{type: 'Warning', text: 'Processing {object} completed with warning: Item has been changed during the backup', objects: 3}]},
	throttled: {
		status: 'Warning', lasts: 4, objects: 1, items: 1, problems: [
			{type: 'Warning', text: 'Processing {object} completed with warning: Web error occurred: 429 TOO MANY REQUESTS (status: ProtocolError)', objects: 24},
			{type: 'Warning', text: 'Processing {object} completed with warning: The remote server returned an error: (503) Server Unavailable', objects: 9},
		],
	},
	failed: {
		status: 'Failed', lasts: 0.7, objects: 0.6, items: 0.5, problems: [
			{type: 'Error', text: 'Failed to process {object}. Unable to read data from the transport connection: An existing connection was forcibly closed by the remote host.', objects: 14},
			{type: 'Error', text: '{count} objects failed', objects: 0},
		],
	},
	certificate: {
		status: 'Failed', lasts: 0.002, objects: 0, items: 0, problems: [
			{type: 'Error', text: 'Failed to connect to organization. AADSTS700027: Client assertion contains an invalid signature. [Reason - The key used is expired., Thumbprint of key used by client: \'{thumbprint}\']', objects: 0},
		],
	},
	storage: {status: 'Failed', lasts: 0.004, objects: 0, items: 0, problems: [{type: 'Error', text: 'Backup repository is invalid: failed to connect to the object storage. The specified bucket does not exist', objects: 0}]},
	diskFull: {
		status: 'Failed', lasts: 0.8, objects: 0.8, items: 0.8, problems: [
			{type: 'Error', text: 'Failed to process {object}. JetError -1808, JET_errDiskFull, No space left on disk', objects: 40},
			{type: 'Error', text: '{count} objects failed', objects: 0},
		],
	},
	stopped: {status: 'Stopped', lasts: 0.5, objects: 0.4, items: 0.4, problems: [{type: 'Stop', text: String.raw`Job was stopped by CONTOSO\admin`, objects: 0}], details: String.raw`Stopped by CONTOSO\admin`},
	windowClosed: {status: 'Stopped', lasts: 0.8, objects: 0.7, items: 0.7, problems: [{type: 'Stop', text: 'Job was stopped: backup window has closed', objects: 0}]},
	disconnected: {status: 'Disconnected', lasts: 0.1, objects: 0.05, items: 0.02, problems: [{type: 'Error', text: 'Connection to the backup proxy server has been lost', objects: 0}]},
	notConfigured: {status: 'NotConfigured', lasts: 0, objects: 0, items: 0, problems: [], details: 'Organization is not configured: add a Microsoft Entra application to continue'},
} as const satisfies Record<string, Outcome>;

export type OutcomeName = keyof typeof outcomes;

/** Attempts in a row: a first run and its retries. */
export const chains = {
	success: ['success'],
	nothing: ['nothing'],
	noise: ['noise'],
	access: ['access'],
	changed: ['changed'],
	healed: ['failed', 'success'],
	healedLate: ['failed', 'failed', 'success'],
	usedUp: ['failed', 'failed', 'failed', 'failed'],
	stopped: ['stopped'],
	disconnected: ['disconnected'],
	certificate: ['certificate', 'certificate', 'certificate', 'certificate'],
	storage: ['storage', 'storage', 'storage', 'storage'],
} as const satisfies Record<string, readonly OutcomeName[]>;

export type ChainName = keyof typeof chains;

/** The outcome itself, whether given by name or by value. */
export function outcomeOf(outcome: OutcomeName | Outcome): Outcome {
	return typeof outcome === 'string' ? outcomes[outcome] : outcome;
}

/** The problems that a job of this workload can have. */
export function problemsOf(outcome: Outcome, workload: Workload): readonly ProblemLine[] {
	return outcome.problems.filter(({workloads}) => workloads?.includes(workload) ?? true);
}
