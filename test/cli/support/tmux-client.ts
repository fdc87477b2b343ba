import {spawn} from 'node:child_process';

export type TmuxClient = {
	/** What a command of tmux prints; rejects with what tmux says of a wrong one, and once tmux has ended. */
	readonly ask: (command: string) => Promise<string>;
	readonly end: () => void;
};

type Question = {readonly resolve: (text: string) => void; readonly reject: (error: Error) => void};

/**
A client in tmux's control mode that stays: to start one for each look at the screen takes more processor time than several frames
of the program.
@param words - what of the command line leads to the server
*/
export function openTmuxClient(words: readonly string[], env: Readonly<Record<string, string>>): TmuxClient {
	const child = spawn('tmux', [...words, '-C', 'attach', '-f', 'no-output,ignore-size'], {env, stdio: ['pipe', 'pipe', 'ignore']});
	const questions: Question[] = [];
	let hasEnded = false;
	const end = () => {
		hasEnded = true;
		for (const {reject} of questions.splice(0)) {
			reject(new Error('tmux has ended'));
		}
	};

	const reader = createReplyReader((text, isError) => {
		const question = questions.shift();
		if (isError) {
			question?.reject(new Error(text));
		} else {
			question?.resolve(text);
		}
	});
	// A question to a client that is going is answered by its end.
	child.stdin.on('error', () => undefined);
	child.stdout.setEncoding('utf8').on('data', reader);
	child.once('error', end);
	child.once('close', end);
	return {
		async ask(command) {
			const {promise, resolve, reject} = Promise.withResolvers<string>();
			if (hasEnded) {
				throw new Error('tmux has ended');
			}

			questions.push({resolve, reject});
			child.stdin.write(`${command}\n`);
			return promise;
		},
		end() {
			child.kill();
		},
	};
}

/** Reads replies from pieces of what a control client prints: between `%begin TIME NUMBER 1` and `%end` or `%error` with the same words. */
function createReplyReader(onReply: (text: string, isError: boolean) => void): (piece: string) => void {
	let rest = '';
	let open: {readonly words: string; readonly lines: string[]} | undefined;
	return piece => {
		const lines = `${rest}${piece}`.split('\n');
		rest = lines.pop()!;
		for (const line of lines) {
			const [mark = '', ...words] = line.split(' ');
			if (open && (mark === '%end' || mark === '%error') && words.join(' ') === open.words) {
				onReply(open.lines.map(text => `${text}\n`).join(''), mark === '%error');
				open = undefined;
			} else if (open) {
				open.lines.push(line);
			} else if (mark === '%begin' && words[2] === '1') {
				// Another last word is the reply to the attaching itself.
				open = {words: words.join(' '), lines: []};
			}
		}
	};
}
