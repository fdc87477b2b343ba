/*
A reporter for node:test that scripts/test.ts reads: a line of JSON for each test that failed or was skipped, and one
at the end of the run. A run without the last line has crashed.
*/
import path from 'node:path';
import process from 'node:process';
import {inspect, stripVTControlCharacters} from 'node:util';
import type {TestEvent} from 'node:test/reporters';

export type TestRecord =
	| EndRecord
	| {readonly kind: 'failure'; readonly name: string; readonly where: string; readonly text: string}
	| {readonly kind: 'skip'; readonly name: string; readonly reason: string}
	/** What Node says of the run, for example an error after the end of a test. */
	| {readonly kind: 'diagnostic'; readonly text: string};

export type EndRecord = {
	readonly kind: 'end';
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
	/** What Node says: false also where something failed outside of all tests. */
	readonly isSuccess: boolean;
	/** Milliseconds of the tests of each file, by the path of the file in the project. */
	readonly files: Readonly<Record<string, number>>;
};

type Result = Extract<TestEvent, {readonly type: 'test:pass' | 'test:fail'}>['data'];
type Failure = Extract<TestEvent, {readonly type: 'test:fail'}>['data'];

/** Turns the events of a run into records. */
export class TestRecorder {
	#passed = 0;
	#failed = 0;
	#skipped = 0;
	#isSuccess = true;
	readonly #files = new Map<string, number>();
	// The names of the tests that have begun, by depth.
	readonly #names: string[] = [];

	/** The record of an event, if it has one. */
	record(event: TestEvent): TestRecord | undefined {
		// eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- the other events are of no use here
		switch (event.type) {
			case 'test:start': {
				this.#names.length = event.data.nesting;
				this.#names.push(event.data.name);
				return undefined;
			}

			case 'test:pass': {
				return this.#pass(event.data);
			}

			case 'test:fail': {
				return this.#fail(event.data);
			}

			case 'test:diagnostic': {
				return /^\w+ [\d.]+$/v.test(event.data.message) ? undefined : {kind: 'diagnostic', text: event.data.message};
			}

			case 'test:summary': {
				this.#isSuccess &&= event.data.success;
				return undefined;
			}

			default: {
				return undefined;
			}
		}
	}

	/** The last record of the run. */
	end(): EndRecord {
		return {kind: 'end', passed: this.#passed, failed: this.#failed, skipped: this.#skipped, isSuccess: this.#isSuccess, files: Object.fromEntries(this.#files)};
	}

	#pass(result: Result): TestRecord | undefined {
		this.#addTime(result);
		if (result.details.type === 'suite') {
			return undefined;
		}

		const {skip, todo} = result;
		if (!isSet(skip) && !isSet(todo)) {
			this.#passed++;
			return undefined;
		}

		this.#skipped++;
		const reason = [skip, todo].find(said => typeof said === 'string' && said !== '') ?? 'no reason given';
		return {kind: 'skip', name: this.#nameOf(result), reason: String(reason)};
	}

	#fail(result: Failure): TestRecord | undefined {
		const {error, type} = result.details;
		const cause = error.cause as {readonly failureType?: unknown} | undefined;
		const isOfSubtests = (error as {readonly failureType?: unknown}).failureType === 'subtestsFailed' || cause?.failureType === 'subtestsFailed';
		this.#addTime(result);
		// Suites are not counted, but their hooks can fail.
		if (type !== 'suite' || !isOfSubtests) {
			this.#failed++;
		}

		return isOfSubtests
			? undefined
			: {kind: 'failure', name: this.#nameOf(result), where: `${relative(result.file)}:${result.line ?? 1}`, text: errorText(error)};
	}

	#nameOf({name, nesting}: Result): string {
		return [...this.#names.slice(0, nesting), name].join(' > ');
	}

	#addTime({file, nesting, details}: Result): void {
		if (nesting === 0) {
			this.#files.set(relative(file), (this.#files.get(relative(file)) ?? 0) + details.duration_ms);
		}
	}
}

export default async function * report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
	const recorder = new TestRecorder();
	for await (const event of events) {
		const record = recorder.record(event);
		if (record) {
			yield `${JSON.stringify(record)}\n`;
		}
	}

	yield `${JSON.stringify(recorder.end())}\n`;
}

const isSet = (said: string | boolean | undefined) => said !== undefined && said !== false;

function relative(file: string | undefined): string {
	return file === undefined ? '' : path.relative(process.cwd(), path.resolve(file));
}

function errorText(error: Error): string {
	const text = inspect(error.cause ?? error, {depth: 6});
	return stripVTControlCharacters(text).split('\n').filter(line => !/^\s+at .*node:internal/v.test(line)).join('\n');
}
