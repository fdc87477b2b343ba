import {test, type TestContext} from 'node:test';
import {Text} from 'ink';
import {render} from 'ink-testing-library';
import {listLayer} from '../../source/app/shared/state/selectors.js';
import type {State} from '../../source/app/shared/state/state.js';
import {createStore, type Store} from '../../source/app/store.js';
import {useDrawnState} from '../../source/app/use-drawn-state.js';
import {recordingPorts} from '../helpers/recording-ports.js';
import {later} from '../helpers/sessions.js';
import {numbered, stateOf} from '../helpers/state.js';

const second = 1000;

/** Lets React draw. */
const turn = async () => new Promise(resolve => {
	setImmediate(resolve);
});

/** A monitor of a store that writes down each state that it draws; its timers are the test's. */
function drawing(t: TestContext) {
	t.mock.timers.enable({apis: ['setTimeout']});
	const store = createStore(stateOf({snapshots: [numbered(20)]}), recordingPorts().ports);
	const drawn: State[] = [];
	const {unmount} = render(<Drawn store={store} drawn={drawn}/>);
	t.after(unmount);
	const ticks = async (...seconds: readonly number[]) => {
		for (const at of seconds) {
			store.dispatch({type: 'tick', now: later(at * second)});
			await turn();
		}
	};

	return {store, drawn, ticks, unmount};
}

function Drawn({store, drawn}: {readonly store: Store; readonly drawn: State[]}) {
	drawn.push(useDrawnState(store));
	return <Text>drawn</Text>;
}

test('answers that come together are drawn together, the last of them whole', async (t: TestContext) => {
	const {store, drawn, ticks} = drawing(t);
	const {length} = drawn;
	await ticks(1, 2, 3);
	t.assert.strictEqual(drawn.length, length);
	t.mock.timers.tick(100);
	await turn();
	t.assert.strictEqual(drawn.length, length + 1);
	t.assert.strictEqual(drawn.at(-1), store.state());
	await ticks(4);
	t.assert.strictEqual(drawn.length, length + 1);
	t.mock.timers.tick(100);
	await turn();
	t.assert.strictEqual(drawn.at(-1), store.state());
});

test('a key is drawn at once, with the answers that came before it, and nothing is drawn again', async (t: TestContext) => {
	const {store, drawn, ticks} = drawing(t);
	await ticks(1, 2);
	const {length} = drawn;
	store.input([{type: 'key', key: 'j'}]);
	await turn();
	t.assert.strictEqual(drawn.length, length + 1);
	t.assert.strictEqual(drawn.at(-1), store.state());
	t.assert.strictEqual(listLayer(drawn.at(-1)!).selectedKey, 'vb1/s2');
	t.mock.timers.tick(100);
	await turn();
	t.assert.strictEqual(drawn.length, length + 1);
});

test('after the end nothing is drawn any more', async (t: TestContext) => {
	const {drawn, ticks, unmount} = drawing(t);
	await ticks(1);
	const {length} = drawn;
	unmount();
	t.mock.timers.tick(100);
	await ticks(2);
	t.mock.timers.tick(100);
	await turn();
	t.assert.strictEqual(drawn.length, length);
});
