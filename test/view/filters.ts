import assert from 'node:assert/strict';
import {test} from 'node:test';
import {unreadable} from '../../source/model/field.js';
import {activeFilters, narrow, type Narrowing} from '../../source/view/filters.js';
import {row} from '../helpers/sessions.js';

const list = [
	row({id: 'mail'}, {jobName: 'Contoso Mail', haystack: 'contoso mail\nrepo-01'}),
	row({id: 'teams', jobType: 'Copy'}, {jobName: 'Contoso Teams', haystack: 'contoso teams\nrepo-02'}),
	row({id: 'sites'}, {jobName: 'Fabrikam Sites', haystack: 'fabrikam sites\nrepo-01\naccess is denied'}),
	row({id: 'untold', jobType: undefined}, {jobName: 'Tailspin', haystack: 'tailspin', serverName: 'VB-Branch'}),
	row({id: 'garbled', jobType: unreadable}, {jobName: 'Wingtip', haystack: 'wingtip'}),
];

const cases: ReadonlyArray<readonly [narrowing: Narrowing, ids: string]> = [
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

for (const [narrowing, ids] of cases) {
	test(`type ${narrowing.jobType} and "${narrowing.text}" let pass: ${ids}`, () => {
		assert.equal(narrow(list, narrowing).map(({session}) => session!.id).join(' '), ids);
	});
}

test('a list that is not narrowed is the same object', () => {
	assert.equal(narrow(list, {jobType: 'all', text: ' '}), list);
	assert.equal(narrow(list, {jobType: 'all', text: 'server:'}), list);
});

test('filters that narrow are named', () => {
	assert.deepEqual(activeFilters({jobType: 'all', text: ' '}), []);
	assert.deepEqual(activeFilters({jobType: 'all', text: ' server: '}), []);
	assert.deepEqual(activeFilters({jobType: 'Copy', text: ' deni '}), ['Copy only', 'filter "deni"']);
	assert.deepEqual(activeFilters({jobType: 'all', text: 'server:b deni'}), ['filter "server:b deni"']);
});
