import assert from 'node:assert/strict';
import {test} from 'node:test';
import {unreadable} from '../../../../source/model/field.js';
import {activeFilters, changesByClock, applyFilters, statusChoices, type Filters, type StatusChoice} from '../../../../source/app/shared/filters/filters.js';
import {now, row} from '../../../helpers/sessions.js';

const list = [
	row({id: 'mail'}, {jobName: 'Contoso Mail', haystack: 'contoso mail\nrepo-01'}),
	row({id: 'teams', jobType: 'Copy'}, {jobName: 'Contoso Teams', haystack: 'contoso teams\nrepo-02'}),
	row({id: 'sites'}, {jobName: 'Fabrikam Sites', haystack: 'fabrikam sites\nrepo-01\naccess is denied'}),
	row({id: 'untold', jobType: undefined}, {jobName: 'Tailspin', haystack: 'tailspin', serverName: 'VB-Branch'}),
	row({id: 'garbled', jobType: unreadable}, {jobName: 'Wingtip', haystack: 'wingtip'}),
];

const everything: Filters = {jobType: 'all', status: 'all', text: ''};

const cases: ReadonlyArray<readonly [filters: Pick<Filters, 'jobType' | 'text'>, ids: string]> = [
	[{jobType: 'all', text: ''}, 'mail teams sites untold garbled'],
	[{jobType: 'all', text: '  \t '}, 'mail teams sites untold garbled'],
	[{jobType: 'Backup', text: ''}, 'mail sites'],
	[{jobType: 'Copy', text: ''}, 'teams'],
	[{jobType: 'all', text: 'CONTOSO'}, 'mail teams'],
	[{jobType: 'all', text: ' repo-01  contoso '}, 'mail'],
	[{jobType: 'all', text: 'deni'}, 'sites'],
	[{jobType: 'all', text: '(.*['}, ''],
	[{jobType: 'Copy', text: 'mail'}, ''],
	[{jobType: 'Copy', text: 'contoso'}, 'teams'],
	[{jobType: 'all', text: 'server:prod'}, 'mail teams sites garbled'],
	[{jobType: 'all', text: 'SERVER:Branch'}, 'untold'],
	[{jobType: 'all', text: 'server:prod repo-01'}, 'mail sites'],
	[{jobType: 'all', text: 'repo-01 server:branch'}, ''],
	[{jobType: 'all', text: 'server:vb server:prod'}, 'mail teams sites garbled'],
	[{jobType: 'all', text: 'server:nowhere'}, ''],
	[{jobType: 'all', text: 'server:'}, 'mail teams sites untold garbled'],
	[{jobType: 'all', text: ' server: contoso'}, 'mail teams'],
	[{jobType: 'all', text: 'server'}, ''],
	[{jobType: 'all', text: 'observer:prod'}, ''],
	[{jobType: 'Copy', text: 'server:prod'}, 'teams'],
];

for (const [filters, ids] of cases) {
	test(`type ${filters.jobType} and "${filters.text}" let pass: ${ids}`, () => {
		assert.equal(applyFilters(list, {...everything, ...filters}, now).map(({session}) => session!.id).join(' '), ids);
	});
}

const runs = [
	...['Running', 'Queued', 'Success', 'Warning', 'Failed', 'Stopped', 'Disconnected', 'NotConfigured', 'Paused'].map(status => row({id: status, status})),
	row({id: 'unread', status: unreadable}),
	row({id: 'stuck', status: 'Running'}, {isProblem: true}),
	row({id: 'healed', status: 'Failed'}, {isProblem: false}),
	{...row(), key: 'missed', session: undefined, isProblem: true},
	{...row(), key: 'untold', session: undefined},
];

const statusCases: ReadonlyArray<readonly [status: StatusChoice, ids: string]> = [
	['all', 'Running Queued Success Warning Failed Stopped Disconnected NotConfigured Paused unread stuck healed missed untold'],
	['active', 'Running Queued stuck'],
	['problems', 'Failed Disconnected NotConfigured stuck missed'],
	['finished', 'Success Warning Failed Stopped Disconnected NotConfigured healed'],
];

test('each choice of status has its case', () => {
	assert.deepEqual(statusCases.map(([status]) => status), statusChoices);
});

for (const [status, ids] of statusCases) {
	test(`status ${status} lets pass: ${ids}`, () => {
		assert.equal(applyFilters(runs, {...everything, status}, now).map(({session, key}) => session?.id ?? key).join(' '), ids);
	});
}

test('job type, status and words must all hold', () => {
	const filters: Filters = {jobType: 'Backup', status: 'finished', text: 'contoso'};
	const mixed = [...list, row({id: 'at work', status: 'Running'})];
	assert.deepEqual(applyFilters(mixed, filters, now).map(({session}) => session!.id), ['mail']);
});

test('a list that is not narrowed is the same object', () => {
	for (const text of [' ', 'server:', 'dur>', '"', '- !']) {
		assert.equal(applyFilters(list, {...everything, text}, now), list, text);
	}
});

test('filters that narrow are named, a text by the words that ask for something', () => {
	const named: ReadonlyArray<readonly [filters: Partial<Filters>, names: string[]]> = [
		[{text: ' '}, []],
		[{text: ' server: '}, []],
		[{jobType: 'Copy', text: ' deni '}, ['Copy only', 'filter "deni"']],
		[{text: 'server:b deni'}, ['filter "server:b deni"']],
		[{text: '-Deni  dur> "two  words" /(/'}, ['filter "-Deni "two  words""']],
		[{status: 'problems'}, ['problems only']],
		[{jobType: 'Backup', status: 'active'}, ['Backup only', 'active only']],
	];
	for (const [filters, names] of named) {
		assert.deepEqual(activeFilters({...everything, ...filters}), names);
	}
});

test('a filter changes by the clock where a word about time narrows', () => {
	const changing = ['dur>2h', '-age<1h', 'contoso dur=5m'];
	const still = ['', 'dur', 'dur>', 'age<x', '"dur>2h"', 'rate<1MB', '/dur>2h/'];
	assert.deepEqual([...changing, ...still].filter(text => changesByClock({...everything, text})), changing);
});
