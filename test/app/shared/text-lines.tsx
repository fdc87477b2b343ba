import {test, type TestContext} from 'node:test';
import {TextLines} from '../../../source/app/shared/text-lines.js';
import type {Cell} from '../../../source/ui/text/spans.js';
import {draw} from '../../helpers/frame.js';

const texts: readonly Cell[] = ['LIST', '  Enter            Open the session: statistics, details, log', '  /                Filter', '  t                Job type', '  T                Status']
	.map(text => [{text}]);

test('of lines of text the part that fits is shown', (t: TestContext) => {
	const {lines} = draw(t, <TextLines lines={texts} top={1} height={3} width={79}/>);
	t.assert.deepStrictEqual(lines().map(line => line.trimEnd()), [
		'  Enter            Open the session: statistics, details, log',
		'  /                Filter',
		'  t                Job type',
	]);
});

test('a line that is too long is cut with a mark', (t: TestContext) => {
	t.assert.strictEqual(draw(t, <TextLines lines={texts} top={1} height={1} width={39}/>).lines()[0], '  Enter            Open the session:..');
});

test('fewer lines than fit leave the rest empty', (t: TestContext) => {
	t.assert.deepStrictEqual(draw(t, <TextLines lines={texts} top={4} height={3} width={79}/>).lines().map(line => line.trimEnd()), ['  T                Status', '', '']);
});
