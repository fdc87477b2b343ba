import type {CopyWay} from '../model/clipboard-text.js';
import type {ServerEffect} from '../model/messages.js';
import type {Secret} from '../model/secret.js';
import type {Marks} from '../triage/acknowledged.js';

/** What the monitor needs of the program around it: each does what an effect asks for. */
export type Ports = {
	/** Asks the servers; what they say comes back as messages. */
	readonly server: (effect: ServerEffect) => void;
	/** Draws the whole screen anew, whatever stands there. */
	readonly redraw: () => void;
	/** Gives the terminal to the shell until it may go on. */
	readonly suspend: () => void;
	/** Ends the monitor. */
	readonly quit: () => void;
	readonly bell: () => void;
	/** Copies a text, and says in which way; never rejects. */
	readonly copy: (text: string) => Promise<CopyWay>;
	/** Writes a text into a new file, and gives what came of it in words; never rejects. */
	readonly save: (file: string, text: string) => Promise<string>;
	/** Saves what was acknowledged and ignored. */
	readonly saveMarks: (marks: Marks) => void;
	/** Signs in to a server; gives why it could not, undefined where it did. */
	readonly signIn: (serverId: string, secret: Secret) => Promise<string | undefined>;
	/** Saves a secret that a server just took; gives why it could not be saved. */
	readonly saveSecret: (serverId: string, secret: Secret) => Promise<string | undefined>;
};
