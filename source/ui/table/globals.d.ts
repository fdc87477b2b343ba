// The types of ink-table 3.1 use the global `JSX`, which @types/react 19 no longer declares.
import type {JSX as ReactJsx} from 'react';

declare global {
	namespace JSX {
		type Element = ReactJsx.Element;
	}
}
