const reasons: Readonly<Record<string, string>> = {
	EACCES: 'permission denied',
	EPERM: 'not permitted',
	EROFS: 'the disk is read-only',
	ENOSPC: 'the disk is full',
	EDQUOT: 'the disk quota is used up',
	EFBIG: 'no file may become that large',
	ENOTDIR: 'a part of its path is no folder',
	EEXIST: 'a part of its path is no folder',
	EISDIR: 'it is a folder',
	ELOOP: 'its links lead in a circle',
	EIO: 'the disk has a fault',
};

/** The code of a fault of the file system (`EACCES`); undefined for any other error. */
export function faultCode(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Why the file system refused, in words. Any error but a fault of the file system is a bug, and thrown. */
export function reasonOf(error: unknown): string {
	const code = faultCode(error);
	if (code === undefined) {
		throw error;
	}

	return reasons[code] ?? code;
}

// What would steer the terminal or turn the direction of the text.
export const undrawable = /[\p{Control}\p{Format}\p{Surrogate}\u{2028}\u{2029}]/gv;

/** A path as it may be drawn. */
export function shownPath(file: string): string {
	return file.replaceAll(undrawable, '\u{FFFD}');
}
