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
