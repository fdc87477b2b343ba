import process from 'node:process';
import {spread, type Bench, type Figure} from './support/figures.js';
import {openMonitor} from './support/monitor.js';
import {snapshotOf} from './support/sessions.js';

const many = 2000;
const few = 40;
const presses = 30;
const cases = [
	['the cursor moves', ['j', 'k']],
	['a page down, a page up', ['\u{1B}[6~', '\u{1B}[5~']],
	['job type (filters the list)', ['t']],
	['the sort reversed', ['S']],
] as const;

/** From a key that arrives to the end of the frame that it leads to. */
export const keys: Bench = {
	name: 'keys',
	title: `a key press, with ${many.toLocaleString('en')} sessions held`,
	async measure() {
		const sampled = async (count: number) => {
			const monitor = await openMonitor(snapshotOf(count));
			const samples: number[][] = [];
			for (const [, sequence] of cases) {
				const times: number[] = [];
				for (let press = -4; press < presses; press++) {
					const {ms} = await monitor.press(sequence[Math.abs(press) % sequence.length]!);
					if (press >= 0) {
						times.push(ms);
					}
				}

				samples.push(times);
			}

			monitor.close();
			return samples;
		};

		const small = await sampled(few);
		const large = await sampled(many);
		return {
			by: `the whole monitor, compiled as in the program, in this process at 120x40, keyboard to the end of the frame's bytes, React ${process.env['NODE_ENV']}, ${presses} presses each, one at a time`,
			figures: cases.map(([what], index): Figure => ({
				what, ...spread(large[index]!), unit: 'ms', against: {what: `the same with ${few} sessions`, median: spread(small[index]!).median},
			})),
		};
	},
};
