/*
Several keys in one write, as a fast hand, a slow line or a script sends them, into the built program in a real terminal: each
means what it means a second after the one before.
*/
import {test, type TestContext} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {watchDemo} from '../cli/support/restored.js';
import {noTerminal} from '../cli/support/terminal.js';

const name = 'Contoso SharePoint';

/** The demo with the cursor of Now on the failed job. */
async function onFailedJob(t: TestContext) {
	const {terminal} = await watchDemo(t, {columns: 120, rows: 35}, 'vbtop --demo --seed 5');
	await terminal.see(new RegExp(`Failed +${name}`, 'v'));
	const cursor = () => terminal.lines().find(line => line.startsWith('>')) ?? '';
	for (let tries = 0; tries < 40 && !/^>.?Failed +Contoso SharePoint/v.test(cursor()); tries++) {
		terminal.press('j');
		const before = cursor();
		await terminal.see(() => cursor() !== before, 'the cursor moves');
	}

	return {terminal, cursor};
}

test('2 and Enter in one write open the session of the job under the cursor', {skip: noTerminal}, async (t: TestContext) => {
	const {terminal} = await onFailedJob(t);
	terminal.press('2', 'Enter');
	const detail = await terminal.see(/RUN +STATISTICS/v);
	t.assert.match(detail.split('\n', 1)[0]!, new RegExp(`> ${name} `, 'v'));
	t.assert.match(detail, /Status +Failed/v);
});

test('l and e in one write lead to an error of the log', {skip: noTerminal}, async (t: TestContext) => {
	const {terminal} = await onFailedJob(t);
	terminal.press('l', 'e');
	await terminal.see(/\[2 Log\][\s\S]* Error /v);
	await terminal.see(text => text.split('\n').some(line => /^>.* Error +Failed to process/v.test(line)), 'the cursor on the first error');
	t.assert.doesNotMatch(terminal.text(), /there is no error in this log/v);
});

test('1 and Enter in one write open the job of the session under the cursor', {skip: noTerminal}, async (t: TestContext) => {
	const {terminal, cursor} = await onFailedJob(t);
	terminal.press('2');
	await terminal.see(() => terminal.text().includes('[2 Sessions]') && cursor().includes(name), 'the session under the cursor');
	terminal.press('1', 'Enter');
	const detail = await terminal.see(/RUN +STATISTICS/v);
	t.assert.match(detail.split('\n', 1)[0]!, new RegExp(`> ${name} `, 'v'));
});

test('2 and j three times in one write go down from the session of the job', {skip: noTerminal}, async (t: TestContext) => {
	const {terminal, cursor} = await onFailedJob(t);
	terminal.press('2', 'j', 'j', 'j');
	await terminal.see(/\[2 Sessions\]/v);
	await wait(1000);
	for (let steps = 0; steps < 3; steps++) {
		const before = cursor();
		terminal.press('k');
		await terminal.see(() => cursor() !== before, 'the cursor moves');
	}

	t.assert.match(cursor(), new RegExp(`^>.?Failed +${name}`, 'v'));
});
