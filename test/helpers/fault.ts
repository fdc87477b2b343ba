import {ServerFault, type FaultKind} from '../../source/model/errors.js';

/** For `assert.rejects`: a fault of this kind whose message matches. */
export function fault(kind: FaultKind, message = /./v): (error: unknown) => boolean {
	return error => error instanceof ServerFault && error.kind === kind && message.test(error.message);
}
