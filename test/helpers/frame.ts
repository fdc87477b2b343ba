import type {TestContext} from 'node:test';
import {stripVTControlCharacters} from 'node:util';
import {render} from 'ink-testing-library';
import type {ReactElement} from 'react';

export type Frame = {
	/** The lines on screen, without colours. */
	readonly lines: () => readonly string[];
	/** The lines on screen, with the sequences that style them. */
	readonly styled: () => readonly string[];
	readonly rerender: (tree: ReactElement) => void;
};

/** Draws a tree on a terminal of 100 columns; it is unmounted when the test ends. */
export function draw(t: TestContext, tree: ReactElement): Frame {
	const {lastFrame, rerender, unmount, cleanup} = render(tree);
	t.after(() => {
		unmount();
		cleanup();
	});
	const styled = () => lastFrame()!.split('\n');
	return {styled, rerender, lines: () => styled().map(line => stripVTControlCharacters(line))};
}
