import {unreadable, valueOf} from '../../model/field.js';
import type {Named, Proxy, Repository} from '../../model/named.js';
import {reader} from './reader.js';
import {reference} from './wire.js';

/** An entry of a name list; the name is the first of the fields that has one. */
export function parseNamed(wire: unknown, nameFields: readonly string[]): Named | undefined {
	const fields = reader(wire);
	const id = valueOf(fields?.id('id'));
	if (!fields || id === undefined) {
		return undefined;
	}

	const names = nameFields.map(name => fields.text(name));
	return {id, name: names.find(name => valueOf(name)) ?? names.find(name => name === unreadable) ?? names[0]};
}

/** A backup repository; only v8 has the field for out of order. */
export function parseRepository(wire: unknown): Repository | undefined {
	const named = parseNamed(wire, ['name']);
	const fields = reader(wire);
	const reason = fields?.flag('isOutOfOrder') === true ? valueOf(fields.text('outOfOrderReason')) ?? 'out of order' : undefined;
	return named && fields && {...named, proxyId: reference(fields.id('proxyId')), outOfOrderReason: reason};
}

/** A backup proxy server. */
export function parseProxyEntry(wire: unknown): Proxy | undefined {
	const named = parseNamed(wire, ['hostName', 'fqdn']);
	return named && {...named, status: reader(wire)!.text('status')};
}
