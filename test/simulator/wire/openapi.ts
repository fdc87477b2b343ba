import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {test, type TestContext} from 'node:test';
import {Ajv, type ValidateFunction} from 'ajv';
import formats from 'ajv-formats';
import {scenarios, type ScenarioName} from '../../../source/simulator/scenarios/scenarios.js';
import {epoch, readAll, simulate, type Json} from '../support/api.js';

const folder = new URL('../../../../shared/reference/openapi/', import.meta.url);
const skip = existsSync(folder) ? false : `the OpenAPI files are not at ${folder.pathname}`;

/** The schemas require no field; these are the ones that a client needs. */
const required: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
	v6: {
		RESTJobSession: ['id', 'details', 'creationTime', 'endTime', 'retryCount', 'progress', 'status', 'statistics', '_links'],
		RESTLogItem: ['id', 'usn', 'title', 'creationTime', '_links'],
		RESTJob: ['id', 'name', 'backupType', 'repositoryId', 'isEnabled', 'lastStatus', 'schedulePolicy', 'selectedItems', '_links'],
		RESTCopyJob: ['id', 'name', 'repositoryId', 'backupJobId', 'isEnabled', 'lastStatus', 'schedulePolicy', '_links'],
		RESTProxy: ['id', 'hostName', 'port', 'type', 'status', 'threadsNumber'],
		RESTBackupRepository: ['id', 'name', 'path', 'isOutOfSync', 'capacityBytes', 'freeSpaceBytes'],
		RestOrganizationComposed: ['id', 'name', 'officeName', 'type', 'region'],
		RESTExceptionInfo: ['message'],
	},
	v7: {
		RESTJobSession: ['id', 'repositoryId', 'creationTime', 'retryCount', 'jobWillBeRetried', 'progress', 'jobType', 'status', 'statistics', '_links'],
		RESTLogItem: ['id', 'usn', 'title', 'creationTime', '_links'],
		RESTJob: ['id', 'name', 'backupType', 'repositoryId', 'isEnabled', 'lastStatus', 'schedulePolicy', 'selectedItems', '_links'],
		RESTCopyJob: ['id', 'name', 'repositoryId', 'backupJobId', 'isEnabled', 'lastStatus', 'schedulePolicy', '_links'],
		RESTProxy: ['id', 'hostName', 'fqdn', 'port', 'type', 'status', 'threadsNumber'],
		RESTBackupRepository: ['id', 'name', 'path', 'isOutOfSync', 'capacityBytes', 'freeSpaceBytes'],
		RestOrganizationComposed: ['id', 'name', 'officeName', 'type', 'region'],
		RESTExceptionInfo: ['message', 'errorCode'],
		RESTJobSessionObject: ['id', 'type', 'status'],
	},
	v8: {
		RESTJobSession: ['id', 'jobId', 'repositoryId', 'creationTime', 'retryCount', 'jobWillBeRetried', 'progress', 'jobType', 'jobSessionConfigType', 'status', 'statistics', 'eTag', '_links'],
		RESTLogItem: ['id', 'usn', 'type', 'message', 'creationTime'],
		RESTJob: ['id', 'organizationId', 'name', 'backupType', 'repositoryId', 'isEnabled', 'lastStatus', 'schedulePolicy', 'eTag', '_links'],
		RESTCopyJob: ['id', 'organizationId', 'name', 'repositoryId', 'backupJobId', 'isEnabled', 'lastStatus', 'schedulePolicy', 'eTag', '_links'],
		RESTProxy: ['id', 'hostName', 'fqdn', 'port', 'type', 'status', 'operatingSystem', 'maintenanceModeState'],
		RESTProxyPool: ['id', 'name'],
		RESTBackupRepository: ['id', 'name', 'isOutOfSync', 'isOutOfOrder', 'isOutdated'],
		RestOrganizationComposed: ['id', 'name', 'officeName', 'type', 'region', 'msid'],
		RESTExceptionInfo: ['message', 'errorCode', 'stackTrace'],
		RESTJobSessionObject: ['id', 'type', 'status'],
		RESTHealthReport: ['status', 'entries'],
	},
};
const inAllVersions: Readonly<Record<string, readonly string[]>> = {
	RESTServiceInstance: ['installationId', 'version'],
	RESTHistorySettings: ['keepAllsessions', 'keeponlyLast'],
	RESTJobStatistics: ['processingRateBytesPS', 'processingRateItemsPS', 'readRateBytesPS', 'writeRateBytesPS', 'transferredDataBytes', 'processedObjects', 'bottleneck'],
	RESTLinkHAL: ['href'],
};

/** Changes a schema so that each object allows no unknown properties unless it says so. */
function close(schema: unknown): void {
	if (Array.isArray(schema)) {
		for (const part of schema) {
			close(part);
		}
	} else if (typeof schema === 'object' && schema !== null) {
		const part = schema as Json;
		if (part['type'] === 'object' && typeof part['properties'] === 'object' && part['additionalProperties'] === undefined) {
			part['additionalProperties'] = false;
		}

		// OpenAPI 3.0 allows null by `nullable` alone, ajv requires it among the values too.
		if (part['nullable'] === true && Array.isArray(part['enum'])) {
			part['enum'] = [...part['enum'] as unknown[], null];
		}

		for (const child of Object.values(part)) {
			close(child);
		}
	}
}

type Check = (name: string, value: unknown) => void;

/** Checks a value against a schema by its name, without unknown fields and with the required ones. */
function makeCheck(version: string): Check {
	const document = JSON.parse(readFileSync(new URL(`${version}.json`, folder), 'utf8')) as Json;
	const schemas = document['components'].schemas as Record<string, Json>;
	close(schemas);
	for (const [name, fields] of Object.entries({...inAllVersions, ...required[version]})) {
		assert.ok(schemas[name], `${version} has no schema ${name}`);
		schemas[name]['required'] = fields;
	}

	const ajv = new Ajv({strict: false, allErrors: true});
	formats.default(ajv);
	ajv.addSchema(document, version);
	const validators = new Map<string, ValidateFunction>();
	return (name, value) => {
		const validate = validators.get(name) ?? ajv.compile({$ref: `${version}#/components/schemas/${name}`});
		validators.set(name, validate);
		assert.ok(validate(value), `${version} ${name}: ${ajv.errorsText(validate.errors)}`);
	};
}

const checks = new Map<string, Check>();

/** One for each version: compiling schemas takes longer than using them. */
function checkOf(version: string): Check {
	const check = checks.get(version) ?? makeCheck(version);
	checks.set(version, check);
	return check;
}

const versions = ['v6', 'v7', 'v8'] as const;
const collections = {Jobs: 'RESTJob', CopyJobs: 'RESTCopyJob', Organizations: 'RestOrganizationComposed', BackupRepositories: 'RESTBackupRepository', Proxies: 'RESTProxy', ProxyPools: 'RESTProxyPool'};

for (const version of versions) {
	test(`${version}: each kind of answer has the shape of its schema`, {skip}, async (t: TestContext) => {
		const check = checkOf(version);
		const {simulator, time, read, signIn} = await simulate(t, {pace: 30});
		const signedIn = await signIn(version);
		check('OAuthTokenResponse', signedIn.json);
		const token = signedIn.json['access_token'] as string;
		const get = async (path: string) => read(`/${version}/${path}`, token);
		time.now = epoch + 33_000;
		check('RESTServiceInstance', (await get('ServiceInstance')).json);
		check('RESTHistorySettings', (await get('HistorySettings')).json);
		check('RESTExceptionInfo', (await get('JobSessions/none')).json);
		for (const path of ['JobSessions?limit=10000', 'JobSessions?offset=30', 'JobSessions?jobType=Copy']) {
			check('PageOfRESTJobSession', (await get(path)).json);
		}

		await checkCollections(version, {check, get});
		const statuses = Map.groupBy(simulator.world.sessionsAt(time.now), ({status}) => status);
		t.assert.ok(statuses.size >= 8);
		for (const [{id}] of statuses.values() as Iterable<[{id: string}]>) {
			await checkSession(version, id, {check, get});
		}
	});

	test(`${version}: each name of a query, and the hostile scenario but for the rows with overrides`, {skip}, async (t: TestContext) => {
		const check = checkOf(version);
		const {simulator, read, signIn} = await simulate(t, {scenario: 'hostile'});
		const {json} = await signIn(version);
		const get = async (path: string) => read(`/${version}/${path}`, json['access_token'] as string);
		await checkCollections(version, {check, get});
		const overridden = new Set(simulator.world.sessionsAt(epoch).filter(({run: {overrides}}) => overrides && !overrides.details).map(({id}) => id));
		t.assert.strictEqual(overridden.size, 3);
		const sessions = await readAll(get, 'JobSessions', 10);
		const others = sessions.filter(({id}) => !overridden.has(id as string));
		for (const session of others) {
			check('RESTJobSession', session);
		}

		const odd = sessions.find(session => session['status'] === 'Updating');
		t.assert.throws(() => {
			check('RESTJobSession', odd);
		}, /status must be equal to one of the allowed values/v);
		const talkative = simulator.world.sessionsAt(epoch).find(({run}) => run.job.key === 'talkative');
		const logItems = await readAll(get, `JobSessions/${talkative?.id}/LogItems`, 1000);
		t.assert.strictEqual(logItems.length, 5000);
	});
}

const otherScenarios = (Object.keys(scenarios) as ScenarioName[]).filter(scenario => !['demo', 'clean', 'empty', 'hostile', 'msp'].includes(scenario));

for (const scenario of otherScenarios) {
	test(`${scenario}: its answers have the shape of their schemas in all versions`, {skip}, async (t: TestContext) => {
		const {read, signIn} = await simulate(t, {scenario, faults: []});
		const {json} = await signIn();
		for (const version of versions) {
			const check = checkOf(version);
			const get = async (path: string) => read(`/${version}/${path}`, json['access_token'] as string);
			await checkCollections(version, {check, get, queries: ['']});
			const {json: page} = await get('JobSessions?limit=30');
			check('PageOfRESTJobSession', page);
			const sessions = page['results'] as Json[];
			for (const [session] of Map.groupBy(sessions, ({status, retryCount}) => `${status} ${retryCount}`).values()) {
				check('PageOfRESTLogItem', (await get(`JobSessions/${session!['id'] as string}/LogItems?limit=50`)).json);
			}
		}
	});
}

type Checked = {check: Check; get: (path: string) => Promise<{status: number; json: Json}>};

async function checkCollections(version: string, {check, get, queries = ['', '?limit=3', '?extendedView=true', '?extendedView=false']}: Checked & {queries?: readonly string[]}): Promise<void> {
	for (const [path, name] of Object.entries(collections)) {
		for (const query of queries) {
			const {status, json} = await get(path + query);
			if (path === 'ProxyPools' && version !== 'v8') {
				assert.equal(status, 404);
			} else if (version === 'v8') {
				check(`PageOf${name}`, json);
			} else {
				assert.ok(Array.isArray(json));
				for (const row of json) {
					check(name, row);
				}
			}
		}
	}
}

async function checkSession(version: string, id: string, {check, get}: Checked): Promise<void> {
	check('RESTJobSession', (await get(`JobSessions/${id}`)).json);
	check('PageOfRESTLogItem', (await get(`JobSessions/${id}/LogItems?limit=10000`)).json);
	const {status, json} = await get(`JobSessions/${id}/ProcessedObjects?limit=10000`);
	if (version === 'v6') {
		assert.equal(status, 404);
	} else {
		check('PageOfRESTJobSessionObject', json);
	}
}
