declare module 'proxy-from-env' {
	/** The proxy of a URL by `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`; empty for none. */
	export function getProxyForUrl(url: string): string;
}
