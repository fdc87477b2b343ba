import {faultNames, faultOf} from '../source/simulator/faults/faults.js';

/** The README's table of faults, from the table of the simulator. */
export function faultsTable(): string {
	return `| fault | what befalls |\n| --- | --- |\n${faultNames.map(name => `| \`${name}\` | ${faultOf(name).about} |`).join('\n')}\n`;
}
