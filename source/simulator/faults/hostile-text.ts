const escape = '\u{1B}';
const bell = '\u{7}';
const start = `${escape}[2J${escape}[31mred${escape}]0;title${bell}${escape}]52;c;cm0gLXJmIH4=${bell}${escape}]8;;https://evil.test/${bell}click \u{202E}gpj.exe\u{202C} \u{2067}abc\r\n\u{9B}5n\u{0}`;

/** Text that tries to control the terminal. Only a body can have one so long; a header has what Node allows: no C0, and C1 as UTF-8. */
export const hostileText = {
	message: start.padEnd(100_000, 'long '),
	header: `\u{9B}2J\u{9B}31mred\u{9D}0;title\u{9C}\u{85}\u{A0}\u{AD}\t\u{FF} ${'long '.repeat(200)}`,
} as const;
