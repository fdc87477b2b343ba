import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {test, type TestContext} from 'node:test';
import {Ajv, type ValidateFunction} from 'ajv';
import formats from 'ajv-formats';
import {scenarios, type ScenarioName} from '../../../source/simulator/scenarios/scenarios.js';
import {epoch, readAll, simulate, type Json} from '../support/api.js';

const folder = new URL('../../../../shared/reference/openapi/', import.meta.url);
const skip = existsSync(folder) ? false : `the OpenAPI files are not at ${folder.pathname}`;

/** The schemas require nothing; these are the fields that an answer is useless without. */
const mustHave: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
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

/** Adds `additionalProperties: false` to each object that does not say otherwise, in place. */
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

		// OpenAPI 3.0 says null with `nullable` alone, ajv wants it among the values too.
		if (part['nullable'] === true && Array.isArray(part['enum'])) {
			part['enum'] = [...part['enum'] as unknown[], null];
		}

		for (const child of Object.values(part)) {
			close(child);
		}
	}
}

/** Checks against a schema by its name, closed and with its must-have fields. */
function checkerOf(version: string): (name: string, value: unknown) => void {
	const document = JSON.parse(readFileSync(new URL(`${version}.json`, folder), 'utf8')) as Json;
	const schemas = document['components'].schemas as Record<string, Json>;
	close(schemas);
	for (const [name, fields] of Object.entries({...inAllVersions, ...mustHave[version]})) {
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

const collections = {Jobs: 'RESTJob', CopyJobs: 'RESTCopyJob', Organizations: 'RestOrganizationComposed', BackupRepositories: 'RESTBackupRepository', Proxies: 'RESTProxy', ProxyPools: 'RESTProxyPool'};

for (const version of ['v6', 'v7', 'v8']) {
	test(`${version}: each kind of answer has the shape of its schema`, {skip}, async (t: TestContext) => {
		const check = checkerOf(version);
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

	test(`${version}: each name of a query, and the hostile night but for what is bent on purpose`, {skip}, async (t: TestContext) => {
		const check = checkerOf(version);
		const {simulator, read, signIn} = await simulate(t, {scenario: 'hostile'});
		const {json} = await signIn(version);
		const get = async (path: string) => read(`/${version}/${path}`, json['access_token'] as string);
		await checkCollections(version, {check, get});
		const bent = new Set(simulator.world.sessionsAt(epoch).filter(({run: {overrides}}) => overrides && !overrides.details).map(({id}) => id));
		t.assert.strictEqual(bent.size, 3);
		const sessions = await readAll(get, 'JobSessions', 10);
		const straight = sessions.filter(({id}) => !bent.has(id as string));
		for (const session of straight) {
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

const inPractice = (Object.keys(scenarios) as ScenarioName[]).filter(scenario => !['demo', 'clean', 'empty', 'hostile', 'msp'].includes(scenario));

for (const version of ['v6', 'v7', 'v8']) {
	test(`${version}: what each night shows has the shape of its schema`, {skip}, async (t: TestContext) => {
		const check = checkerOf(version);
		for (const scenario of inPractice) {
			const {read, signIn} = await simulate(t, {scenario, faults: []});
			const {json} = await signIn(version);
			const get = async (path: string) => read(`/${version}/${path}`, json['access_token'] as string);
			await checkCollections(version, {check, get});
			const {json: page} = await get('JobSessions?limit=30');
			check('PageOfRESTJobSession', page);
			for (const {id} of page['results'] as Json[]) {
				check('PageOfRESTLogItem', (await get(`JobSessions/${id as string}/LogItems?limit=50`)).json);
			}
		}
	});
}

type Checked = {check: (name: string, value: unknown) => void; get: (path: string) => Promise<{status: number; json: Json}>};

async function checkCollections(version: string, {check, get}: Checked): Promise<void> {
	for (const [path, name] of Object.entries(collections)) {
		for (const query of ['', '?limit=3', '?extendedView=true', '?extendedView=false']) {
			const {status, json} = await get(path + query);
			if (path === 'ProxyPools' && version !== 'v8') {
				assert.equal(status, 404);
			} else if (version === 'v8') {
				check(`PageOf${name}`, json);
			} else {
				assert.ok(Array.isArray(json));
				for (const thing of json) {
					check(name, thing);
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
