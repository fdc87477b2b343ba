import {openSync} from 'node:fs';
import process from 'node:process';
import {ReadStream} from 'node:tty';
import chalk from 'chalk';
import {render, useApp} from 'ink';
import {useLayoutEffect, type ReactNode} from 'react';
import {UsageError} from '../model/errors.js';
import {StyleContext} from '../ui/appearance-context.js';
import type {Drawing} from '../ui/drawing.js';
import {InputContext} from '../app/use-inputs.js';
import {createInputEmitter, openKeyboard, silentStdin, type InputEmitter} from '../terminal/keyboard.js';
import {drawAnew, restoreTerminal, TerminalOutput} from '../terminal/output.js';
import {followJobControl} from '../terminal/job-control.js';
import {chalkLevels, styleOf, type Appearance} from './appearance.js';
import {beforeCrash} from './crash.js';
import type {Environment, Io} from './io.js';

/** The terminal while vbtop has it: what is shown replaces what was. */
export type TerminalScreen = {
	readonly show: (node: ReactNode) => void;
	/** Columns and rows of the terminal now. */
	readonly size: () => {readonly columns: number; readonly rows: number};
	/** The pieces that lines and figures are drawn of. */
	readonly drawing: Drawing;
	/** Draws everything anew, whatever stands on the terminal. */
	readonly redraw: () => void;
	/** Sends a sequence that moves no cursor, between two frames. */
	readonly write: (sequence: string) => void;
	/**
	Calls back for the keys and pastes of each read, all of one read at once. What was typed while
	nobody listened comes first. Gives how to end that.
	*/
	readonly onInput: InputEmitter['subscribe'];
	/** Gives the terminal to the shell until that lets this process go on. */
	readonly suspend: () => void;
	/** Gives the terminal back as it was. */
	readonly close: () => void;
	/** Resolves once the terminal was given back: by `close`, by what is shown, or because it is gone. */
	readonly ended: Promise<unknown>;
};

/**
Throws `UsageError` where no screen can be drawn or no key can be read.
@param isPiped - whether standard input holds a secret: then keys come from the terminal itself
*/
export function checkTerminal({stdin, stdout}: Pick<Io, 'stdin' | 'stdout'>, environment: Environment, isPiped = false): void {
	if (!stdout.isTTY || !(isPiped || stdin.isTTY)) {
		throw new UsageError('vbtop needs a terminal: its input or output is none.', 'Run it without pipes and redirections; over ssh, with ssh -t.');
	}

	if (environment['TERM'] === 'dumb') {
		throw new UsageError('vbtop needs a terminal that can move its cursor: TERM is dumb.', 'Set TERM to what the terminal is, for example xterm-256color.');
	}
}

/**
Takes the terminal.
@param isPiped - whether standard input holds a secret: then keys come from the terminal itself
*/
export function openScreen(appearance: Appearance, isPiped = false): TerminalScreen {
	chalk.level = chalkLevels[appearance.depth];
	const style = styleOf(appearance);
	const leave = () => {
		instance.unmount();
	};

	const output = new TerminalOutput(process.stdout, leave);
	const stdin = isPiped ? openTerminalInput() : process.stdin;
	const input = createInputEmitter();
	process.stderr.on('error', () => undefined);

	let lend: Lend;
	const endKeyboard = () => {
		keyboard.end();
	};

	const wrapped = (node: ReactNode) => (
		<StyleContext value={style}>
			<InputContext value={input.subscribe}>
				<Lent
					onReady={ready => {
						lend = ready;
					}}
					onEnd={endKeyboard}
				>
					{node}
				</Lent>
			</InputContext>
		</StyleContext>
	);
	let shown = wrapped(null);
	const redraw = () => {
		drawAnew(output, instance, shown);
	};

	// Before Ink listens.
	output.on('resize', redraw);
	const instance = render(shown, {
		// Ink wants a terminal's stream and uses what TerminalOutput has of it.
		stdout: output as unknown as NodeJS.WriteStream,
		stdin: silentStdin(),
		exitOnCtrlC: false,
		patchConsole: false,
		alternateScreen: true,
		incrementalRendering: true,
		// Decided by the terminal: a CI variable in an operator's shell changes nothing.
		interactive: true,
	});
	const keyboard = openKeyboard({
		stdin,
		write(sequence) {
			output.write(sequence);
		},
		onInput: input.emit,
		// Keys that come no more mean a terminal that is gone, which nothing can be told either.
		onLost: leave,
	});
	beforeCrash(() => {
		try {
			leave();
		} catch {
			// Ink draws once more before it leaves: that may be what has crashed.
			restoreTerminal(output, keyboard);
		}
	});
	const jobControl = followJobControl(async whileAway => {
		// In the background this waits for the terminal, before a byte is written to it.
		keyboard.pause();
		await lend(async () => {
			await output.withhold(whileAway);
			keyboard.resume();
		});
	});
	return {
		show(node) {
			shown = wrapped(node);
			instance.rerender(shown);
		},
		size: () => ({columns: output.columns, rows: output.rows}),
		drawing: style.drawing,
		redraw,
		write(sequence) {
			output.write(sequence);
		},
		onInput: input.subscribe,
		suspend: jobControl.suspend,
		close: leave,
		ended: instance.waitUntilExit().finally(() => {
			jobControl.end();
			keyboard.end();
			if (stdin !== process.stdin) {
				stdin.destroy();
			}
		}),
	};
}

type Lend = ReturnType<typeof useApp>['suspendTerminal'];

type LentProps = {
	readonly onReady: (lend: Lend) => void;
	/** Is called when Ink ends, before it leaves the alternate screen. */
	readonly onEnd: () => void;
	readonly children: ReactNode;
};

// Ink gives away how the terminal is lent, and when it ends, to components alone.
function Lent({onReady, onEnd, children}: LentProps): ReactNode {
	const {suspendTerminal} = useApp();
	useLayoutEffect(() => {
		onReady(suspendTerminal);
	});
	useLayoutEffect(() => onEnd, [onEnd]);
	return children;
}

// Standard input was read to its end for the secret.
function openTerminalInput(): ReadStream {
	try {
		return new ReadStream(openSync('/dev/tty', 'r'));
	} catch {
		throw new UsageError('There is no terminal to read keys from: standard input holds the secret.', 'Use --password-file or --password-command instead, or run it in a terminal.');
	}
}
