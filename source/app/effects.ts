import type {Ports} from './ports.js';
import type {Effect, Message} from './shared/state/messages.js';

type Dispatch = (message: Message) => void;

type Runners = {readonly [Type in Effect['type']]: (effect: Extract<Effect, {readonly type: Type}>, ports: Ports, dispatch: Dispatch) => void};

const askServer = (effect: Parameters<Ports['server']>[0], {server}: Ports) => {
	server(effect);
};

const runners: Runners = {
	poll: askServer,
	reconnect: askServer,
	scope: askServer,
	'refresh-interval': askServer,
	'pending-reads': askServer,
	follow: askServer,
	redraw(_effect, {redraw}) {
		redraw();
	},
	suspend(_effect, {suspend}) {
		suspend();
	},
	quit(_effect, {quit}) {
		quit();
	},
	bell(_effect, {bell}) {
		bell();
	},
	copy({what, text}, {copy}, dispatch) {
		void copy(text).then(way => {
			dispatch({type: 'copied', what, text, way});
		});
	},
	save({file, text}, {save}, dispatch) {
		void save(file, text).then(words => {
			dispatch({type: 'answered', text: words});
		});
	},
	'save-marks'({marks}, {saveMarks}) {
		saveMarks(marks);
	},
	'sign-in'({serverId, secret}, {signIn}, dispatch) {
		void signIn(serverId, secret).then(problem => {
			dispatch(problem === undefined ? {type: 'signed-in', serverId} : {type: 'sign-in-refused', serverId, problem});
		});
	},
	'save-secret'({serverId, secret}, {saveSecret}, dispatch) {
		void saveSecret(serverId, secret).then(problem => {
			dispatch({type: 'secret-saved', serverId, problem});
		});
	},
};

/** Does what an effect asks for; what comes of it is dispatched later. */
export function runEffect(effect: Effect, ports: Ports, dispatch: Dispatch): void {
	(runners[effect.type] as (effect: Effect, ports: Ports, dispatch: Dispatch) => void)(effect, ports, dispatch);
}
