import type {LogContent} from './log/log-content.js';
import type {DetailContent} from './summary/summary-content.js';
import type {TableTabWindow} from './table-tab.js';

/** What a tab shows of its state: blocks one below the other, lines above a table, or the lines of a log. */
export type TabBody =
	| {readonly kind: 'blocks'; readonly content: DetailContent; /** Lines that are scrolled away below. */ readonly below: number}
	| {readonly kind: 'table'; readonly content: TableTabWindow}
	| {readonly kind: 'log'; readonly content: LogContent};

/** Lines that are scrolled away below; those of a log are counted in its own line. */
export function linesBelow(body: TabBody): number {
	switch (body.kind) {
		case 'blocks': {
			return body.below;
		}

		case 'table': {
			return body.content.below;
		}

		case 'log': {
			return 0;
		}
	}
}
