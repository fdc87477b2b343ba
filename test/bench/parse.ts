import {parseSessionV8} from '../../source/api/wire/v8.js';
import {createSessionStore} from '../../source/live/session-store.js';
import type {Session} from '../../source/model/session.js';
import {spread, timed, type Bench} from './support/figures.js';
import {now, serverId, wireSession} from './support/sessions.js';

const count = 50_000;
const rounds = 7;
const pageSize = 500;

/** From an answer's text to the sorted list, at the size of a long history. */
export const parse: Bench = {
	name: 'parse',
	title: `parse and merge ${count.toLocaleString('en')} sessions`,
	async measure() {
		const wire = Array.from({length: count}, (_session, number) => wireSession(number));
		const pages = Array.from({length: count / pageSize}, (_page, page) => JSON.stringify({results: wire.slice(page * pageSize, (page + 1) * pageSize)}));
		const parseAll = () => wire.map(entry => parseSessionV8(entry, serverId)!);
		const sessions = parseAll();
		const again = parseAll();
		const filled = createSessionStore();
		filled.merge(sessions, now.server);

		const json = spread(timed(rounds, () => {
			for (const page of pages) {
				JSON.parse(page);
			}
		}));
		const parsed = spread(timed(rounds, () => {
			parseAll();
		}));
		const merged = spread(timed(rounds, () => {
			const store = createSessionStore();
			store.merge(sessions, now.server);
			store.sessions();
		}));
		const same = spread(timed(rounds, () => {
			filled.merge(again, now.server);
		}));
		let step = 0;
		const one = spread(timed(rounds, () => {
			filled.merge([{...sessions[0]!, progress: step++} satisfies Session], now.server);
			filled.sessions();
		}));
		const against = {what: 'JSON.parse', median: json.median};
		return {
			by: `v8 parser and session store, compiled as in the program, in this process, pages of ${pageSize}, ${rounds} rounds`,
			figures: [
				{what: 'JSON.parse alone', ...json, unit: 'ms'},
				{what: 'parse', ...parsed, unit: 'ms', against},
				{what: 'merge into an empty store, sort', ...merged, unit: 'ms', against},
				{what: 'merge the same again', ...same, unit: 'ms', against},
				{what: 'merge one that changed, sort', ...one, unit: 'ms', against: {what: 'all of them', median: merged.median}},
				{what: 'parse and merge, per session', median: (parsed.median + merged.median) * 1000 / count, unit: 'µs'},
			],
		};
	},
};
