import {test, type TestContext} from 'node:test';
import {TooSmall} from '../../../source/app/list/too-small.js';
import {draw} from '../../helpers/frame.js';
import {row} from '../../helpers/sessions.js';

const rows = ['Failed', 'Failed', 'Running', 'Success'].map((status, index) => row({id: `s${index}`, status}));
const header = [{text: ' vb365 LIVE 4s'}];

test('a terminal too small says how it stands and what size it needs', (t: TestContext) => {
	const {lines} = draw(t, <TooSmall header={header} rows={rows} width={29} height={8}/>);
	t.assert.deepStrictEqual(lines().map(line => line.trimEnd()), [
		' vb365 LIVE 4s',
		' needs 40x10',
		' 2 Failed',
		' 1 Running',
		' 0 Queued',
		' 0 Warning',
		' 1 Success',
	]);
});

test('it draws no more lines and columns than there are', (t: TestContext) => {
	const {lines} = draw(t, <TooSmall header={header} rows={rows} width={9} height={3}/>);
	t.assert.deepStrictEqual(lines(), [' vb365..', ' needs.. ', ' 2 Failed']);
});
