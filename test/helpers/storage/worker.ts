/*
One process of several: does what its argument says (JSON) with the stored files, and prints the outcome.
*/
import process from 'node:process';
import {openCredentials} from '../../../source/storage/credentials.js';
import type {Directories} from '../../../source/storage/directories.js';
import {Secret} from '../../../source/model/secret.js';
import {openRunState} from '../../../source/storage/run-state.js';
import {server} from './servers.js';

export type Task = {
	readonly directories: Directories;
	/** Servers to save one after the other, by name. */
	readonly save?: readonly string[];
	/** A password to remember as refused. */
	readonly refuse?: string;
	/** The user to become first. */
	readonly uid?: number;
};

const {directories, save = [], refuse, uid} = JSON.parse(process.argv[2]!) as Task;
if (uid !== undefined) {
	process.setuid!(uid);
}

const credentials = await openCredentials(directories);
const saved = [];
for (const name of save) {
	saved.push(await credentials.keep(server({id: `https://${name}:4443`, name})));
}

const after = await openCredentials(directories);
const state = await openRunState(directories);
if (refuse !== undefined) {
	saved.push(await state.addRefusal('https://vb1:4443', 'ann', new Secret(refuse)));
}

const isRefused = refuse !== undefined && await state.isRefused('https://vb1:4443', 'ann', new Secret(refuse));
console.log(JSON.stringify({problems: [credentials.problem, state.problem], stored: after.servers.map(({name}) => name), saved, isRefused}));
