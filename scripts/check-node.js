/*
Runs before build and tests. Node is among the development dependencies; if npm may not run install scripts,
it is missing, and an older Node of the system would be used instead.
*/
import process from 'node:process';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
	console.error(`vbtop is built and tested with Node 22.19 or newer; this is ${process.versions.node}.
Run "npm ci" with install scripts allowed (the package "node" brings a current Node), or install one.`);
	process.exitCode = 1;
}
