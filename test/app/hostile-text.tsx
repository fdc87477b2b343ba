import {test, type TestContext} from 'node:test';
import fc from 'fast-check';
import {Box, renderToString, Text} from 'ink';
import {visibleText} from '../../source/api/wire/visible-text.js';
import {Line} from '../../source/ui/line.js';
import {fitText} from '../../source/ui/text/text.js';
import {hostileText} from '../helpers/hostile-text.js';

test('Ink draws a fitted text as it is, and what follows it in the column behind', (t: TestContext) => {
	const texts = fc.array(hostileText, {minLength: 10, maxLength: 10});
	const found = fc.check(fc.property(texts, fc.integer({min: 1, max: 40}), (said, width) => {
		const fitted = said.map(text => fitText(visibleText(text), width));
		const rows = fitted.map((text, index) => <Box key={index}><Line cell={[{text}]}/><Text>|</Text></Box>);
		return renderToString(<Box flexDirection='column'>{rows}</Box>, {columns: 42}) === fitted.map(text => `${text}|`).join('\n');
	}), {numRuns: 100});
	t.assert.strictEqual(found.counterexample, null);
});
