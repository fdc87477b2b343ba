import type {JobPlan} from '../world/plan.js';
import type {Scenario} from './scenario.js';

const escape = '\u{1B}';
const bell = '\u{7}';

/** Texts that break, reorder or control a screen that prints them as they are. */
const texts = {
	cjk: '東京本社 メールボックス 財務部・経理課(全社員)',
	emoji: '👨‍👩‍👧‍👦 Familie 🇩🇪🇯🇵 👍🏽 ❤️‍🔥 backup',
	rightToLeft: 'נסיון \u{202E}gpj.exe\u{202C} نسخ احتياطي \u{2067}abc\u{2069}',
	combining: 'Z\u{351}\u{36B}\u{343}a\u{35B}\u{316}l\u{30D}\u{317}g\u{311}\u{356}o\u{352}\u{323} n\u{303}a\u{308}\u{301}',
	csi: `${escape}[2J${escape}[31mred${escape}[0m${escape}[?1049h alarm`,
	link: `${escape}]8;;https://evil.test/${bell}click${escape}]8;;${bell}`,
	clipboard: `${escape}]52;c;cm0gLXJmIH4=${bell}copied${escape}]0;title${bell}`,
	device: String.raw`${escape}P$q"p${escape}\ ${escape}_apc${escape}\ ${escape}[6n dcs`,
	controls: 'nul \u{0} bs\u{8}\u{8} del\u{7F} csi\u{9B}31m nel\u{85} sep\u{2028}\u{2029} zero\u{200B}\u{FEFF}width',
	lines: 'first line\r\nsecond line\n\ttabbed\tthrice\t\rover',
	long: '超long-é-👩🏾‍💻-'.repeat(14).slice(0, 200),
	blank: ' '.repeat(3),
};

type Text = keyof typeof texts;

function job(name: string, rest: Partial<JobPlan> = {}): JobPlan {
	return {name, type: 'Backup', organization: 'cjk', repository: 'disk', workload: 'mail', minutes: 20, objects: 30, items: 900, bytes: 70_000_000, ...rest};
}

const names = Object.keys(texts) as Text[];
const organizations: Readonly<Partial<Record<Text, string>>> = {emoji: 'emoji', csi: 'csi', long: 'long'};
const jobs = Object.fromEntries(names.map(text => [text, job(texts[text], {organization: organizations[text] ?? 'cjk'})]));

/** Strange names, texts and values, all of them allowed by the API or seen in its answers. */
export const hostile: Scenario = {
	about: 'Names and messages made to break a screen, values that no schema knows.',
	organizations: {
		cjk: {name: '株式会社コントソ.onmicrosoft.com', officeName: texts.cjk},
		emoji: {name: texts.emoji},
		csi: {name: texts.csi},
		long: {name: texts.long},
	},
	proxyPools: {pool: {name: texts.rightToLeft}},
	proxies: {one: {hostName: `vbp-${texts.csi}`, operatingSystem: 'Windows'}, two: {hostName: texts.emoji, operatingSystem: 'Linux', pool: 'pool', status: 'Offline'}},
	repositories: {disk: {name: texts.combining, proxy: 'one'}, bucket: {name: texts.link, objectStorage: 'AmazonS3', pool: 'pool', outOfOrderReason: texts.controls}},
	jobs: {
		...jobs,
		nameless: job('', {type: 'Copy', source: 'cjk', repository: 'bucket'}),
		updating: job('Updating'),
		spelled: job('Numbers as text'),
		bare: job('Hardly any field'),
		talkative: job('Five thousand lines', {objects: 4992, items: 1_200_000, bytes: 90_000_000_000}),
	},
	historyDays: 0,
	goesOn: false,
	mix: {},
	script: [
		...names.map((text, index) => ({
			job: text, at: -300 + (index * 20), takes: 18, messages: Object.values(texts), overrides: {details: texts[text]},
			attempts: [(['success', 'noise', 'failed', 'stopped'] as const)[index % 4] ?? 'success'],
		})),
		...names.map((text, index) => ({job: text, at: -8 + (index * 0.5), takes: 60, messages: Object.values(texts), attempts: ['access'] as const})),
		{job: 'nameless', at: -30, takes: 12, attempts: ['success']},
		{job: 'updating', at: -50, takes: 500, attempts: ['success'], overrides: {status: 'Updating', bottleneck: 'Proxy'}},
		{job: 'spelled', at: -40, takes: 90, attempts: ['success'], overrides: {areNumbersText: true}},
		{job: 'bare', at: -35, takes: 10, attempts: ['success'], overrides: {only: ['id', 'status']}},
		{job: 'talkative', at: -180, takes: 120, attempts: ['noise'], objects: 4992},
	],
	truth: [
		// An unknown status is shown as sent, and what is missing as unknown.
		{job: 'updating', verdict: 'none', needsAttention: false},
		{job: 'bare', verdict: 'none', needsAttention: false, ends: 'Success'},
		{job: 'talkative', verdict: 'newWarning', needsAttention: true, ends: 'Warning'},
	],
};
