import {SessionList, type SessionListProps} from './session-list.js';
import {useSteady} from './use-steady.js';

/** The bars of Window, below the line of its windows: one for each job on one scale of time. */
export function WindowView({content, ...rest}: SessionListProps) {
	return <SessionList content={useSteady(content)} {...rest}/>;
}
