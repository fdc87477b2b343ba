import {unreadable, valueOf, type Field} from '../../model/field.js';
import type {LogItem} from '../../model/log-item.js';
import type {Page} from '../server-api.js';
import {reader, type Reader} from './reader.js';
import {endOf, parseMoment} from './wire.js';

// v6 and v7 write the type into the title, two of them with other words.
const titleWords: ReadonlyMap<string, string> = new Map([
	['success', 'Success'],
	['warning', 'Warning'],
	['error', 'Error'],
	['failed', 'Error'],
	['running', 'Running'],
	['stop', 'Stop'],
	['stopped', 'Stop'],
]);

/** A log item of v6 and v7: its type is a prefix of the title; an unknown word becomes the type. */
export function parseTitledLogItem(wire: unknown): LogItem | undefined {
	return parseLogItem(wire, fields => {
		const title = fields.text('title');
		const match = /^\[(?<word>\w+)\]\s*/v.exec(valueOf(title) ?? '');
		const word = match?.groups?.['word'];
		return {
			type: title === unreadable ? unreadable : titleWords.get(word?.toLowerCase() ?? '') ?? word,
			text: title === unreadable ? unreadable : title?.slice(match?.[0].length ?? 0),
		};
	});
}

/** A log item of v8. */
export function parseTypedLogItem(wire: unknown): LogItem | undefined {
	return parseLogItem(wire, fields => ({type: fields.text('type'), text: fields.text('message')}));
}

type Words = {readonly type: Field<string>; readonly text: Field<string>};

function parseLogItem(wire: unknown, wordsOf: (fields: Reader) => Words): LogItem | undefined {
	const fields = reader(wire);
	const id = valueOf(fields?.id('id'));
	if (!fields || id === undefined) {
		return undefined;
	}

	const {type, text} = wordsOf(fields);
	const createdAt = parseMoment(fields.time('creationTime'));
	return {id, usn: fields.count('usn'), type, text, createdAt, endedAt: endOf(fields, createdAt, type === 'Running')};
}

/** The page with its log items in ascending order of `usn`; where one has none, in the order of the server, reversed for `newest`. */
export function ascending(page: Page<LogItem>, isNewestFirst: boolean): Page<LogItem> {
	const inOrder = isNewestFirst ? page.entries.toReversed() : page.entries;
	const isNumbered = inOrder.every(entry => typeof entry.usn === 'number');
	return {...page, entries: isNumbered ? inOrder.toSorted((a, b) => Number(a.usn) - Number(b.usn)) : inOrder};
}
