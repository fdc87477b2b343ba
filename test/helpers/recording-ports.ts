import type {Ports} from '../../source/app/ports.js';

/** Ports that write down what they are asked for. */
export function recordingPorts(ports: Partial<Ports> = {}) {
	const asked: string[] = [];
	const note = (words: string) => {
		asked.push(words);
	};

	const recording: Ports = {
		server(effect) {
			note(`server ${effect.type}`);
		},
		redraw() {
			note('redraw');
		},
		suspend() {
			note('suspend');
		},
		quit() {
			note('quit');
		},
		bell() {
			note('bell');
		},
		async copy(text) {
			note(`copy ${text}`);
			return 'osc52';
		},
		async save(file) {
			note(`save ${file}`);
			return `${file} is written`;
		},
		saveMarks({acknowledged}) {
			note(`marks ${acknowledged.length}`);
		},
		async signIn(serverId, secret) {
			note(`sign-in ${serverId} ${secret.open()}`);
			return secret.open() === 'good' ? undefined : 'sign-in refused';
		},
		async saveSecret(serverId, secret) {
			note(`save-secret ${serverId} ${secret.open()}`);
			return undefined;
		},
		...ports,
	};
	return {asked, ports: recording};
}
