/** Replaces a character that is not drawn: REPLACEMENT CHARACTER. */
const mark = '\u{FFFD}';

const classOf = (...ranges: readonly string[]) => ranges.join('');

// Added after Unicode 11: terminals of different age draw them wide, narrow or not at all.
const recent = classOf(
	String.raw`\u{890}-\u{89F}\u{8CA}-\u{8D2}\u{B55}\u{C3C}\u{D81}\u{ECE}\u{1ABF}-\u{1AEB}\u{1DFA}\u{2FFC}-\u{2FFF}\u{31BB}-\u{31BF}\u{31E4}-\u{31EF}\u{A82C}`,
	String.raw`\u{10D69}-\u{10D6D}\u{10EAB}-\u{10EAC}\u{10EFA}-\u{10EFF}\u{10F82}-\u{10F85}\u{11070}\u{11073}-\u{11074}\u{110C2}-\u{110CD}\u{111CF}\u{11241}`,
	String.raw`\u{113B8}-\u{113E2}\u{1193B}-\u{11943}\u{11B60}-\u{11B67}\u{11F00}-\u{11F5A}\u{13440}-\u{13455}\u{1611E}-\u{1612F}\u{16D40}-\u{16D7F}`,
	String.raw`\u{16FE4}-\u{16FF6}\u{187F8}-\u{187FF}\u{18AF3}-\u{1AFFE}\u{1B11F}-\u{1B132}\u{1B155}\u{1CF00}-\u{1CF46}\u{1E08F}\u{1E2AE}\u{1E4EC}-\u{1E4EF}`,
	String.raw`\u{1E5EE}-\u{1E5EF}\u{1E6E3}-\u{1E6F5}`,
);

const recentEmoji = classOf(
	String.raw`\u{1F6D6}-\u{1F6DF}\u{1F6FB}-\u{1F6FC}\u{1F7F0}\u{1F90C}\u{1F972}\u{1F977}-\u{1F979}\u{1F9A3}-\u{1F9A4}\u{1F9AB}-\u{1F9AD}\u{1F9CB}-\u{1F9CC}`,
	String.raw`\u{1FA74}-\u{1FA77}\u{1FA7B}-\u{1FA7C}\u{1FA83}-\u{1FA8F}\u{1FA96}-\u{1FAF8}`,
);

// Their width was changed: trigrams, hexagrams, counting rods, two emoji that were withdrawn.
const rewidened = String.raw`\u{2630}-\u{2637}\u{268A}-\u{268F}\u{4DC0}-\u{4DFF}\u{1D300}-\u{1D376}\u{1F93B}\u{1F946}`;

// Signs that some terminals draw in the cell of the next character.
const leading = String.raw`\u{600}-\u{605}\u{6DD}\u{70F}\u{890}\u{891}\u{8E2}\u{D4E}\u{110BD}\u{110CD}\u{111C2}\u{111C3}\u{1193F}\u{11941}\u{11A3A}\u{11A84}-\u{11A89}\u{11D46}\u{11F02}`;

// Two marks that some terminals draw as letters, and a sentence in one character.
const oddWidth = String.raw`\u{1734}\u{1171E}\u{FDFD}`;

// Parts of a Hangul syllable, a flag or an emoji without the other part.
const halves = String.raw`\u{1100}-\u{11FF}\u{A960}-\u{A97F}\u{D7B0}-\u{D7FF}\u{20E3}\p{Emoji_Modifier}\p{Regional_Indicator}`;

// Control characters are removed from texts of servers when they are read; this is a second guard, for all texts.
const steering = String.raw`[[\p{Control}\p{Default_Ignorable_Code_Point}\p{Format}\u{2028}\u{2029}]--\u{200C}]`;

const uneven = new RegExp(String.raw`[${steering}\p{Unassigned}\p{Private_Use}\p{Surrogate}${recent}${recentEmoji}${rewidened}${leading}${oddWidth}${halves}]`, 'gv');

// Variation selectors and the joiner. The non-joiner stays: Persian needs it, and no terminal gives it a column.
// eslint-disable-next-line no-misleading-character-class -- each character is matched by itself
const joining = /[\u{200D}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gv;

const lead = new RegExp(`^[${leading}]+`, 'v');
const flag = /^\p{RGI_Emoji_Flag_Sequence}/v;
const emoji = /^(?:[\d#*](?=[\u{20E3}\u{FE0F}])|[\p{Emoji_Presentation}\p{Extended_Pictographic}])/v;
const nonJoiner = '\u{200C}';
// A further consonant in an Indic cluster: some terminals count one column for all of them.
const conjunct = /(?<=\p{Mark})(?=[\p{Letter}--[\u{E32}\u{EB2}]])/gv;
const onNothing = /^[\p{Enclosing_Mark}\p{Nonspacing_Mark}\u{200C}]+/v;
const hangul = /^[\u{1100}-\u{11FF}\u{A960}-\u{A97F}\u{AC00}-\u{D7FF}]./sv;
// A mark and a vowel in one character, of which some terminals count only the mark.
const split: ReadonlyMap<string, string> = new Map([['\u{E33}', '\u{E4D}\u{E32}'], ['\u{EB3}', '\u{ECD}\u{EB2}']]);

/**
One grapheme cluster in a form that all terminals draw with the same width, whether they count clusters or
characters: an emoji as its first character, a Hangul syllable composed, and U+FFFD for what they disagree on.
Ambiguous characters (EAW `A`, Cyrillic among them) count as narrow.
*/
export function evenCluster(cluster: string): string {
	const before = lead.exec(cluster)?.[0] ?? '';
	return before.replaceAll(uneven, () => mark) + evenRest(cluster.slice(before.length));
}

function evenRest(cluster: string): string {
	const alone = emoji.exec(cluster)?.[0];
	return flag.exec(cluster)?.[0] ?? (alone === undefined ? evenCharacters(cluster) : alone.replaceAll(uneven, () => mark));
}

function evenCharacters(cluster: string): string {
	const drawn = cluster.replaceAll(joining, '').replaceAll(/[\u{E33}\u{EB3}]/gv, vowel => split.get(vowel)!).replace(onNothing, () => mark);
	return (hangul.test(drawn) ? syllable(drawn) : drawn).replaceAll(uneven, () => mark).replaceAll(conjunct, () => nonJoiner);
}

function syllable(cluster: string): string {
	const [first = '', ...others] = cluster.normalize('NFC');
	return others.length === 0 ? first : first + mark;
}
