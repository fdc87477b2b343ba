import type {Tone} from '../../ui/text/spans.js';

const tones: ReadonlyMap<string, Tone> = new Map<string, Tone>([
	['Running', 'active'],
	['Queued', 'active'],
	['Success', 'good'],
	['Warning', 'warning'],
	['Failed', 'bad'],
	['Disconnected', 'bad'],
	['Error', 'bad'],
	['NotConfigured', 'warning'],
	['Stopped', 'dim'],
	['Stop', 'dim'],
]);

/** The tone of a status of a session or log item, as sent; plain for one that is not known. */
export function statusTone(status: string): Tone {
	return tones.get(status) ?? 'plain';
}

const statusWords: ReadonlyMap<string, string> = new Map([['NotConfigured', 'Not configured']]);

/** A status in the words of the VB365 console; an unknown one as sent. */
export function statusWord(status: string): string {
	return statusWords.get(status) ?? status;
}
