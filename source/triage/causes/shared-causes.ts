import {valueOf} from '../../model/field.js';
import type {Proxy, Repository} from '../../model/named.js';
import {causeKey} from './cause-key.js';
import {mostObjects, type Cause} from './causes.js';

/** The infrastructure that a job uses; undefined where the server does not say it. */
export type Infrastructure = {
	readonly organizationId: string | undefined;
	readonly proxyId: string | undefined;
	readonly repositoryId: string | undefined;
};

/** The run of a job that failed, was disconnected, waits or newly warns; its causes as `causesOf` orders them. */
export type Trouble = Infrastructure & {readonly sessionKey: string; readonly causes: readonly Cause[]};

/** What may cause several troubles. */
export type By = {readonly of: 'organization' | 'proxy' | 'repository'; readonly id: string};

/** A cause that several jobs share. */
export type Shared = {
	/** Counts, objects and times of all the jobs; where no job says one, the server's words about the part. */
	readonly cause: Cause;
	readonly jobs: number;
	/** Session keys, in the order of the troubles. */
	readonly sessions: readonly string[];
	/** What the jobs have in common and others have not, or what is in trouble itself. */
	readonly by: By | undefined;
};

/** The parts of the server's infrastructure by id. */
export type ServerNames = {
	readonly proxies: ReadonlyMap<string, Proxy>;
	readonly repositories: ReadonlyMap<string, Repository>;
	/** The infrastructure of each watched job, those in trouble among them: what all jobs have in common explains nothing. */
	readonly all: readonly Infrastructure[];
};

const kinds = ['organization', 'proxy', 'repository'] as const satisfies ReadonlyArray<By['of']>;

// Where a cause names a kind of part, that part comes before others that fit as well.
const words: Readonly<Record<By['of'], RegExp>> = {
	organization: /aadsts|tenant|organization/v,
	proxy: /proxy/v,
	repository: /repositor|object storage|bucket|disk/v,
};

/**
The causes that two or more jobs share, the biggest first; each trouble is in one group at most, by its first cause. Troubles that share no
text are one group where they use a part that is in trouble itself: a proxy that is offline, a repository out of order.
*/
export function sharedCauses(troubles: readonly Trouble[], infrastructure: ServerNames): readonly Shared[] {
	const {proxies, repositories, all} = infrastructure;
	const partOf = infrastructureReader(repositories);
	const sizes = sizesOf(all, partOf);
	const inTrouble = (trouble: Trouble) => partsInTrouble(trouble, partOf, {proxies, repositories});

	const groups = new Map<string, Group>();
	for (const group of byText(troubles)) {
		const by = commonTrouble(group, inTrouble) ?? common(group, {partOf, sizes, watched: all.length});
		addTo(groups, by?.isInTrouble ? `part ${by.id}` : `text ${group[0]!.sessionKey}`, group, by);
	}

	const isGrouped = new Set([...groups.values()].flatMap(({members}) => members.map(({sessionKey}) => sessionKey)));
	for (const trouble of troubles) {
		const by = isGrouped.has(trouble.sessionKey) ? undefined : inTrouble(trouble)[0];
		if (by) {
			addTo(groups, `part ${by.id}`, [trouble], by);
		}
	}

	return [...groups.values()]
		.filter(({members}) => members.length > 1)
		.map(group => sharedOf(group, troubles, infrastructure))
		.toSorted((a, b) => b.jobs - a.jobs || b.cause.count - a.cause.count);
}

type Found = By & {readonly isInTrouble: boolean};
type Group = {readonly members: Trouble[]; readonly by: Found | undefined};
type InfrastructureReader = (uses: Infrastructure, of: By['of']) => string | undefined;

function addTo(groups: Map<string, Group>, key: string, members: readonly Trouble[], by: Found | undefined): void {
	const group = groups.get(key);
	if (group) {
		group.members.push(...members);
	} else {
		groups.set(key, {members: [...members], by});
	}
}

/** Troubles with the same first cause, at least two each. */
function byText(troubles: readonly Trouble[]): ReadonlyArray<readonly Trouble[]> {
	const explained = troubles.filter(({causes}) => causes.length > 0);
	return [...Map.groupBy(explained, ({causes}) => causes[0]!.key).values()].filter(group => group.length > 1);
}

// A session of v6 does not name its proxy, but its repository does.
function infrastructureReader(repositories: ServerNames['repositories']): InfrastructureReader {
	return ({organizationId, proxyId, repositoryId}, of) => ({
		organization: organizationId,
		proxy: proxyId ?? valueOf(repositories.get(repositoryId ?? '')?.proxyId),
		repository: repositoryId,
	}[of]);
}

/** How many of the watched jobs use each part. */
function sizesOf(all: readonly Infrastructure[], partOf: InfrastructureReader): ReadonlyMap<string, number> {
	const sizes = new Map<string, number>();
	for (const uses of all) {
		for (const of of kinds) {
			const id = partOf(uses, of);
			const key = `${of} ${id}`;
			sizes.set(key, (sizes.get(key) ?? 0) + 1);
		}
	}

	return sizes;
}

/** The parts of a job that are in trouble themselves. A proxy comes first: its repositories are out of order with it. */
function partsInTrouble(uses: Infrastructure, partOf: InfrastructureReader, {proxies, repositories}: Pick<ServerNames, 'proxies' | 'repositories'>): readonly Found[] {
	const proxy = partOf(uses, 'proxy') ?? '';
	const repository = partOf(uses, 'repository') ?? '';
	const isOffline = valueOf(proxies.get(proxy)?.status) === 'Offline';
	const isOutOfOrder = (valueOf(repositories.get(repository)?.outOfOrderReason) ?? '') !== '';
	return [
		...(isOffline ? [{of: 'proxy', id: proxy, isInTrouble: true} as const] : []),
		...(isOutOfOrder ? [{of: 'repository', id: repository, isInTrouble: true} as const] : []),
	];
}

function commonTrouble(group: readonly Trouble[], inTrouble: (trouble: Trouble) => readonly Found[]): Found | undefined {
	const ofEach = group.map(trouble => new Set(inTrouble(trouble).map(({id}) => id)));
	return inTrouble(group[0]!).find(({id}) => ofEach.every(ids => ids.has(id)));
}

type Surroundings = {readonly partOf: InfrastructureReader; readonly sizes: ReadonlyMap<string, number>; readonly watched: number};

/** The part that all of a group use, and fewest others; undefined where only parts of every watched job are shared. */
function common(group: readonly Trouble[], {partOf, sizes, watched}: Surroundings): Found | undefined {
	const {key} = group[0]!.causes[0]!;
	const [closest] = kinds
		.map(of => ({of, id: partOf(group[0]!, of)}))
		.filter(({of, id}) => id !== undefined && group.every(trouble => partOf(trouble, of) === id))
		.map(({of, id}) => ({of, id: id!, size: sizes.get(`${of} ${id!}`) ?? 0, isNamed: words[of].test(key)}))
		.filter(({size}) => size < watched)
		.toSorted((a, b) => a.size - b.size || Number(b.isNamed) - Number(a.isNamed));
	return closest && {of: closest.of, id: closest.id, isInTrouble: false};
}

function sharedOf({members, by}: Group, troubles: readonly Trouble[], infrastructure: ServerNames): Shared {
	const isMember = new Set(members);
	const sessions = troubles.filter(trouble => isMember.has(trouble)).map(({sessionKey}) => sessionKey);
	return {cause: causeOfAll(members) ?? causeOfPart(by!, infrastructure), jobs: sessions.length, sessions, by: by && {of: by.of, id: by.id}};
}

/** The cause that most of them name first, of all that do. */
function causeOfAll(members: readonly Trouble[]): Cause | undefined {
	const firsts = members.flatMap(({causes}) => causes.slice(0, 1));
	const [same] = [...Map.groupBy(firsts, ({key}) => key).values()].toSorted((a, b) => b.length - a.length);
	return same && together(same);
}

/** One cause in several jobs. */
function together(causes: readonly Cause[]): Cause {
	const {key, text} = causes[0]!;
	const firsts = causes.flatMap(cause => cause.firstAt ?? []);
	const lasts = causes.flatMap(cause => cause.lastAt ?? []);
	return {
		key, text,
		severity: causes.some(({severity}) => severity === 'Error') ? 'Error' : 'Warning',
		count: causes.map(({count}) => count).reduce((sum, count) => sum + count, 0),
		objects: [...new Set(causes.flatMap(({objects}) => objects))].slice(0, mostObjects),
		firstAt: firsts.length === 0 ? undefined : Math.min(...firsts),
		lastAt: lasts.length === 0 ? undefined : Math.max(...lasts),
	};
}

/** The server's words about a part in trouble, as the cause of jobs whose logs name none. */
function causeOfPart({of, id}: By, {proxies, repositories}: ServerNames): Cause {
	const text = valueOf(of === 'proxy' ? proxies.get(id)?.status : repositories.get(id)?.outOfOrderReason) ?? '';
	return {key: causeKey(text), text, severity: 'Error', count: 0, objects: [], firstAt: undefined, lastAt: undefined};
}
