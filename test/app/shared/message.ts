import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Connection} from '../../../source/model/connection.js';
import {ServerFault, type FaultKind} from '../../../source/model/errors.js';
import type {Snapshot} from '../../../source/model/snapshot.js';
import type {Filters} from '../../../source/app/shared/filters/filters.js';
import {emptyLines, messageLine, type EmptyOptions, type MessageOptions} from '../../../source/app/shared/message.js';
import {notWhole} from '../../../source/app/shared/servers.js';
import {connection, minute, now, second, server, textOf} from '../../helpers/sessions.js';

const broken = (kind: FaultKind, what = '', nextIn?: number) => connection({
	state: 'OFFLINE', fault: new ServerFault(kind, what), faultSince: now.monotonic - (2 * minute), nextTryAt: nextIn === undefined ? undefined : now.monotonic + nextIn,
});
const silent = connection({state: 'STALE', lastGoodAt: now.monotonic - (39 * second)});
const event = {at: now.server - (39 * second), text: 'Failed: Contoso SharePoint, access denied', tone: 'bad'} as const;
type Given = Partial<MessageOptions> & {readonly connection?: Connection};

const message = ({connection: its, ...options}: Given = {}) =>
	messageLine({servers: [server({}, its)], warning: undefined, event: undefined, isOrderFrozen: false, notice: undefined, now, zone: 'UTC', width: 80, ...options});

const print = (pair: string) => Array.from({length: 32}, () => pair).join(':');

const messages: ReadonlyArray<readonly [what: string, options: Given, line: string]> = [
	['nothing', {}, ''],
	['an event', {event}, ' 02:13:58 Failed: Contoso SharePoint, access denied'],
	['an event without a time', {event: {...event, at: undefined}}, ' Failed: Contoso SharePoint, access denied'],
	['an event in another zone', {event, zone: 'Asia/Kolkata'}, ' 07:43:58 Failed: Contoso SharePoint, access denied'],
	['what happens, before a warning that stands', {event, warning: 'page 3'}, ' 02:13:58 Failed: Contoso SharePoint, access denied'],
	['a warning that stands, once what happened is a minute old', {event: {...event, at: now.server - minute}, warning: 'page 3'}, ' page 3'],
	['a long warning, cut before what is held', {warning: 'page 3 could not be read '.repeat(4), isOrderFrozen: true}, ' page 3 could not be read page 3 could not be read page 3 could no.. order held'],
	['a list that is not whole', {warning: notWhole([server({missing: 'page 3 could not be read'})])}, ' Incomplete: page 3 could not be read'],
	['a fault before all else', {event, warning: 'page 3', connection: broken('refused', '10.0.0.4:4443', 4 * second)}, ' 02:12:37 connection refused: 10.0.0.4:4443, next try in 4s'],
	['the answer to a key before a fault', {notice: {text: 'the server is asked every 10 s', until: now.monotonic + 1}, connection: broken('refused')}, ' the server is asked every 10 s'],
	['what it was once the answer is old', {notice: {text: 'the server is asked every 10 s', until: now.monotonic}, event}, ' 02:13:58 Failed: Contoso SharePoint, access denied'],
	['a fault that only the user can end', {connection: broken('signInRefused')}, ' 02:12:37 sign-in refused'],
	['an answer that does not come, before what else is to be known', {event, warning: 'page 3', connection: silent}, ' no answer since 02:13:58; R begins a new request'],
	['since when none came in another zone', {connection: silent, zone: 'Asia/Kolkata'}, ' no answer since 07:43:58; R begins a new request'],
	['the answer to a key before one that does not come', {notice: {text: 'there is no longer range', until: now.monotonic + 1}, connection: silent}, ' there is no longer range'],
	['a certificate that changed, with the start of both fingerprints', {connection: broken('tlsChanged', `now SHA-256 ${print('CD')}, was ${print('AB')}`, 58 * second), width: 100}, ' 02:12:37 certificate changed: now CD:CD:CD:CD.., was AB:AB:AB:AB.., next try in 58s'],
	['a long fault, cut before its next try', {connection: broken('timeout', 'vb365-prod.backup.contoso.example:4443 within 30 s', 58 * second)}, ' 02:12:37 no answer in time: vb365-prod.backup.contoso.examp.., next try in 58s'],
	['a fault where there is hardly room', {connection: broken('refused', '10.0.0.4:4443', 4 * second), width: 40}, ' 02:12:37 connection refu.., next in 4s'],
	['a fault rather than the silence before it', {connection: {...broken('busy', '', 4 * second), state: 'STALE'}}, ' 02:12:37 server busy, next try in 4s'],
];

for (const [what, options, line] of messages) {
	test(`the message is ${what}`, () => {
		assert.equal(textOf(message(options)), line);
	});
}

const waits: ReadonlyArray<readonly [ms: number, said: string]> = [
	[-5000, '0s'],
	[0, '0s'],
	[1, '1s'],
	[3001, '4s'],
	[60_000, '1m00'],
];

test('the next try is counted down in begun seconds', () => {
	assert.deepEqual(waits.map(([ms]) => textOf(message({connection: broken('timeout', '', ms)})).split('next try in ', 2)[1]), waits.map(([, said]) => said));
});

test('a held order is said, beside an event or alone', () => {
	assert.match(textOf(message({isOrderFrozen: true})), /order held/v);
	assert.match(textOf(message({isOrderFrozen: true, event})), /access denied {2}order held$/v);
	assert.match(textOf(message({isOrderFrozen: true, warning: 'page 3'})), /page 3 order held$/v);
	assert.doesNotMatch(textOf(message({event})), /held/v);
});

test('a fault that goes away by itself warns, one that does not is bad', () => {
	assert.deepEqual(['refused', 'signInRefused', 'tlsChanged'].map(kind => message({connection: broken(kind as FaultKind)})[0]!.tone), ['warning', 'bad', 'bad']);
	assert.deepEqual([message({connection: broken('tlsFailed')})[0]!.tone, message({connection: silent})[0]!.tone], ['warning', 'warning']);
});

const on = (serverName: string, its: Partial<Connection> = {}, fields: Partial<Snapshot> = {}) => server({serverId: serverName, serverName, ...fields}, its);
const fine = on('vb-a');
const gone = on('vb-b', broken('refused', '10.0.0.4:4443', 4 * second));
const refused = on('vb-c', {...broken('signInRefused'), state: 'SIGN IN', lastGoodAt: undefined});
const mute = on('vb-d', silent);

const severalMessages: ReadonlyArray<readonly [what: string, servers: MessageOptions['servers'], line: string]> = [
	['the last event while all are LIVE', [fine, fine], ' 02:13:58 Failed: Contoso SharePoint, access denied'],
	['the fault of the only one that has one', [fine, gone], ' 02:12:37 vb-b: connection refused: 10.0.0.4:4443, next try in 4s'],
	['the worst fault', [gone, fine, refused, mute], ' 02:12:37 vb-c: sign-in refused'],
	['the silence of one', [fine, mute], ' vb-d: no answer since 02:13:58; R begins a new request'],
	['the last event while one is still read', [fine, on('vb-e', {state: 'LOADING'})], ' 02:13:58 Failed: Contoso SharePoint, access denied'],
];

for (const [what, servers, line] of severalMessages) {
	test(`of several servers the message is ${what}`, () => {
		assert.equal(textOf(message({servers, event})), line);
	});
}

test('of several servers each that is incomplete is named', () => {
	const [first, other] = [on('vb-a', {}, {missing: 'page 3 could not be read'}), on('vb-b', {}, {missing: 'names could not all be read'})];
	assert.equal(notWhole([fine, first]), 'vb-a: Incomplete: page 3 could not be read');
	assert.equal(notWhole([first, fine, other]), 'vb-a: Incomplete: page 3 could not be read; vb-b: Incomplete: names could not all be read');
	assert.equal(notWhole([fine, gone]), undefined);
});

type Empty = Partial<EmptyOptions> & {readonly connection?: Connection; readonly isLoading?: boolean};

const all: Filters = {jobType: 'all', status: 'all', text: ''};
const copies: Filters = {...all, jobType: 'Copy'};
const empty = ({connection: its, isLoading = false, ...options}: Empty = {}) => emptyLines({
	servers: [server({isLoading}, its)], total: 0, word: 'session', filters: all, requested: undefined, range: '24 h', isLongest: false, now, ...options,
});
const never = (kind: FaultKind, nextIn?: number, what = '') => ({...broken(kind, what, nextIn), lastGoodAt: undefined});

const reasons: ReadonlyArray<readonly [what: string, options: Empty, lines: readonly string[]]> = [
	['nothing ran', {}, ['No session in the last 24 h on vb365-prod.', '] looks further back.']],
	['nothing ran of the type asked for', {requested: 'Copy', range: '1 h'}, ['No Copy session in the last 1 h on vb365-prod.', '] looks further back. t asks for all job types.']],
	['nothing ran, however far it looks back', {range: '30 d', isLongest: true}, ['No session in the last 30 d on vb365-prod.', 'This is the longest range.']],
	['nothing ran of the type asked for, however far it looks back', {requested: 'Copy', range: '30 d', isLongest: true}, [
		'No Copy session in the last 30 d on vb365-prod.', 'This is the longest range. t asks for all job types.',
	]],
	['the only session is filtered away', {total: 1, filters: copies}, ['The only session does not pass: Copy only.', 't changes the job type.']],
	['filters let nothing pass', {total: 1214, filters: {...copies, text: 'x'}}, [
		'None of the 1,214 sessions passes: Copy only, filter "x".', 't changes the job type, Esc clears the filter.',
	]],
	['filters let no job pass', {total: 21, word: 'job', filters: {...copies, status: 'active'}}, [
		'None of the 21 jobs passes: Copy only, active only.', 't changes the job type, T changes the status.',
	]],
	['nothing has answered yet', {isLoading: true, connection: connection({state: 'CONNECTING', lastGoodAt: undefined})}, ['Connecting to vb365-prod ...']],
	['sessions are being read', {isLoading: true}, ['Reading sessions ...']],
	['the server was never reached', {isLoading: true, connection: never('refused', 4000)}, [
		'vb365-prod: connection refused.', 'Check the port (4443 by default) and that the REST API service of the server is on.', 'Next try in 4s; R tries now.',
	]],
	['the sign-in was refused', {isLoading: true, connection: never('signInRefused')}, [
		'vb365-prod: sign-in refused.',
		'Wrong password, MFA, or operators only? R asks anew; none is sent twice. The account must be a VB365 administrator without MFA; the server must not be limited to operators.',
	]],
	['the server refused in a sentence of its own', {isLoading: true, connection: never('forbidden', undefined, 'Access is denied.')}, [
		'vb365-prod: not allowed: Access is denied.', 'The account must be a VB365 administrator on the server.',
	]],
	['TLS is not spoken there', {isLoading: true, connection: never('tlsFailed')}, [
		'vb365-prod: no TLS there.', 'Check the port: this one does not speak TLS. The REST API listens on 4443 unless that was changed.',
	]],
	['nothing ran, before the server went away', {connection: broken('refused')}, ['No session in the last 24 h on vb365-prod.', '] looks further back.']],
	['filters let nothing pass, and the server went away', {total: 3, filters: copies, connection: broken('refused')}, ['None of the 3 sessions passes: Copy only.', 't changes the job type.']],
];

for (const [what, options, lines] of reasons) {
	test(`an empty list says that ${what}`, () => {
		assert.deepEqual(empty(options), lines);
	});
}

test('an empty list of several servers says of each why, a line each, then what to do', () => {
	const servers = [
		on('vb-a'),
		on('vb-b', never('refused', 4000), {isLoading: true}),
		on('vb-c', never('signInRefused'), {isLoading: true}),
		on('vb-d', {state: 'CONNECTING', lastGoodAt: undefined}, {isLoading: true}),
		on('vb-e', {state: 'LOADING'}, {isLoading: true}),
	];
	assert.deepEqual(empty({servers, requested: 'Copy'}), [
		'No Copy session in the last 24 h on vb-a.',
		'vb-b: connection refused. Next try in 4s; R tries now.',
		'vb-c: sign-in refused.',
		'Connecting to vb-d ...',
		'Reading sessions of vb-e ...',
		'] looks further back. t asks for all job types.',
	]);
	assert.deepEqual(empty({servers: servers.slice(1, 3)}), ['vb-b: connection refused. Next try in 4s; R tries now.', 'vb-c: sign-in refused.']);
	assert.deepEqual(empty({servers, total: 2, filters: copies}), ['None of the 2 sessions passes: Copy only.', 't changes the job type.']);
});
