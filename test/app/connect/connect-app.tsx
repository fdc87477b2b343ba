import {Buffer} from 'node:buffer';
import {test, type TestContext} from 'node:test';
import {startConnect} from '../../helpers/connect.js';

const ctrlL = '\u{C}';

test('two requests in one chunk are both done', async (t: TestContext) => {
	const app = startConnect(t, {isOffline: true});
	await app.until(/Connect to a server/v);
	app.type(Buffer.from(ctrlL + ctrlL));
	await app.until(() => app.redraws() === 2);
});

test('fields, and Enter at their end, in one chunk are tried as they were typed', async (t: TestContext) => {
	const app = startConnect(t, {isOffline: true});
	await app.until(/Connect to a server/v);
	app.type(Buffer.from('vb365.test\tme\tpw\r'));
	await app.until(/connection refused: offline/v);
	t.assert.match(app.text(), /Server +vb365\.test[\s\S]*Account +me\s[\s\S]*Password +\*\*/v);
	t.assert.doesNotMatch(app.text(), /pw/v);
});

test('what is typed after a problem in the same chunk stands in the field that it leads to', async (t: TestContext) => {
	const app = startConnect(t, {isOffline: true, account: 'me'});
	await app.until(/Connect to a server/v);
	app.type(Buffer.from('\t\tpw\rvb365.test'));
	await app.until(/Server +vb365\.test/v);
	t.assert.match(app.text(), /Password +\*\*\s/v);
});

for (const [what, keys, type] of [['leaving', '\u{3}', 'left'], ['choosing the demo', '\t\t\t\r', 'demo']] as const) {
	test(`what is typed after ${what} is for what comes next, not for the form`, async (t: TestContext) => {
		const app = startConnect(t, {isOffline: true});
		await app.until(/Connect to a server/v);
		app.type(Buffer.from(`${keys}2`));
		await app.until(() => app.done.length > 0);
		app.type(Buffer.from('\u{3}'));
		await app.until(() => app.left().map(input => input.type === 'key' && input.key).join(' ') === '2 ctrl-c');
		t.assert.deepStrictEqual(app.done, [{type}]);
	});
}
