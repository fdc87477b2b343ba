/*
One process of several: does what its argument says (JSON) with the kept files, and prints what came of it.
*/
import process from 'node:process';
import {openCredentials} from '../../../source/storage/credentials.js';
import {Secret} from '../../../source/model/secret.js';
import {openRunState} from '../../../source/storage/run-state.js';
import {server} from './servers.js';

export type Task = {
	readonly places: {readonly config: string; readonly state: string};
	/** Servers to keep one after the other, by name. */
	readonly keep?: readonly string[];
	/** A password to remember as refused. */
	readonly refuse?: string;
	readonly umask?: number;
};

const {places, keep = [], refuse, umask = 0o022} = JSON.parse(process.argv[2]!) as Task;
process.umask(umask);

const credentials = await openCredentials(places);
const saved = [];
for (const name of keep) {
	saved.push(await credentials.keep(server({id: `https://${name}:4443`, name})));
}

const after = await openCredentials(places);
const state = await openRunState(places);
if (refuse !== undefined) {
	saved.push(await state.remember('https://vb1:4443', 'ann', new Secret(refuse)));
}

const isRefused = refuse !== undefined && await state.isRefused('https://vb1:4443', 'ann', new Secret(refuse));
console.log(JSON.stringify({problems: [credentials.problem, state.problem], kept: after.servers.map(({name}) => name), saved, isRefused}));
