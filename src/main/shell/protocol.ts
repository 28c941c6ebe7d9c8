import { randomBytes } from 'node:crypto';
import { protocol, session } from 'electron';
import { answerAppRequest, type AppFiles } from './app-files.ts';
import { devContentSecurityPolicy } from './csp.ts';
import { APP_PAGE, APP_SCHEME } from './origin.ts';

/** Must run before Electron is ready, in the first turn of the main module. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/**
 * Serves the built page as app://tidemark/…, and refuses file: altogether. `handedOut` resolves when the page has been asked for:
 * the system starts its process then. Not by `protocol.handle`, whose requests and responses are those of fetch: loading fetch
 * holds a start for 130 ms.
 */
export function serveApp(files: AppFiles): { readonly handedOut: Promise<void> } {
  const { promise: handedOut, resolve } = Promise.withResolvers<void>();
  protocol.registerBufferProtocol(APP_SCHEME, (request, answer) => {
    answer(answerAppRequest(files, request, randomBytes(16).toString('base64')));
    if (request.url === APP_PAGE) resolve();
  });
  protocol.handle('file', () => new Response(null, { status: 403 }));
  return { handedOut };
}

/** In place of `serveApp` while the dev server gives the page. */
export function serveDev(origin: string): { readonly handedOut: Promise<void> } {
  session.defaultSession.webRequest.onHeadersReceived((details, callback) => {
    callback({ responseHeaders: { ...details.responseHeaders, 'Content-Security-Policy': [devContentSecurityPolicy(origin)] } });
  });
  return { handedOut: Promise.resolve() };
}
