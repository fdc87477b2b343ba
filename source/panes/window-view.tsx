import {windowContent, type WindowOptions} from '../view/timeline.js';
import {useLooks} from './looks-context.js';
import {SessionList, type SessionListProps} from './session-list.js';
import {useSteady} from './use-steady.js';

export type WindowViewProps = Omit<WindowOptions, 'drawing'> & Omit<SessionListProps, 'content'>;

/** The bars of Window, below the line of its windows: one for each job on one scale of time. */
export function WindowView({empty, height, width, ...options}: WindowViewProps) {
	const {drawing} = useLooks();
	const content = useSteady(windowContent({...options, drawing}));
	return <SessionList content={content} empty={empty} height={height} width={width}/>;
}
