import {RowList, type RowListProps} from '../../ui/table/row-list.js';
import {useSteady} from '../../ui/table/use-steady.js';

/** The bars of Window, below the line of its windows: one for each job on one scale of time. */
export function WindowView({content, ...rest}: RowListProps) {
	return <RowList content={useSteady(content)} {...rest}/>;
}
