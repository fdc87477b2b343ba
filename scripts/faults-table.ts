import {faultNames, faultOf} from '../source/simulator/faults/faults.js';

/** The fault table of the README, from the table that the simulator plays. */
export function faultsTable(): string {
	return `| fault | what befalls |\n| --- | --- |\n${faultNames.map(name => `| \`${name}\` | ${faultOf(name).about} |`).join('\n')}\n`;
}
