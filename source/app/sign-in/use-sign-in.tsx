import {useEffect, useRef} from 'react';
import type {ServerApi} from '../../api/server-api.js';
import {ServerFault} from '../../model/errors.js';
import {Secret} from '../../model/secret.js';
import type {Action, Screen} from '../screen-state.js';

/** A server that can be signed in to anew while it is watched. */
export type SignInServer = {
	readonly id: string;
	readonly name: string;
	readonly api: Pick<ServerApi, 'signIn'>;
	/** Undefined with a bearer token. */
	readonly account?: string;
	/** Keeps a secret that was just taken; gives why it could not be. Undefined where nothing can be kept. */
	readonly keep?: (secret: Secret) => Promise<string | undefined>;
	/** The fault that stands. */
	readonly fault: ServerFault | undefined;
	/** Asks the server now. */
	readonly refresh: () => void;
};

/**
Opens the password prompt when a server begins to wait for its password, and does what is
entered there; left, it is opened by the user alone.
@returns what the screen may ask for, and whether a server waits: then it is asked for again
*/
export function useSignIn(servers: readonly SignInServer[], {signIn}: Screen, send: (action: Action) => void) {
	const asked = useRef(new Set<string>());
	// The fault that stood when a password was taken: it goes with the next answer.
	const stoodWhenTaken = useRef<ServerFault>(undefined);
	const waits = ({fault}: SignInServer) => fault?.policy === 'ask';
	const ask = ({id, name, account}: SignInServer) => {
		asked.current.add(id);
		send({type: 'ask-password', serverId: id, asks: account === undefined ? `Bearer token for ${name}` : `Password of ${account} at ${name}`});
	};

	useEffect(() => {
		const content = servers.filter(server => !waits(server));
		for (const {id} of content) {
			asked.current.delete(id);
		}

		// One that was taken and is refused by now is not to be kept.
		const refused = signIn?.place === 'keep-password' ? servers.find(({id}) => id === signIn.serverId) : undefined;
		if (refused && waits(refused) && refused.fault !== stoodWhenTaken.current) {
			ask(refused);
			return;
		}

		const unasked = signIn ? undefined : servers.find(server => waits(server) && !asked.current.has(server.id));
		if (unasked) {
			ask(unasked);
		}
	});

	const server = servers.find(({id}) => id === signIn?.serverId);
	const secret = new Secret(signIn?.prompt.text ?? '');
	return {
		async signIn() {
			try {
				await server?.api.signIn(secret);
				stoodWhenTaken.current = server?.fault;
				server?.refresh();
				send({type: 'password-taken', canBeSaved: server?.keep !== undefined});
			} catch (error) {
				send({type: 'password-refused', problem: error instanceof ServerFault ? error.message : String(error)});
			}
		},
		async keep() {
			send({type: 'password-kept', problem: await server?.keep?.(secret)});
		},
		/** Opens the prompt again for the first server that waits; false where none does. */
		askAgain() {
			const waiting = servers.find(candidate => waits(candidate));
			if (waiting) {
				ask(waiting);
			}

			return waiting !== undefined;
		},
	};
}
