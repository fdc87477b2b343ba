import {useLayoutEffect, useMemo} from 'react';
import type {TabProps} from '../detail.js';
import {useEvidence} from '../../../live/use-evidence.js';
import {useObjects} from '../../../live/use-objects.js';
import {readKey} from '../../../model/evidence.js';
import {canChange} from '../../../model/session.js';
import {TableTabView} from '../table-tab-view.js';
import {tableTabWindow} from '../table-tab.js';
import {tabTitle} from '../tabs.js';
import {objectsTab} from './objects-content.js';

/** What the session that is open has processed, and by its log why some of that failed. */
export function ObjectsTab({row: {session}, server, snapshot: {version}, isGone, screen, layout, focus, message, prompt, onEnd}: TabProps) {
	const hasSession = session !== undefined;
	const isActive = session !== undefined && canChange(session) && !isGone;
	const {objects, error} = useObjects(server.logs, server.id, session?.id, isActive);
	const failure = error instanceof Error ? error.message : undefined;
	const [evidence] = useEvidence(useMemo(() => [server.evidence], [server.evidence]));
	const problems = session && evidence?.logs.get(session.id)?.problems;
	const hasFailed = session !== undefined && evidence!.failed.has(readKey({kind: 'log', sessionId: session.id, part: 'problems'}));
	const {width, detailRows: height} = layout;
	const tab = useMemo(
		() => objectsTab({
			list: {objects, failure}, problems: {items: problems?.items, isCut: problems?.isCut ?? false, hasFailed}, version, hasSession, isActive, width,
		}),
		[objects, failure, problems, hasFailed, version, hasSession, isActive, width],
	);
	const content = useMemo(() => tableTabWindow(tab, {top: screen.detailTop, height}), [tab, screen.detailTop, height]);
	useLayoutEffect(() => {
		onEnd(content.end);
	}, [onEnd, content.end]);
	const title = useMemo(() => tabTitle(screen.tab, width), [screen.tab, width]);
	return <TableTabView content={content} title={title} layout={layout} focus={focus} message={message} prompt={prompt}/>;
}
