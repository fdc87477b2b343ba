import {spread, type Bench} from './support/figures.js';
import {openMonitor} from './support/monitor.js';
import {snapshotOf, withProgress} from './support/sessions.js';

const rounds = 15;

/** What goes over the line to the operator's terminal. */
export const bytes: Bench = {
	name: 'bytes',
	title: 'bytes to the terminal',
	async measure() {
		let snapshot = snapshotOf(2000);
		const monitor = await openMonitor(snapshot);
		const repeat = async (deed: (round: number) => Promise<{bytes: number}>) => {
			const samples: number[] = [];
			for (let round = 0; round < rounds; round++) {
				samples.push((await deed(round)).bytes);
			}

			return samples;
		};

		const change = async (number: (round: number) => number) => repeat(async round => {
			snapshot = withProgress(snapshot, number(round));
			return monitor.publish(snapshot);
		});
		const full = monitor.firstFrameBytes;
		const against = {what: 'the whole screen', median: full};
		const figures = [
			{what: 'the whole screen, as first drawn', median: full, unit: 'bytes'},
			{what: 'counters of the first row', ...spread(await change(() => 0)), unit: 'bytes', against},
			{what: 'counters of one running row', ...spread(await change(round => round % 12)), unit: 'bytes', against},
			{what: 'a second in which nothing happens', ...spread(await repeat(async () => monitor.second())), unit: 'bytes', against},
			{what: 'the cursor moves', ...spread(await repeat(async round => monitor.press(round % 2 === 0 ? 'j' : 'k'))), unit: 'bytes', against},
			{what: 'a page down, a page up', ...spread(await repeat(async round => monitor.press(round % 2 === 0 ? '\u{1B}[6~' : '\u{1B}[5~'))), unit: 'bytes', against},
		] as const;
		monitor.close();
		return {by: `the whole monitor in this process at 120x40 in colour, 2,000 sessions of which 12 run (all on screen, with seconds), ${rounds} times each`, figures};
	},
};
