import {homedir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {test, type TestContext} from 'node:test';
import {findDirectories} from '../../source/storage/directories.js';

const homeOfUser = homedir();

const found: ReadonlyArray<readonly [what: string, environment: Record<string, string>, config: string, state: string]> = [
	['nothing but a home folder', {HOME: '/home/ann'}, '/home/ann/.config/vbtop', '/home/ann/.local/state/vbtop'],
	['both folders', {HOME: '/home/ann', XDG_CONFIG_HOME: '/c', XDG_STATE_HOME: '/s'}, '/c/vbtop', '/s/vbtop'],
	['a folder for configuration', {HOME: '/home/ann', XDG_CONFIG_HOME: '/c'}, '/c/vbtop', '/home/ann/.local/state/vbtop'],
	['a folder for state', {HOME: '/home/ann', XDG_STATE_HOME: '/s/'}, '/home/ann/.config/vbtop', '/s/vbtop'],
	['both folders and no home', {XDG_CONFIG_HOME: '/c', XDG_STATE_HOME: '/s'}, '/c/vbtop', '/s/vbtop'],
	['relative folders, which count as none', {HOME: '/home/ann', XDG_CONFIG_HOME: 'c', XDG_STATE_HOME: './s'}, '/home/ann/.config/vbtop', '/home/ann/.local/state/vbtop'],
	['empty folders, which count as none', {HOME: '/home/ann', XDG_CONFIG_HOME: '', XDG_STATE_HOME: ''}, '/home/ann/.config/vbtop', '/home/ann/.local/state/vbtop'],
	['no home, so that the list of users says it', {}, path.join(homeOfUser, '.config/vbtop'), path.join(homeOfUser, '.local/state/vbtop')],
	['a relative home, which counts as none', {HOME: 'ann'}, path.join(homeOfUser, '.config/vbtop'), path.join(homeOfUser, '.local/state/vbtop')],
];

for (const [what, environment, config, state] of found) {
	test(`with ${what}`, {skip: process.platform !== 'linux' && 'the folders of Linux'}, async (t: TestContext) => {
		t.assert.deepStrictEqual(await findDirectories(environment), {config, state});
	});
}

function onPlatform(t: TestContext, platform: string): void {
	const original = Object.getOwnPropertyDescriptor(process, 'platform')!;
	Object.defineProperty(process, 'platform', {...original, value: platform});
	t.after(() => {
		Object.defineProperty(process, 'platform', original);
	});
}

const systems: ReadonlyArray<readonly [platform: string, config: RegExp, state: RegExp]> = [
	['darwin', /\/Library\/Preferences\/vbtop$/v, /\/Library\/Application Support\/vbtop$/v],
	['win32', /AppData.Roaming.vbtop.Config$/v, /AppData.Local.vbtop.Data$/v],
];

for (const [platform, config, state] of systems) {
	test(`on ${platform} they are what is usual there, and no folder for logs holds the key`, async (t: TestContext) => {
		onPlatform(t, platform);
		const directories = await findDirectories({HOME: '/home/ann'});
		t.assert.match(directories.config!, config);
		t.assert.match(directories.state!, state);
	});

	test(`on ${platform} the XDG variables have a say where they are set`, async (t: TestContext) => {
		onPlatform(t, platform);
		t.assert.deepStrictEqual(await findDirectories({XDG_CONFIG_HOME: '/c', XDG_STATE_HOME: '/s'}), {config: path.join('/c', 'vbtop'), state: path.join('/s', 'vbtop')});
	});
}

test('without a home folder there are no directories', {skip: process.platform !== 'linux' && 'the folders of Linux'}, async (t: TestContext) => {
	const home = process.env['HOME'];
	process.env['HOME'] = ''; // eslint-disable-line node-test/no-process-env-mutation -- what Node says of the home folder comes from it; put back below
	t.after(() => {
		process.env['HOME'] = home;
	});
	t.assert.deepStrictEqual(await findDirectories({}), {config: undefined, state: undefined});
	t.assert.deepStrictEqual(await findDirectories({XDG_STATE_HOME: '/s'}), {config: undefined, state: '/s/vbtop'});
});
