import type {TestContext} from 'node:test';
import {Text} from 'ink';
import {render} from 'ink-testing-library';
import {SWRConfig} from 'swr';

/** A hook in a component that draws nothing but what `text` makes of it; it ends with the test. */
export function startHook<Props extends object, Result>(t: TestContext, useHook: (props: Props) => Result, first: Props, text: (result: Result) => string = () => '') {
	const results: Result[] = [];
	function Probe({hookProps}: {readonly hookProps: Props}) {
		const result = useHook(hookProps);
		results.push(result);
		return <Text>{text(result)}</Text>;
	}

	const cache = new Map<string, never>();
	const tree = (hookProps: Props) => <SWRConfig value={{provider: () => cache}}><Probe hookProps={hookProps}/></SWRConfig>;
	const app = render(tree(first));
	t.after(() => {
		app.unmount();
	});
	return {
		/** What the hook gave, render by render. */
		results,
		last: () => results.at(-1)!,
		rerender(props: Props) {
			app.rerender(tree(props));
		},
		unmount: app.unmount,
		frame: () => app.lastFrame(),
		cache,
	};
}
