import {send, type Middleware} from '../server/exchange.js';
import {hostileText} from './hostile-text.js';
import {answered, type Fault, type FaultHost} from './fault.js';

const retryLater = {'Retry-After': '5'};
const proxyPage = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';

/** Errors that the server, or a proxy before it, sends in place of an answer. */
export const refusalFaults = {
	forbidden: {about: '403, access denied', middleware: answered({status: 403, json: {message: 'Access is denied.', errorCode: 'ResourceAccessDenied', stackTrace: null}})},
	notFound: {about: '404 on every path', scope: 'all', middleware: answered({status: 404})},
	throttled: {about: '429, to be tried again in 5 seconds', middleware: answered({status: 429, text: 'quota exceeded', headers: retryLater})},
	busy: {about: '503, to be tried again in 5 seconds', middleware: answered({status: 503, text: 'Service Unavailable', headers: retryLater})},
	serverError: {
		about: '500 with a stack trace',
		middleware: answered({
			status: 500,
			json: {
				message: 'Object reference not set to an instance of an object.',
				errorCode: 'HttpError',
				stackTrace: String.raw`   at Veeam.Archiver.REST.Controllers.JobSessionsController.Get() in C:\src\JobSessionsController.cs:line 118`,
			},
		}),
	},
	htmlError: {about: '502 with the page of a proxy', middleware: answered({status: 502, text: proxyPage, headers: {'Content-Type': 'text/html'}})},
	hostileText: {
		about: '500 with words and headers that try to drive the terminal',
		middleware: answered({
			status: 500,
			reason: hostileText.header,
			json: {message: hostileText.message, errorCode: hostileText.message.slice(0, 200), stackTrace: hostileText.message},
			headers: {Server: hostileText.header, 'WWW-Authenticate': hostileText.header, 'Retry-After': hostileText.header},
		}),
	},
	redirect: {
		about: '302 to another port of this machine',
		middleware: redirect,
		begin: async host => host.openDecoy(),
		end(host) {
			host.closeDecoy();
		},
	},
} as const satisfies Record<string, Fault>;

function redirect({decoyUrl}: FaultHost): Middleware {
	return async exchange => send(exchange, {status: 302, headers: {Location: `${decoyUrl}${exchange.request.url ?? '/'}`}});
}
