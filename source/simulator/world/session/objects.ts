import type {Workload} from '../values.js';
import type {JobRecord} from '../inventory.js';
import {problemsOf, type ProblemLine} from '../outcomes.js';
import {digits, fraction, uuid} from '../random.js';
import type {Run} from '../run.js';

const firstNames = ['ann', 'bob', 'carla', 'dmitri', 'elif', 'farid', 'grace', 'hiro', 'ines', 'jonas', 'kofi', 'lena', 'mateo', 'nadia', 'oscar', 'priya', 'quentin', 'rosa', 'sven', 'tara'];
const lastNames = ['abbott', 'berg', 'costa', 'dube', 'egger', 'fischer', 'garcia', 'haddad', 'ito', 'jensen', 'kowalski', 'lopez', 'moreau', 'nowak', 'ortiz', 'petrov', 'rossi', 'sato', 'tran', 'weber'];
const departments = ['Finance', 'Sales', 'Research', 'Legal', 'HR', 'Logistics', 'Marketing', 'Support', 'Board', 'Facilities', 'Engineering', 'Quality'];

type ObjectKind = {type: 'User' | 'Site' | 'Team'; doing: string; copying: string; name: (index: number, domain: string) => string};

const objectKinds: Readonly<Record<Exclude<Workload, 'all'>, ObjectKind>> = {
	mail: {type: 'User', doing: 'Processing mailbox:', copying: 'Copying mailbox:', name: (index, domain) => `${person(index)}@${domain}`},
	oneDrive: {type: 'User', doing: 'Processing OneDrive:', copying: 'Copying OneDrive:', name: (index, domain) => `${person(index)}@${domain}`},
	sites: {type: 'Site', doing: 'Processing site:', copying: 'Copying site:', name: (index, domain) => `https://${domain.split('.', 1)[0]}.sharepoint.com/sites/${department(index).replaceAll(' ', '-')}`},
	teams: {type: 'Team', doing: 'Processing team:', copying: 'Copying team posts:', name: index => department(index)},
};
const allKinds = ['mail', 'mail', 'oneDrive', 'sites', 'teams'] as const;

function person(index: number): string {
	const round = Math.floor(index / (firstNames.length * lastNames.length));
	return `${firstNames[index % firstNames.length]}.${lastNames[Math.floor(index / firstNames.length) % lastNames.length]}${round === 0 ? '' : round + 1}`;
}

function department(index: number): string {
	return `${departments[index % departments.length]} ${Math.floor(index / departments.length) + 1}`;
}

function kindOf(job: JobRecord, index: number): ObjectKind {
	return objectKinds[job.workload === 'all' ? allKinds[index % allKinds.length] ?? 'mail' : job.workload];
}

/** The line of one object while it is processed. */
export function objectLine(job: JobRecord, index: number): string {
	const kind = kindOf(job, index);
	return `${job.type === 'Copy' ? kind.copying : kind.doing} ${kind.name(index, job.organizationRecord.name)}`;
}

export type ObjectProblem = {index: number; type: ProblemLine['type']; message: string};

/** The problems of a run, by the index of the object. */
export function objectProblems(run: Run): ObjectProblem[] {
	const {objects} = run.totals;
	// The count of objects differs a little from run to run; a known problem must stay with its object.
	const inEachRun = Math.min(objects, Math.floor(run.job.objects * 0.98));
	const problems: ObjectProblem[] = [];
	const taken = new Set<number>();
	for (const [order, line] of problemsOf(run.outcome, run.job.workload).entries()) {
		for (let count = 0; count < Math.min(line.objects, objects); count++) {
			let index = Math.floor(line.isKnown ? fraction(run.job.id, 'problem', line.text, count) * inEachRun : fraction(run.id, 'problem', order, count) * objects);
			while (taken.has(index)) {
				index = (index + 1) % objects;
			}

			taken.add(index);
			problems.push({index, type: line.type, message: filledIn(line.text, run.job, {index})});
			if (taken.size >= objects) {
				return problems.toSorted((left, right) => left.index - right.index);
			}
		}
	}

	return problems.toSorted((left, right) => left.index - right.index);
}

/** The text of a problem with the names of one object of the job filled in. */
export function filledIn(text: string, job: JobRecord, {index, failed = 0}: {index: number; failed?: number}): string {
	const name = kindOf(job, index).name(index, job.organizationRecord.name);
	const words: Readonly<Record<string, string>> = {object: name, url: name, guid: uuid(job.id, 'object', index), thumbprint: digits(job.organizationRecord.id).toUpperCase(), count: String(failed)};
	return text.replaceAll(/\{(?<word>\w+)\}/gv, (whole, word: string) => words[word] ?? whole);
}

export type ObjectRecord = {id: string; type: ObjectKind['type']; status: 'Success' | 'Warning' | 'Failed'};

/** The first `progress` objects of a run. */
export function processedObjects(run: Run, progress: number): ObjectRecord[] {
	const problems = new Map(objectProblems(run).map(problem => [problem.index, problem]));
	return Array.from({length: progress}, (_, index) => {
		const problem = problems.get(index);
		const status = problem === undefined ? 'Success' : (problem.type === 'Error' ? 'Failed' : 'Warning');
		return {id: digits(run.job.id, 'object', index).slice(0, 32), type: kindOf(run.job, index).type, status};
	});
}
