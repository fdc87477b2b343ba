import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Connection} from '../../../source/model/connection.js';
import {ServerFault} from '../../../source/model/errors.js';
import {cellWidth} from '../../../source/ui/text/fit-cell.js';
import {headerLine, type HeaderOptions} from '../../../source/app/shared/header.js';
import {connection, minute, now, server, textOf} from '../../helpers/sessions.js';

type Server = {readonly serverName?: string; readonly version?: string | undefined; readonly connection?: Connection; readonly skewMs?: number};
type Given = Partial<HeaderOptions> & Server;

function header(width: number, {connection: its, ...given}: Given = {}) {
	const {serverName = 'vb365-prod', version = 'version' in given ? undefined : 'v8', skewMs, ...options} = given;
	return headerLine({servers: [{...server({serverName, version}, its), skewMs}], breadcrumbs: ['Sessions'], waiting: undefined, now, zone: 'UTC', width, ...options});
}

const seen = (...given: Parameters<typeof header>) => textOf(header(...given));

const lines: ReadonlyArray<readonly [width: number, line: string]> = [
	[79, ' vb365-prod v8 read-only  Sessions                        LIVE 4s  02:14:37 UTC'],
	[56, ' vb365-prod v8 read-only  Sessions LIVE 4s  02:14:37 UTC'],
	[55, ' vb365-prod v8 read-only  Sessions   LIVE 4s  02:14 UTC'],
	[52, ' vb365-prod v8 read-only  Sessions    LIVE 4s  02:14'],
	[48, ' vb365-prod v8 read-only  Sessions       LIVE 4s'],
	[41, ' vb365-prod v8  Sessions   LIVE 4s  02:14'],
	[38, ' vb365-prod v8  Sessions       LIVE 4s'],
	[31, ' vb365-prod v8   LIVE 4s  02:14'],
	[21, ' vb365-prod   LIVE 4s'],
	[18, ' vb365-p.. LIVE 4s'],
];

for (const [width, line] of lines) {
	test(`${width} columns:${line}`, () => {
		assert.equal(seen(width), line);
	});
}

const widths = Array.from({length: 101}, (_, index) => 120 - index);

const states: ReadonlyArray<readonly [what: string, options: Given, words: string]> = [
	['an ordinary server', {}, 'LIVE 4s'],
	['a name longer than the line', {serverName: 'vb365-prod.backup.contoso.example', breadcrumbs: ['> Contoso SharePoint, all sites and their libraries']}, 'LIVE 4s'],
	['a place in CJK', {breadcrumbs: ['> 東京メールボックス毎日バックアップ']}, 'LIVE 4s'],
	['old data', {connection: connection({state: 'STALE', lastGoodAt: now.monotonic - (14 * minute)})}, 'STALE 14m00'],
	['a server that is gone', {connection: connection({state: 'OFFLINE', lastGoodAt: now.monotonic - (26 * 60 * minute), fault: new ServerFault('refused')})}, 'OFFLINE 1d2h'],
	['a first load', {connection: connection({state: 'LOADING'})}, 'LOADING 4s'],
	['a server never reached', {version: undefined, connection: connection({state: 'CONNECTING', lastGoodAt: undefined})}, 'CONNECTING'],
];

for (const [what, options, words] of states) {
	test(`${what}: state and age are whole from 120 columns down to 20, and each line fills its width`, () => {
		assert.deepEqual(widths.filter(width => !seen(width, options).includes(` ${words}`)), []);
		assert.deepEqual(widths.filter(width => cellWidth(header(width, options)) !== width), []);
	});
}

test('clock seconds go before read-only, read-only before the place, the place before the name', () => {
	const least = (words: string) => Math.min(...widths.filter(width => seen(width).includes(words)));
	const found = [':37', 'read-only', 'Sessions', 'vb365-prod'].map(words => least(words));
	assert.deepEqual(found, found.toSorted((a, b) => b - a));
	assert.deepEqual(widths.filter(width => seen(width).includes('read-only') && !seen(width).includes('Sessions')), []);
});

test('the clock shortens before a place in CJK is cut', () => {
	const place = '> 東京メールボックス毎日バックアップ';
	const cut = widths.filter(width => seen(width, {breadcrumbs: [place]}).includes('東') && !seen(width, {breadcrumbs: [place]}).includes(place));
	assert.ok(cut.length > 0);
	assert.deepEqual(cut.filter(width => /\d\d:\d\d/v.test(seen(width, {breadcrumbs: [place]}))), []);
});

const words: ReadonlyArray<readonly [what: string, options: Given, found: string]> = [
	['a pause', {waiting: 0}, 'PAUSED LIVE 4s'],
	['what waits behind a pause', {waiting: 12}, 'PAUSED +12 LIVE 4s'],
	['the zone of its clock', {zone: 'Europe/Berlin'}, '03:14:37 CET'],
	['that a server asked for a pause', {connection: connection({state: 'STALE', lastGoodAt: now.monotonic - (14 * minute), fault: new ServerFault('busy')})}, 'STALE 14m00 busy  '],
	['that its certificate changed', {connection: connection({state: 'OFFLINE', lastGoodAt: now.monotonic - (14 * minute), fault: new ServerFault('tlsChanged')})}, 'OFFLINE 14m00 certificate changed  '],
	['that a server\'s clock is ahead', {skewMs: 600_000}, 'LIVE 4s clock +10m00  '],
	['that it is behind', {skewMs: -61_000}, 'LIVE 4s clock -1m01  '],
	['nothing of a clock that is hardly off', {skewMs: 59_000}, 'LIVE 4s  '],
	['that a sign-in is needed', {connection: connection({state: 'SIGN IN', lastGoodAt: undefined})}, '  SIGN IN  '],
];

for (const [what, options, found] of words) {
	test(`the header tells ${what}`, () => {
		assert.ok(seen(120, options).includes(found), seen(120, options));
	});
}

test('each state has its tone', () => {
	const toneOf = (state: Connection['state']) => header(79, {connection: connection({state})}).find(({text}) => text.startsWith(state))!.tone;
	assert.deepEqual([toneOf('LIVE'), toneOf('STALE'), toneOf('OFFLINE'), toneOf('SIGN IN'), toneOf('CONNECTING'), toneOf('LOADING')], ['good', 'warning', 'bad', 'bad', 'dim', 'warning']);
});

const age = (ms: number) => now.monotonic - ms;
const a = server({serverName: 'vb-a', version: 'v8'});
const b = server({serverId: 'b', serverName: 'vb365-b.contoso.example', version: 'v6'}, {state: 'OFFLINE', lastGoodAt: age(14 * minute), fault: new ServerFault('refused')});
const c = server({serverId: 'c', serverName: 'vb-c', version: 'v8'}, {state: 'SIGN IN', lastGoodAt: undefined, fault: new ServerFault('signInRefused')});
const d = server({serverId: 'd', serverName: 'vb-d', version: undefined}, {state: 'CONNECTING', lastGoodAt: undefined});
const older = server({serverId: 'e', serverName: 'vb-e', version: 'v6'}, {lastGoodAt: age(9000)});

const several: ReadonlyArray<readonly [width: number, servers: HeaderOptions['servers'], line: string]> = [
	[79, [a, older], ' 2 servers v6 v8 read-only  Sessions                      LIVE 9s  02:14:37 UTC'],
	[79, [older, a, older], ' 3 servers v6 v8 read-only  Sessions                      LIVE 9s  02:14:37 UTC'],
	[79, [d], ' vb-d read-only  Sessions                              CONNECTING  02:14:37 UTC'],
	[79, [d, d], ' 2 servers  Sessions             vb-d CONNECTING  vb-d CONNECTING  02:14:37 UTC'],
	[79, [a, b], ' 2 servers v6 v8  Sessions  vb365-b.contoso.example OFFLINE 14m00  02:14:37 UTC'],
	[119, [a, b, c, d], ' 4 servers v6 v8  Sessions           vb-c SIGN IN  vb365-b.contoso.example OFFLINE 14m00  vb-d CONNECTING  02:14:37 UTC'],
	[79, [a, b, c, d], ' 4 servers  Sessions     vb-c SIGN IN  vb365-b.contoso.example OFFLINE 14m00 +1'],
	[60, [a, b, d], ' 3 servers  Sessions vb365-b.contoso.exam.. OFFLINE 14m00 +1'],
	[39, [a, b, d], ' 3 servers vb365-b.c.. OFFLINE 14m00 +1'],
	[27, [a, b, d], ' 3 servers OFFLINE 14m00 +1'],
	[20, [a, b, d], ' 3  OFFLINE 14m00 +1'],
];

for (const [width, servers, line] of several) {
	test(`several servers in ${width} columns:${line}`, () => {
		assert.equal(seen(width, {servers}), line);
	});
}

test('of several servers the state and the age of the worst are whole from 120 columns down to 20, and each line fills its width', () => {
	for (const place of ['Sessions', '> Contoso SharePoint, all sites and their libraries']) {
		for (const waiting of [undefined, 12]) {
			const options = {servers: [a, d, b, d], place, waiting};
			const least = waiting === undefined ? 20 : 32;
			assert.deepEqual(widths.filter(width => width >= least && !seen(width, options).includes('OFFLINE 14m00 ')), []);
			assert.deepEqual(widths.filter(width => cellWidth(header(width, options)) !== width), []);
		}
	}
});

test('of several servers each that is not named is counted', () => {
	const wideEnough = widths.filter(candidate => candidate >= 27);
	for (const width of wideEnough) {
		const line = seen(width, {servers: [a, b, c, d, d]});
		const named = line.match(/SIGN IN|OFFLINE|CONNECTING/gv)!.length;
		const more = Number(/ \+(?<amount>\d)/v.exec(line)?.groups?.['amount'] ?? 0);
		assert.equal(named + more, 4, line);
	}
});

test('the names of the views shorten before read-only leaves', () => {
	const breadcrumbs = ['[1 Now] 2 Sessions 3 Window', 'Now'];
	assert.equal(seen(79, {breadcrumbs}), ' vb365-prod v8 read-only  [1 Now] 2 Sessions 3 Window     LIVE 4s  02:14:37 UTC');
	const least = (name: string) => Math.min(...widths.filter(width => seen(width, {breadcrumbs}).includes(name)));
	assert.ok(least('3 Window') > least('read-only'));
	assert.ok(least(' Now ') <= least('read-only'));
});
