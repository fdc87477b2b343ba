import type {DetailLayer, LogView} from './layers.js';

/** The log when it is opened: at its newest line. */
export const firstLogView: LogView = {
	cursorId: undefined, topId: undefined, isFollowing: true, seenId: undefined, isWrapped: false, level: 'all', order: 'time', search: '',
	isMessageOpen: false, messageTop: 0,
};

/** A session, or a job without one, that was just opened. */
export function newDetail(key: string, tab: string): DetailLayer {
	return {kind: 'detail', key, tab, top: 0, log: firstLogView, waitingKeys: [], lastSeen: undefined};
}
