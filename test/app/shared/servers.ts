import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Connection} from '../../../source/model/connection.js';
import {ServerFault} from '../../../source/model/errors.js';
import {aboutServer, isAnyLoading, warningOf, worstFirst} from '../../../source/app/shared/servers.js';
import {minute, now, server, snapshot} from '../../helpers/sessions.js';

const on = (serverName: string, its: Partial<Connection> = {}, isLoading = false) => server({serverId: serverName, serverName, isLoading}, its);
const namesOf = (servers: Parameters<typeof worstFirst>[0]) => worstFirst(servers).map(({snapshot: {serverName}}) => serverName);

test('the worst server comes first', () => {
	const states = ['LIVE', 'CONNECTING', 'LOADING', 'STALE', 'OFFLINE', 'SIGN IN'] as const;
	assert.deepEqual(namesOf(states.map(state => on(state, {state}))), states.toReversed());
});

test('of servers that stand the same, the one that answered longest ago comes first', () => {
	assert.deepEqual(namesOf([on('a', {lastGoodAt: 9000}), on('b', {lastGoodAt: 5000}), on('c', {lastGoodAt: undefined}), on('d', {lastGoodAt: 5000})]), ['c', 'b', 'd', 'a']);
});

const fault = new ServerFault('refused');
const loads: ReadonlyArray<readonly [what: string, servers: Parameters<typeof isAnyLoading>[0], isLoading: boolean]> = [
	['none loads', [on('a'), on('b')], false],
	['one loads', [on('a'), on('b', {}, true)], true],
	['the only one loads, in spite of a fault', [on('a', {fault}, true)], true],
	['one that has a fault was never read', [on('a'), on('b', {fault}, true)], false],
	['one loads, another has a fault', [on('a', {}, true), on('b', {fault}, true)], true],
];

for (const [what, servers, isLoading] of loads) {
	test(`the list ${isLoading ? 'loads' : 'is loaded'} where ${what}`, () => {
		assert.equal(isAnyLoading(servers), isLoading);
	});
}

test('a text is about a server where there are several', () => {
	const its = snapshot({serverName: 'vb-a'});
	assert.equal(aboutServer({length: 1}, its, 'server busy'), 'server busy');
	assert.equal(aboutServer({length: 2}, its, 'server busy'), 'vb-a: server busy');
});

const day = 24 * 60 * minute;
const ending = (validTo: number, serverName = 'vb-a') => server({
	serverName, certificate: {fingerprint: 'AB', subject: 'CN=a', issuer: 'CN=a', names: ['a'], validFrom: 0, validTo},
});
const expiries: ReadonlyArray<readonly [what: string, servers: ReadonlyArray<ReturnType<typeof ending>>, said: string | undefined]> = [
	['in 15 days', [ending(now.server + (15 * day))], undefined],
	['in 13 days and some', [ending(now.server + (13.5 * day))], 'the certificate expires in 13 days'],
	['tomorrow', [ending(now.server + (1.5 * day))], 'the certificate expires in 1 day'],
	['today', [ending(now.server + minute)], 'the certificate expires in less than a day'],
	['three days ago, pinned', [ending(now.server - (3.1 * day))], 'the certificate expired 3 days ago'],
	['of one of several', [server(), ending(now.server + (5 * day), 'vb-b')], 'vb-b: the certificate expires in 5 days'],
	['after what could not be read', [server({missing: 'page 3'}), ending(now.server)], 'vb365-prod: Incomplete: page 3'],
];

for (const [what, servers, said] of expiries) {
	test(`a certificate that ends ${what}: ${said ?? 'nothing is said'}`, () => {
		assert.equal(warningOf(servers, now), said);
	});
}

const skews: ReadonlyArray<readonly [skewMs: number | undefined, said: string | undefined]> = [
	[undefined, undefined],
	[60_000, undefined],
	[-60_000, undefined],
	[61_000, 'the server\'s clock is 1m01 ahead of this machine\'s; its times are shown'],
	[-3_723_000, 'the server\'s clock is 1h02 behind this machine\'s; its times are shown'],
];

for (const [skewMs, said] of skews) {
	test(`a clock that is off by ${skewMs} ms: ${said ?? 'nothing is said'}`, () => {
		assert.equal(warningOf([{...server(), ...(skewMs !== undefined && {skewMs})}], now), said);
	});
}

test('of several servers the one whose clock is off is named; what could not be read is told first', () => {
	const off = {...server({serverName: 'vb-b'}), skewMs: 100_000};
	assert.match(warningOf([server(), off], now)!, /^vb-b: the server's clock is 1m40 ahead/v);
	assert.equal(warningOf([server({missing: 'page 3'}), off], now), 'vb365-prod: Incomplete: page 3');
});
