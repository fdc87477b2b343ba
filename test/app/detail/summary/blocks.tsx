import {test, type TestContext} from 'node:test';
import {Blocks} from '../../../../source/app/detail/summary/blocks.js';
import {detailContent, type DetailContent} from '../../../../source/app/detail/summary/summary-content.js';
import {draw} from '../../../helpers/frame.js';
import {bodyLines, given, stuckOptions} from '../../../helpers/summary.js';

const content = (width: number, height: number, top = 0): DetailContent => detailContent(stuckOptions(), given, width, {top, height});

function linesOf(t: TestContext, width: number, height: number): readonly string[] {
	return draw(t, <Blocks content={content(width, height)} height={height}/>).lines().map(line => line.trimEnd());
}

for (const [width, height] of [[79, 19], [59, 15], [39, 5]] as const) {
	test(`on ${width + 1} columns the frame is the content, from any line on`, (t: TestContext) => {
		const whole = bodyLines(content(width, height));
		const {lines, rerender} = draw(t, <Blocks content={content(width, height)} height={height}/>);
		for (let top = 0; top <= whole.length - height; top++) {
			rerender(<Blocks content={content(width, height, top)} height={height}/>);
			t.assert.deepStrictEqual(lines().map(line => line.trimEnd()), whole.slice(top, top + height), `from line ${top}`);
		}
	});
}

test('facts stand beside the statistics on 80 columns, below each other on 60', (t: TestContext) => {
	t.assert.strictEqual(linesOf(t, 79, 19)[3], ' RUN                                     STATISTICS        reported    now (2m)');
	const stacked = linesOf(t, 59, 19);
	t.assert.strictEqual(stacked[4], ' RUN');
	t.assert.strictEqual(stacked[13], ' STATISTICS        reported    now (2m)       usual');
});
