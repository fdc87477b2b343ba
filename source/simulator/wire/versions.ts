import {v6} from './v6.js';
import {v7} from './v7.js';
import {v8} from './v8.js';
import type {SimulatedVersion} from './wire.js';

/** The versions of the API, oldest first, each with the build of the product that brought it. */
export const simulatedVersions = [
	{version: v6, build: '6.0.0.367'},
	{version: v7, build: '7.0.0.2911'},
	{version: v8, build: '8.4.0.123'},
] as const satisfies ReadonlyArray<{version: SimulatedVersion; build: string}>;

export type ApiName = (typeof simulatedVersions)[number]['version']['name'];

/** The versions that a product serves: its newest, and all older ones. */
export function servedBy(api: ApiName): readonly SimulatedVersion[] {
	return simulatedVersions.slice(0, simulatedVersions.findIndex(({version}) => version.name === api) + 1).map(({version}) => version);
}

/** The build of the product whose newest version this is. */
export function productBuild(api: ApiName): string {
	return simulatedVersions.find(({version}) => version.name === api)?.build ?? '';
}
