import type {JobRecord} from '../../world/inventory.js';
import type {Run} from '../../world/run.js';
import type {ActiveEndTime, BackupTimes, ErrorCode, Wire, SimulatedVersion} from '../../wire/wire.js';
import type {JobState, World} from '../../world/world.js';
import type {WireAnswer} from '../exchange.js';
import {filteredRuns, runsOfJob, type BoundAppliesTo} from './session-filters.js';
import {pageOf, pageStartOf, type QueryParameters} from './paging.js';

export type Call = {
	version: SimulatedVersion;
	/** As in the request, in its case. */
	path: string;
	query: QueryParameters;
	parameters: Readonly<Record<string, string>>;
	now: number;
	world: World;
	build: string;
	boundAppliesTo: BoundAppliesTo;
	activeEndTime: ActiveEndTime;
};

export type RouteHandler = {
	/** Without the version, in lower case; `:name` stands for one part. */
	path: string;
	isAnonymous?: boolean;
	/** Absent: in all versions. */
	isIn?: (version: SimulatedVersion) => boolean;
	answer: (call: Call) => WireAnswer;
};

/** What can be read. */
export const routes: readonly RouteHandler[] = [
	{path: 'serviceinstance', answer: ({world, build}) => ok({installationId: world.inventory.installationId, version: build})},
	{path: 'health', isAnonymous: true, isIn: ({hasHealth}) => hasHealth, answer: () => ok({status: 'Healthy', entries: {configurationDb: {status: 'Healthy'}, nats: {status: 'Healthy'}}})},
	{path: 'historysettings', answer: () => ok({keepAllsessions: false, keeponlyLast: 53})},
	{path: 'jobsessions', answer: call => sessionPage(call)},
	{path: 'jobsessions/:id', answer: call => withSession(call, session => ok(call.version.session(session, call.activeEndTime)))},
	{path: 'jobsessions/:id/logitems', answer: call => logItemPage(call)},
	{path: 'jobsessions/:id/processedobjects', isIn: ({hasProcessedObjects}) => hasProcessedObjects, answer: call => withSession(call, session => page(call, call.world.processedObjects(session), object => call.version.processedObject?.(object) ?? {}))},
	{path: 'jobs', answer: call => collection(call, jobStates(call, 'Backup'), state => call.version.job(state))},
	{path: 'jobs/:id', answer: call => single(call, jobStates(call, 'Backup'), state => call.version.job(state))},
	{path: 'jobs/:id/jobsessions', isIn: ({hasSessionsOfJob}) => hasSessionsOfJob, answer: call => sessionPageOfJob(call)},
	{path: 'copyjobs', answer: call => collection(call, jobStates(call, 'Copy'), state => call.version.copyJob(state))},
	{path: 'copyjobs/:id', answer: call => single(call, jobStates(call, 'Copy'), state => call.version.copyJob(state))},
	{path: 'organizations', answer: call => collection(call, call.world.inventory.organizations, organization => call.version.organization(organization, backupTimes(call, organization.id)))},
	{path: 'backuprepositories', answer: call => collection(call, call.world.inventory.repositories, repository => call.version.repository(repository, call.world.inventory))},
	{path: 'proxies', answer: call => collection(call, call.world.inventory.proxies, proxy => call.version.proxy(proxy))},
	{path: 'proxypools', isIn: ({hasProxyPools}) => hasProxyPools, answer: call => collection(call, call.world.inventory.proxyPools, pool => call.version.proxyPool?.(pool) ?? {})},
];

function ok(json: unknown): WireAnswer {
	return {status: 200, json};
}

/** An error in the shape of the version. */
export function failure(version: SimulatedVersion, status: number, message: string, code: ErrorCode): WireAnswer {
	return {status, json: version.error(message, code)};
}

function malformed({version}: Call): WireAnswer {
	return failure(version, 400, 'The value of a request parameter is not valid.', 'ParameterValidationFailure');
}

function page<Result>(call: Call, results: Iterable<Result>, wireOf: (result: Result) => Wire, hasSetId = false): WireAnswer {
	const start = pageStartOf(call.query, call.version);
	return start ? ok(pageOf(results, {start, path: call.path, query: call.query, hasSetId}, wireOf)) : malformed(call);
}

function collection<Item>(call: Call, items: readonly Item[], wireOf: (item: Item) => Wire): WireAnswer {
	return call.version.hasPagedCollections ? page(call, items, wireOf) : ok(items.map(item => wireOf(item)));
}

function single(call: Call, states: readonly JobState[], wireOf: (state: JobState) => Wire): WireAnswer {
	const state = states.find(({job}) => job.id === call.parameters['id']);
	return state ? ok(wireOf(state)) : failure(call.version, 404, 'Job with the specified ID was not found.', 'ResourceNotFound');
}

function jobStates({world, now, query}: Call, type: JobRecord['type']): JobState[] {
	const organizationId = query['organizationid']?.toLowerCase();
	const repositoryId = query['repositoryid']?.toLowerCase();
	return world.jobsAt(now).filter(({job}) => job.type === type
		&& (organizationId === undefined || job.organizationRecord.id === organizationId)
		&& (repositoryId === undefined || job.repositoryRecord.id === repositoryId));
}

function sessionPage(call: Call): WireAnswer {
	const runs = filteredRuns(call.query, call.version, call);
	return runs ? pageOfRuns(call, runs) : malformed(call);
}

function sessionPageOfJob(call: Call): WireAnswer {
	const id = call.parameters['id'] ?? '';
	const isKnown = call.world.inventory.jobs.some(job => job.id === id && !job.isDeleted);
	return isKnown ? pageOfRuns(call, runsOfJob(call.world, id, call.now)) : failure(call.version, 404, 'Job with the specified ID was not found.', 'ResourceNotFound');
}

function pageOfRuns(call: Call, runs: Iterable<Run>): WireAnswer {
	const {version, world, now, activeEndTime} = call;
	return page(call, runs, run => version.session(world.sessionOf(run, now), activeEndTime), version.hasSetId);
}

function withSession(call: Call, answer: (session: NonNullable<ReturnType<World['session']>>) => WireAnswer): WireAnswer {
	const session = call.world.session(call.parameters['id'] ?? '', call.now);
	return session ? answer(session) : failure(call.version, 404, 'Job session with the specified ID was not found.', 'ResourceNotFound');
}

const logTypes = new Map(['Running', 'Warning', 'Error', 'Success', 'Stop'].map(type => [type.toLowerCase(), type]));

function logItemPage(call: Call): WireAnswer {
	return withSession(call, session => {
		const {query, version, world, now, activeEndTime} = call;
		let logItems = world.logItems(session, now);
		if (version.hasLogFilters && query['type'] !== undefined) {
			const type = logTypes.get(query['type'].toLowerCase());
			if (!type) {
				return malformed(call);
			}

			logItems = logItems.filter(logItem => logItem.type === type);
		}

		if (version.hasLogFilters && query['orderasc']?.toLowerCase() === 'false') {
			logItems = logItems.toReversed();
		}

		return page(call, logItems, logItem => version.logItem(logItem, session, activeEndTime));
	});
}

function backupTimes({world, now, query, version}: Call, organizationId: string): BackupTimes | undefined {
	const isExtended = query['extendedview'] === undefined ? version.extendedView : query['extendedview'].toLowerCase() === 'true';
	if (!isExtended) {
		return undefined;
	}

	const jobs = world.inventory.jobs.filter(job => job.organizationRecord.id === organizationId && !job.isDeleted);
	const last = jobs.map(job => world.jobState(job, now).lastBackup ?? -Infinity);
	const newest = Math.max(-Infinity, ...last);
	return Number.isFinite(newest) ? {first: world.epoch - 86_400_000, last: newest} : {first: undefined, last: undefined};
}
