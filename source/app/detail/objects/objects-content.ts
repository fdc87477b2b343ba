import {unreadable, valueOf, type Field} from '../../../model/field.js';
import type {LogItem} from '../../../model/log-item.js';
import type {ProcessedObject} from '../../../model/processed-object.js';
import {causesOf, type Cause} from '../../../triage/causes/causes.js';
import {readProblem} from '../../../triage/causes/problem-text.js';
import {fieldCell} from '../../shared/columns/columns.js';
import {fitCell} from '../../../ui/text/fit-cell.js';
import {count, counted} from '../../../ui/format.js';
import type {Cell, Tone} from '../../../ui/text/spans.js';
import {statusTone} from '../../shared/status-words.js';
import type {TableTab} from '../table-tab.js';
import {cutText, wrapText} from '../../../ui/text/text.js';

/** What is known of the objects of the session that is open. */
export type ObjectsList = {
	/** Undefined until the first answer. */
	readonly objects:
		| {readonly kind: 'listed'; readonly entries: readonly ProcessedObject[]; readonly isCut: boolean; readonly dropped: number}
		| {readonly kind: 'notInVersion' | 'gone'}
		| undefined;
	/** Why they could not be read the last time. */
	readonly failure: string | undefined;
};

/** What is known of the errors and warnings of its log. */
export type ProblemsRead = {
	/** Oldest first; undefined until they were read. */
	readonly items: readonly LogItem[] | undefined;
	/** Whether there are more than these. */
	readonly isCut: boolean;
	readonly hasFailed: boolean;
};

export type ObjectsOptions = {
	readonly list: ObjectsList;
	readonly problems: ProblemsRead;
	/** `v6`, `v7` or `v8`. */
	readonly version: string | undefined;
	/** Whether a session is open: a job that did not run has none. */
	readonly hasSession: boolean;
	readonly isActive: boolean;
	readonly width: number;
};

/** Lines that the names of one cause's objects take; the log has them all. */
const mostNameLines = 8;
const mostCauseLines = 3;
const statusWidth = 8;
const typeWidth = 6;
/** Below this width, names take the room below what is shown before a cause. */
const narrowWidth = 60;

/** The objects of a session: how many of each status, what failed and why by its log, then each of them, what failed first. */
export function objectsTab(options: ObjectsOptions): TableTab {
	const {list: {objects}, problems, width} = options;
	const entries = objects?.kind === 'listed' ? sortedByStatus(objects.entries) : [];
	const names = namesById(problems.items ?? []);
	const hasNames = names.size > 0 && entries.some(({id}) => names.has(bareId(id)));
	const causes = causesOf(problems.items ?? []);
	const said = options.hasSession
		? [...listLines(options), ...troubleLines(options, causes)]
		: wrapped('This job has no session in range, and so no objects; 4 has its earlier runs.', width);
	return {
		above: [...said, ...(entries.length === 0 ? [] : [[]])].map(cell => fitCell(cell, width)),
		heading: columns(width, [{text: 'STATUS', tone: 'dim'}], [{text: 'TYPE', tone: 'dim'}], [{text: hasNames ? 'NAME, WHERE A LINE OF THE LOG HAS THE ID' : 'ID', tone: 'dim'}]),
		rowCount: entries.length,
		rowAt: index => objectCells(entries[index]!, names, width),
	};
}

const ranks: ReadonlyMap<Field<string>, number> = new Map([['Failed', 0], ['Warning', 1], ['Success', 2]]);

const rankOf = (status: Field<string>) => ranks.get(status) ?? ranks.size;

function sortedByStatus(entries: readonly ProcessedObject[]): readonly ProcessedObject[] {
	return entries.toSorted((a, b) => rankOf(a.status) - rankOf(b.status));
}

function columns(width: number, ...[status, type, object]: readonly [Cell, Cell, Cell]): readonly Cell[] {
	return [fitCell([{text: ' '}, ...status], statusWidth + 2), fitCell(type, typeWidth + 1), fitCell(object, Math.max(1, width - statusWidth - typeWidth - 3))];
}

const none: Cell = [{text: '-', tone: 'dim'}];

function objectCells({id, type, status}: ProcessedObject, names: ReadonlyMap<string, string>, width: number): readonly Cell[] {
	const name = names.get(bareId(id));
	return columns(
		width,
		fieldCell(status, word => [{text: cutText(word, statusWidth), tone: statusTone(word)}], none),
		fieldCell(type, word => [{text: cutText(word, typeWidth)}], none),
		name === undefined ? [{text: id}] : [{text: name}, {text: `  ${id}`, tone: 'dim'}],
	);
}

// Ids come with dashes and without.
const bareId = (id: string) => id.replaceAll('-', '').toLowerCase();

const ids = /(?<![\w\-])(?:[\dA-Fa-f]{8}(?:-[\dA-Fa-f]{4}){3}-[\dA-Fa-f]{12}|[\dA-Fa-f]{20,})(?![\w\-])/gv;

/**
The names of objects by the ids that are shown beside them in lines of the log. What an object's id refers to is not documented:
a name is said only where a line has that very id, and no other line has it with another name.
*/
export function namesById(items: readonly LogItem[]): ReadonlyMap<string, string> {
	const names = new Map<string, string | undefined>();
	for (const {text} of items) {
		const said = valueOf(text) ?? '';
		const found = said.match(ids) ?? [];
		const name = found.length === 0 ? undefined : readProblem(said).object;
		for (const id of new Set(found.map(one => bareId(one)))) {
			if (name !== undefined && bareId(name) !== id) {
				names.set(id, names.has(id) && names.get(id) !== name ? undefined : name);
			}
		}
	}

	return new Map([...names].filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function listLines({list: {objects, failure}, version, isActive, width}: ObjectsOptions): readonly Cell[] {
	const failed: readonly Cell[] = failure === undefined ? [] : [[{text: ` ${objects ? 'not read again' : 'the objects could not be read'}: ${failure}`, tone: 'warning'}]];
	if (!objects) {
		return failed.length > 0 ? failed : [dim(' the objects are being read ...')];
	}

	if (objects.kind !== 'listed') {
		return [...wrapped(objects.kind === 'gone' ? 'The server no longer lists the objects of this session.' : lacking(version), width), ...failed];
	}

	const {entries, isCut, dropped} = objects;
	const notes = [
		...(isCut ? [dim(` the first ${count(entries.length)} alone: there are more`)] : []),
		...(dropped > 0 ? [[{text: ` ${counted(dropped, 'object')} could not be read`, tone: 'warning'} as const]] : []),
	];
	const counts: Cell = entries.length === 0 ? dim(` no object ${isActive ? 'is processed yet' : 'was processed'}`) : countsCell(entries);
	return [counts, ...notes, ...failed];
}

const lacking = (version: string | undefined) => `Objects: not in ${version ?? 'this version'}. It does not list what a session has processed; its log has a line for each object (2).`;

function dim(text: string): Cell {
	return [{text, tone: 'dim'}];
}

function wrapped(text: string, width: number): readonly Cell[] {
	return wrapText(text, width - 2, 4).map(line => [{text: ` ${line}`}]);
}

function countsCell(entries: readonly ProcessedObject[]): Cell {
	const statuses = tallied(entries.map(({status}) => word(status))).toSorted(([a], [b]) => rankOf(a) - rankOf(b));
	const types = tallied(entries.map(({type}) => word(type))).toSorted((a, b) => b[1] - a[1]);
	const spans = (tallies: ReadonlyArray<readonly [string, number]>, toneOf: (name: string) => Tone): Cell =>
		tallies.map(([name, amount]) => ({text: ` ${name} ${count(amount)} `, tone: toneOf(name)}));
	return [...spans(statuses, statusTone), {text: ' '}, ...spans(types, () => 'dim')];
}

const word = (field: Field<string>) => field === unreadable ? '?' : field ?? '-';

// In the order in which they first come.
function tallied(words: readonly string[]): ReadonlyArray<readonly [string, number]> {
	const tallies = new Map<string, number>();
	for (const one of words) {
		tallies.set(one, (tallies.get(one) ?? 0) + 1);
	}

	return [...tallies];
}

function troubleLines({list, problems, isActive, width}: ObjectsOptions, causes: readonly Cause[]): readonly Cell[] {
	const {items, isCut, hasFailed} = problems;
	if (!items) {
		return [[], dim(` WHY, BY THE LOG: ${hasFailed ? 'it could not be read' : 'not read yet'}`)];
	}

	const older = isCut ? ', older lines left out' : '';
	const amount = causes.length === 0 ? 'no errors and no warnings' : counted(causes.length, 'cause');
	const heading = wrapText(`WHY, BY THE LOG: ${amount}${isActive ? ' so far' : ''}${older}${namedWords(list, causes)}`, width - 2, 3);
	return [[], ...heading.map(line => dim(` ${line}`)), ...causes.flatMap(cause => causeLines(cause, width))];
}

// Whether the log names each object that failed; which name is which id it does not say.
function namedWords({objects}: ObjectsList, causes: readonly Cause[]): string {
	const named = new Set(causes.filter(({severity}) => severity === 'Error').flatMap(({objects: those}) => those)).size;
	if (objects?.kind !== 'listed') {
		return named === 0 ? '' : `, errors name ${counted(named, 'object')}`;
	}

	const failed = objects.entries.filter(({status}) => status === 'Failed').length;
	return named === 0 && failed === 0 ? '' : `, errors name ${counted(named, 'object')}, ${count(failed)} failed`;
}

function causeLines({severity, count: times, text, objects}: Cause, width: number): readonly Cell[] {
	const tone = statusTone(severity);
	const lead = ` ${severity.padEnd(7)} ${`${count(times)}x`.padStart(5)}  `;
	const left = width < narrowWidth ? 3 : lead.length + 2;
	const [first = '', ...more] = wrapText(text, width - lead.length, mostCauseLines);
	const names = wrapText(objects.join(', '), width - left, mostNameLines + 1);
	const shown = names.length > mostNameLines ? [...names.slice(0, mostNameLines - 1), `and more, ${counted(objects.length, 'object')} in all: see the log (2)`] : names;
	return [
		[{text: lead, tone}, {text: first}],
		...more.map(line => [{text: `${' '.repeat(lead.length)}${line}`}]),
		...shown.map(line => [{text: `${' '.repeat(left)}${line}`, tone: 'strong' as const}]),
	];
}
