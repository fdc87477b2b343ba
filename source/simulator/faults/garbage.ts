import {jsonType} from '../server/exchange.js';
import {answered, editedText, type Fault} from './fault.js';

const loginPage = '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><form action="/login"><input name="user"></form></body></html>\n';
const depth = 1_000_000;
const hugeChunk = 'x'.repeat(64 * 1024);
const hugeChunks = 1100;

/** Answers with status 200 and a wrong body. */
export const garbageFaults = {
	html: {about: '200 with a web page', middleware: answered({status: 200, text: loginPage, headers: {'Content-Type': 'text/html; charset=utf-8'}})},
	emptyBody: {about: '200 without a body', middleware: answered({status: 200})},
	halfJson: {about: 'JSON that ends in the middle', middleware: editedText(text => ({status: 200, text: text.slice(0, Math.floor(text.length / 2)), headers: {'Content-Type': jsonType}}))},
	noJson: {about: 'text that calls itself JSON', middleware: answered({status: 200, text: 'The operation completed successfully.', headers: {'Content-Type': jsonType}})},
	deepJson: {about: 'JSON nested a million deep', middleware: answered({status: 200, text: `{"results":${'['.repeat(depth)}${']'.repeat(depth)}}`, headers: {'Content-Type': jsonType}})},
	hugeBody: {
		about: 'JSON of 72 MB', middleware: editedText(() => ({status: 200, stream: hugeBody(), headers: {'Content-Type': jsonType}})),
	},
	otherType: {about: 'right JSON that calls itself plain text', middleware: editedText(text => ({status: 200, text}))},
} as const satisfies Record<string, Fault>;

async function * hugeBody(): AsyncGenerator<string> {
	yield '{"results":[],"padding":"';
	for (let count = 0; count < hugeChunks; count++) {
		yield hugeChunk;
	}

	yield '"}';
}
