#!/usr/bin/env node
/*
The first file that runs. It must parse and run on any Node, so that an old one gets a clear
line instead of a syntax error; all else is loaded after the check.
*/
import process from 'node:process';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
	process.stderr.write(`vbtop needs Node 22.19 or newer; this is ${process.versions.node}.\n`);
	process.exitCode = 1;
} else {
	// What ps, top and pkill call it. The words after it, which may name servers, are not shown there.
	process.title = 'vbtop';
	// Node's warnings are for those who write programs, and would be drawn into the screen. One is wrong here: NO_COLOR wins over FORCE_COLOR.
	process.removeAllListeners('warning');
	// React decides between its two builds when it is loaded: the production one is twice as fast.
	process.env['NODE_ENV'] ??= 'production';
	// No top-level await: an old Node could not even parse it. `main` reports every error itself.
	void import('./cli/main.js').then(async ({main}) => {
		process.exitCode = await main(process.argv.slice(2), process.env, process);
	});
}
