import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Connection} from '../../source/model/connection.js';
import {ServerFault} from '../../source/model/errors.js';
import {cellWidth} from '../../source/view/fit-cell.js';
import {headerLine, type HeaderOptions} from '../../source/view/header.js';
import {connection, minute, now, textOf} from '../helpers/sessions.js';

function header(width: number, options: Partial<HeaderOptions> = {}) {
	return headerLine({serverName: 'vb365-prod', version: 'v8', place: 'Sessions', connection: connection(), waiting: undefined, now, zone: 'UTC', width, ...options});
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

const states: ReadonlyArray<readonly [what: string, options: Partial<HeaderOptions>, words: string]> = [
	['an ordinary server', {}, 'LIVE 4s'],
	['a name longer than the line', {serverName: 'vb365-prod.backup.contoso.example', place: '> Contoso SharePoint, all sites and their libraries'}, 'LIVE 4s'],
	['a place in CJK', {place: '> 東京メールボックス毎日バックアップ'}, 'LIVE 4s'],
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
	const cut = widths.filter(width => seen(width, {place}).includes('東') && !seen(width, {place}).includes(place));
	assert.ok(cut.length > 0);
	assert.deepEqual(cut.filter(width => /\d\d:\d\d/v.test(seen(width, {place}))), []);
});

const words: ReadonlyArray<readonly [what: string, options: Partial<HeaderOptions>, found: string]> = [
	['a pause', {waiting: 0}, 'PAUSED LIVE 4s'],
	['what waits behind a pause', {waiting: 12}, 'PAUSED +12 LIVE 4s'],
	['the zone of its clock', {zone: 'Europe/Berlin'}, '03:14:37 CET'],
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
