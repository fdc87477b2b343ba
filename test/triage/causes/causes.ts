import {test, type TestContext} from 'node:test';
import fc from 'fast-check';
import {mark, visibleText} from '../../../source/api/wire/visible-text.js';
import {unreadable} from '../../../source/model/field.js';
import type {LogItem} from '../../../source/model/log-item.js';
import {scenarios, type ScenarioName} from '../../../source/simulator/scenarios/scenarios.js';
import {causeOfDetails, causesOf, isThrottling, type Cause} from '../../../source/triage/causes/causes.js';
import {logItem, minute} from '../../helpers/sessions.js';
import {hostileText} from '../../helpers/hostile-text.js';
import {played} from '../../helpers/played-scenario.js';

const guid = '4b1f8c1e-0d3f-4a8e-9d0b-6f2f0e7a1c55';
const error = (text: string, fields: Partial<LogItem> = {}) => logItem({type: 'Error', text, ...fields});
const warning = (text: string, fields: Partial<LogItem> = {}) => logItem({type: 'Warning', text, ...fields});

function causeOf(text: string): Cause {
	const causes = causesOf([warning(text)]);
	return causes[0]!;
}

/** The messages that operators meet, by the row of the table of messages; what they say, and of which object. */
const messages: ReadonlyArray<readonly [row: number, message: string, text: string, object?: string]> = [
	[1, `Processing OneDrive Ann (old) completed with warning: OneDrive was not found (ID: ${guid}, name: Ann (old))`, 'OneDrive was not found', 'Ann (old)'],
	[2, `Processing site Ann finished with warning: Personal site was not found (ID: ${guid}, name: Ann)`, 'Personal site was not found', 'Ann'],
	[3, 'Processing mailbox ann@contoso.example completed with warning: Failed to find group owner account', 'Failed to find group owner account', 'ann@contoso.example'],
	[4, 'Failed to process team: Finance Team. Failed to find Team mailbox owner account.', 'Failed to find Team mailbox owner account', 'Finance Team'],
	[5, `Failed to request file versions for item /sites/a/Shared Documents/b c.docx from list Pages (listID: ${guid}, itemID: 12), exception: User cannot be found`, 'User cannot be found'],
	[6, `[Warning] Exchange account was not found (ID: ${guid})`, 'Exchange account was not found', guid],
	[7, '[Warning] User was not found', 'User was not found'],
	[8, 'Mailbox does not have a valid Microsoft 365 license', 'Mailbox does not have a valid Microsoft 365 license'],
	[9, 'User Ann Abbott does not have a valid Microsoft 365 license with SharePoint plan enabled', 'User does not have a valid Microsoft 365 license with SharePoint plan enabled', 'Ann Abbott'],
	[10, 'Failed to find web template ID for: STS#-1. This organization account might be missing a valid SharePoint license', 'Failed to find web template ID for: STS#-1. This organization account might be missing a valid SharePoint license'],
	[11, 'Cannot change web part export mode to \'All\', because custom scripting is disabled for site: https://x.example/sites/a. Web part will be skipped', 'Cannot change web part export mode to \'All\', because custom scripting is disabled. Web part will be skipped', 'https://x.example/sites/a'],
	[12, 'Item may have a virus reported by the virus scanner plug-in', 'Item may have a virus reported by the virus scanner plug-in'],
	[13, 'This site has exceeded its maximum file storage limit', 'This site has exceeded its maximum file storage limit'],
	[14, 'Failed to access mailbox. The SMTP address has no mailbox associated with it (EWS ErrorNonExistentMailbox)', 'The SMTP address has no mailbox associated with it (EWS ErrorNonExistentMailbox)'],
	[15, 'Failed to access mailbox j.ortiz@contoso.example. Access is denied. Check credentials and try again', 'Access is denied. Check credentials and try again', 'j.ortiz@contoso.example'],
	[16, 'Failed to process site: https://x.example/z. The remote server returned an error: (404) Not Found.', 'The remote server returned an error: (404) Not Found', 'https://x.example/z'],
	[17, 'Failed to load web fields', 'Failed to load web fields'],
	[18, 'Processing ann completed with warning: Item has been changed during the backup', 'Item has been changed during the backup', 'ann'],
	[19, 'Processing OneDrive ann@contoso.example completed with error: A task was canceled', 'A task was canceled', 'ann@contoso.example'],
	[20, 'Failed to process Finance 1. Unable to read data from the transport connection: An existing connection was forcibly closed by the remote host.', 'Unable to read data from the transport connection: An existing connection was forcibly closed by the remote host', 'Finance 1'],
	[21, 'Web error occurred: 429 TOO MANY REQUESTS (status: ProtocolError)', 'Web error occurred: 429 TOO MANY REQUESTS (status: ProtocolError)'],
	[22, 'Processing site https://x.example/z completed with error: The remote server returned an error: (503) Server Unavailable', 'The remote server returned an error: (503) Server Unavailable', 'https://x.example/z'],
	[23, 'Failed to connect to organization. AADSTS700027: Client assertion contains an invalid signature. [Reason - The key used is expired., Thumbprint of key used by client: \'6F0A0D35ABCDEF00112233445566778899AABBCC\']', 'AADSTS700027: Client assertion contains an invalid signature. [Reason - The key used is expired., Thumbprint of key used by client: \'...\']'],
	[24, `AADSTS7000222: The provided client secret keys for app '${guid}' are expired. Trace ID: ${guid} Correlation ID: ${guid} Timestamp: 2026-03-02 02:14:37Z`, 'AADSTS7000222: The provided client secret keys for app \'...\' are expired'],
	[25, 'Failed to get folder properties. Not allowed to access Non IPM folder', 'Failed to get folder properties. Not allowed to access Non IPM folder'],
	[26, 'EWS is blocked for the tenant: grant MailboxItem.Read.All', 'EWS is blocked for the tenant: grant MailboxItem.Read.All'],
	[27, 'Your license limit of 500 users has been exceeded', 'Your license limit of 500 users has been exceeded'],
	[28, 'License has expired and the grace period of one month is over', 'License has expired and the grace period of one month is over'],
	[29, 'Backup repository is invalid: failed to connect to the object storage. The specified bucket does not exist', 'Backup repository is invalid: failed to connect to the object storage. The specified bucket does not exist'],
	[30, 'Backup repository is out of sync', 'Backup repository is out of sync'],
	[31, 'Failed to process ann@contoso.example. JetError -1808, JET_errDiskFull, No space left on disk', 'JetError -1808, JET_errDiskFull, No space left on disk', 'ann@contoso.example'],
	[32, 'Cannot apply immutability', 'Cannot apply immutability'],
	[33, 'Connection to the backup proxy server has been lost', 'Connection to the backup proxy server has been lost'],
	[34, 'Nothing to process', 'Nothing to process'],
	[35, 'Team files are already processed by another job', 'Team files are already processed by another job'],
	[36, 'Unable to send email notification', 'Unable to send email notification'],
	[37, '14 objects failed', '14 objects failed'],
	[39, 'Job was terminated: backup window has closed', 'Job was terminated: backup window has closed'],
	[40, 'More than one backup application for SharePoint was found', 'More than one backup application for SharePoint was found'],
];

for (const [row, message, text, object] of messages) {
	test(`message ${row} is the cause: ${text}`, (t: TestContext) => {
		const cause = causeOf(message);
		t.assert.strictEqual(cause.text, text);
		t.assert.deepStrictEqual(cause.objects, object === undefined ? [] : [object]);
	});
}

test('no two of the messages are one cause', (t: TestContext) => {
	const keys = messages.map(([, message]) => causeOf(message).key);
	t.assert.strictEqual(new Set(keys).size, messages.length);
});

/** Texts that differ in what is no part of the cause. */
const same: ReadonlyArray<readonly [what: string, ...texts: string[]]> = [
	['addresses', 'Failed to access mailbox a.b@contoso.example. Access is denied.', 'Failed to access mailbox x+y@fabrikam.example. Access is denied'],
	['a full stop or a colon behind the address', 'Failed to access mailbox a@contoso.example: access is denied', 'Failed to access mailbox a@contoso.example. Access is denied'],
	['no object at all', 'Failed to access mailbox. Access is denied', 'Failed to access mailbox a@contoso.example. Access is denied'],
	['kinds of object', 'Processing site https://x.example/a b completed with warning: A task was canceled', 'Copying mailbox: Ann finished with error: A task was canceled'],
	['names with spaces, colons and in other scripts', 'Failed to process team: Sales: EMEA 2. Gone', 'Failed to process team: 東京本社 財務部・経理課. Gone', 'Failed to process team: נסיון. Gone'],
	['names that end like sentences', 'Processing team A. B: C completed with warning: Gone', 'Processing team X completed with warning: Gone'],
	['names that are said twice', 'Processing team Finance completed with warning: No owner of Finance was found', 'Processing team HR East completed with warning: No owner of HR East was found'],
	['a frame within another', 'Processing mailbox a@b.example completed with error: Failed to access mailbox a@b.example. Access is denied', 'Failed to access mailbox Bob. Access is denied'],
	['quoted names', 'No group \'Finance & HR\' here', 'No group "O’Brien" here', 'No group \'O\'Brien\' here', 'No group «Отдел 5» here', 'No group “財務部” here'],
	['dates and times of one locale', 'Expired at 9/23/2024 2:49:03 AM, renew', 'Expired at 11/3/2026 12:49:03 PM, renew'],
	['half of the day', 'Expired at 2:14 p. m., renew', 'Expired at 11:14 a. m., renew'],
	['dates and times of any locale', 'Expired at 17/06/2019 10:00:00, renew', 'Expired at 2026-11-23T02:14:37.1234567Z, renew', 'Expired at 23.11.2026, renew', 'Expired at 23 novembre 2026 10:00, renew', 'Expired at November 23, 2026 2:14 PM, renew', 'Expired at 23 de noviembre de 2026, renew', 'Expired at 23. November 2026, renew', 'Expired at 午前 2:14, renew', 'Expired at ١٧/٠٦/٢٠١٩, renew'],
	['sizes', 'Only 1.2 GB are left', 'Only 300 KB are left', 'Only 2,048 bytes are left'],
	['back-offs', 'Retry after 120 s', 'Retry after 2961 ms', 'Retry after 2 min'],
	['counts', '1 item was skipped', '3 items were skipped', '1204 items were skipped'],
	['GUIDs and long hex', `Lock ${guid} is held`, `Lock {${guid.toUpperCase()}} is held`, 'Lock 6F0A0D35ABCDEF00112233445566778899AABBCC is held', 'Lock 0xDEADBEEFDEADBEEF is held', 'Lock abcdefabcdefabcd is held'],
	['paths', String.raw`Cannot open C:\ProgramData\Veeam\Repo 1\repository.adb now`, String.raw`Cannot open \\nas\share\x now`, 'Cannot open /srv/veeam/Repo 2/x.adb now'],
	['accounts and hosts', String.raw`Lost link of CONTOSO\svc to vbp-02`, String.raw`Lost link of FABRIKAM\ann to vbp-03.contoso.local`, 'Lost link of root@x to 10.0.0.7:9193', 'Lost link of ann@y to nas.contoso.local'],
	['thumbprints of tenants', 'AADSTS700027: Invalid signature. [Thumbprint: \'6F0A0D35ABCDEF0011223344\']', 'AADSTS700027: Invalid signature. [Thumbprint: \'AA0A0D35ABCDEF0011223399\']'],
	['capitals', 'Access is denied', 'access is denied'],
];

for (const [what, ...texts] of same) {
	test(`one cause, whatever the ${what}`, (t: TestContext) => {
		t.assert.deepStrictEqual([...new Set(texts.map(text => causeOf(text).key))], [causeOf(texts[0]!).key]);
	});
}

/** What tells one cause from another. */
const different: ReadonlyArray<readonly [what: string, ...texts: string[]]> = [
	['HTTP status in brackets', 'Server returned an error: (404)', 'Server returned an error: (503)', 'Server returned an error: (500)'],
	['HTTP status before its words', 'Web error: 429 Too Many Requests', 'Web error: 503 Server Unavailable', 'Web error: 404 Not Found'],
	['HTTP status behind a word', 'Got HTTP/1.1 500', 'Got HTTP/1.1 502', 'Got HTTP 403', 'Got status code 403', 'Got StatusCode=401'],
	['HTTP status in what is quoted', 'Server said \'error (404) Not Found\'', 'Server said \'error (503) Server Unavailable\''],
	['code of Entra', 'AADSTS700027: Signed in', 'AADSTS7000222: Signed in', 'AADSTS50076: Signed in'],
	['code of the database', 'JetError -1808', 'JetError -1811', 'JetError -501'],
	['code of Exchange', 'Denied (EWS ErrorAccessDenied)', 'Denied (EWS ErrorNonExistentMailbox)'],
	['code of Windows', 'Failed with 0x80070005', 'Failed with 0x80070035'],
	['permission', 'Grant MailboxItem.Read.All', 'Grant Sites.Read.All'],
	['error number', 'The system returned error code: 5', 'The system returned error code: 1326'],
];

for (const [what, ...texts] of different) {
	test(`causes differ by the ${what}`, (t: TestContext) => {
		t.assert.strictEqual(new Set(texts.map(text => causeOf(text).key)).size, texts.length);
	});
}

test('a cause counts the items that say it and names each object once, in order of appearance', (t: TestContext) => {
	const at = 1_800_000_000_000;
	const denied = (mailbox: string, fields: Partial<LogItem>) => error(`Failed to access mailbox ${mailbox}. Access is denied. Check credentials and try again`, fields);
	const causes = causesOf([
		denied('zoe@contoso.example', {createdAt: at + minute}),
		denied('ann@contoso.example', {createdAt: at + (3 * minute)}),
		denied('zoe@contoso.example', {createdAt: at}),
		denied('ann@contoso.example', {createdAt: undefined}),
	]);
	t.assert.strictEqual(causes.length, 1);
	const {key, ...cause} = causes[0]!;
	t.assert.deepStrictEqual(cause, {
		text: 'Access is denied. Check credentials and try again', severity: 'Error', count: 4,
		objects: ['zoe@contoso.example', 'ann@contoso.example'], firstAt: at, lastAt: at + (3 * minute),
	});
	t.assert.ok(key.startsWith('access is denied'));
});

test('errors come first, then what is said most often; a cause is an error where one line says so', (t: TestContext) => {
	const causes = causesOf([
		warning('Rare'), warning('Frequent'), warning('Frequent'), error('Bad'), warning('Mixed'), warning('Mixed'), error('Mixed'),
	]);
	t.assert.deepStrictEqual(causes.map(({text, severity}) => [text, severity]), [['Mixed', 'Error'], ['Bad', 'Error'], ['Frequent', 'Warning'], ['Rare', 'Warning']]);
});

test('what is no problem is no cause', (t: TestContext) => {
	const items = [
		logItem(),
		logItem({type: 'Running', text: 'Processing mailbox: a'}),
		logItem({type: 'Stop', text: 'Job was stopped: backup window has closed'}),
		error('Job failed at 9/23/2024 2:49:03 AM'),
		error('Transferred: 0 B (0 items) at 0 B/s (0 items/s)'),
		error(''),
		error(' '),
		logItem({type: 'Error', text: undefined}),
		logItem({type: 'Error', text: unreadable}),
		logItem({type: unreadable, text: 'x'}),
		logItem({type: 'Notice', text: 'x'}),
	];
	t.assert.strictEqual(causesOf(items).length, 0);
	t.assert.strictEqual(causesOf([]).length, 0);
});

test('a line that only sums up is a cause where nothing else is said', (t: TestContext) => {
	const texts = (...items: readonly LogItem[]) => causesOf(items).map(({text}) => text);
	t.assert.deepStrictEqual(texts(error('3 objects failed'), error('Access is denied')), ['Access is denied']);
	t.assert.deepStrictEqual(texts(error('3 objects failed'), error('Job failed at 9/23/2024')), ['3 objects failed']);
	t.assert.deepStrictEqual(texts(error('3 objects failed'), warning('Access is denied')), ['3 objects failed', 'Access is denied']);
	t.assert.deepStrictEqual(texts(warning('Some objects were processed with warnings'), warning('Gone')), ['Gone']);
});

test('no more than a thousand objects are named, all items are counted', (t: TestContext) => {
	const items = Array.from({length: 1500}, (_, index) => warning(`Processing team T ${index} completed with warning: Gone`));
	const [cause] = causesOf(items);
	t.assert.deepStrictEqual([cause?.count, cause?.objects.length, cause?.objects[999]], [1500, 1000, 'T 999']);
});

test('the sentence about a run names its cause before the log is read', (t: TestContext) => {
	const at = 1_800_000_000_000;
	const message = 'Failed to access mailbox a@contoso.example. Access is denied';
	t.assert.deepStrictEqual(causeOfDetails(message, 'Error', at), causesOf([error(message, {createdAt: at})])[0]);
	for (const none of ['Transferred: 0 B (0 items) at 0 B/s (0 items/s)', '', 'Some objects were processed with warnings', '3 objects failed', String.raw`Stopped by CONTOSO\admin`]) {
		t.assert.strictEqual(causeOfDetails(none, 'Warning', at), undefined, none);
	}
});

test('throttling is told from counts of the same number', (t: TestContext) => {
	const throttled = [
		'Web error occurred: 429 TOO MANY REQUESTS (status: ProtocolError)',
		'The remote server returned an error: (429)',
		'HTTP 429',
		'status code: 429',
		'The remote server returned an error: (503) Server Unavailable',
		'503 Server Unavailable, Retry-After: 120',
		'Server busy, back off',
		'The server is too busy',
		'EWS ErrorServerBusy',
		'Throttled by the service, retry after 120 s',
	];
	const others = ['429 items were skipped', 'Found 503 objects', '(404) Not Found', 'Access is denied', 'Transferred: 429 MB (503 items) at 1 MB/s'];
	t.assert.deepStrictEqual(throttled.filter(text => !isThrottling(text)), []);
	t.assert.deepStrictEqual(others.filter(text => isThrottling(text)), []);
	t.assert.ok(isThrottling(causeOf(`Processing x completed with warning: ${throttled[0]!}`).text));
	t.assert.ok(isThrottling(causeOf(`Processing x completed with warning: ${throttled[4]!}`).key));
});

const hex = (length: number) => fc.string({unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length});
const names = fc.string({unit: fc.constantFrom(...'abcxyzÄß東'), minLength: 1, maxLength: 30});
const inserts = {
	address: fc.tuple(names, names).map(([name, host]) => `${name}.x@${host}.example`),
	guid: fc.uuid(),
	url: fc.tuple(names, names).map(([host, path]) => `https://${host}.example/sites/${path}`),
	thumbprint: hex(39).map(digits => `7${digits}`),
};
const texts = fc.constantFrom(...messages.map(([, message]) => message));

for (const [what, insert] of Object.entries(inserts)) {
	test(`texts that differ in one inserted ${what} are one cause`, (t: TestContext) => {
		fc.assert(fc.property(texts, fc.nat(), insert, insert, (text, place, one, another) => {
			const words = text.split(' ');
			const inserted = (word: string) => words.toSpliced(place % (words.length + 1), 0, word).join(' ');
			t.assert.strictEqual(causeOf(inserted(one)).key, causeOf(inserted(another)).key);
		}));
	});
}

test('an id of digits is no code, and an object whose name begins with that of another is another one', (t: TestContext) => {
	const coded = ['00000000-a000-3a3a-8000-000000000000', 'b0000000-a000-3a3a-8000-000000000000'].map(id => causeOf(`Web error (status: ${id} ProtocolError)`).key);
	t.assert.strictEqual(coded[0], coded[1]);
	const denied = (site: string) => causeOf(`Cannot copy ${site} for site: https://x.example/sites/a. It will be skipped`).key;
	t.assert.strictEqual(denied('https://x.example/sites/ab'), denied('https://b.example/sites/c'));
});

test('a thumbprint of digits alone is no count', (t: TestContext) => {
	const [digits, letters] = ['7'.repeat(40), `7f${'0'.repeat(38)}`].map(thumbprint => causeOf(`Certificate ${thumbprint} has expired`).key);
	t.assert.strictEqual(digits, letters);
	t.assert.strictEqual(causeOf(`14 objects 7000${'f'.repeat(36)} failed`).key, causeOf(`14 objects ${'7'.repeat(40)} failed`).key, 'nor is its beginning a year');
	t.assert.notStrictEqual(causeOf('Certificate 700027 has expired').key, digits);
});

test('any text at all is one cause, with words', (t: TestContext) => {
	fc.assert(fc.property(hostileText, hostileText, (name, text) => {
		for (const said of [text, `Processing team ${name} completed with warning: ${text}`, `Failed to process team: ${name}. ${text}`]) {
			const causes = causesOf([error(said)]);
			t.assert.ok(causes.length === 1 || said.trim() === '' || /^(?:Job|Transferred)/v.test(said.trim()));
			t.assert.ok(causes.every(cause => cause.text !== '' && cause.key.length <= 300));
		}
	}));
});

const all = Object.keys(scenarios) as ScenarioName[];

for (const name of all) {
	test(`${name}: what the server says of a job that needs attention names its cause`, (t: TestContext) => {
		const scenario = played(name, 20);
		for (const {job, cause, verdict} of scenario.truth) {
			if (cause === undefined || verdict === 'none') {
				continue;
			}

			const causes = scenario.runs(job, 60).flatMap(run => run.causes);
			t.assert.ok(causes.some(({text}) => text.includes(cause)), `${job}: ${cause}`);
		}
	});
}

test('hostile: five thousand lines of a log make the causes of the noise', (t: TestContext) => {
	const [run] = played('hostile').runs('talkative', 1);
	t.assert.ok(run!.items.length > 4000);
	t.assert.deepStrictEqual(run!.causes.map(({text, objects}) => [text, objects.length]), [
		['Exchange account was not found', 2], ['Mailbox does not have a valid Microsoft 365 license', 1],
	]);
});

test('hostile: names that drive a terminal are no part of a cause', (t: TestContext) => {
	const scenario = played('hostile', 20);
	const runs = scenario.jobs.filter(({key}) => key !== 'talkative').flatMap(({key}) => scenario.runs(key, 2));
	const items = runs.flatMap(run => run.items.map(item => ({...item, text: visibleText(String(item.text))})));
	t.assert.ok(causesOf(items).every(({text}) => !text.includes(mark)));
});
