import { app, session, type WebContents } from 'electron';
import type { Logger } from '../../shared/model/logger.ts';
import { isPage } from './origin.ts';
import { mayLoad } from './requests.ts';

/** Where the one page is, and whether developer tools may load theirs. */
export interface Place {
  readonly origin: string;
  readonly page: string;
  readonly devTools: boolean;
}

/** Refuses for every page, now and later: permissions, devices, screens, downloads, remote loads, other addresses, new windows, webviews. */
export function lockDown(place: Place, logger: Logger): void {
  const pages = session.defaultSession;
  pages.setPermissionRequestHandler((_contents, permission, callback) => {
    logger.warn('A permission was refused.', { permission });
    callback(false);
  });
  pages.setPermissionCheckHandler(() => false);
  pages.setDevicePermissionHandler(() => false);
  pages.setDisplayMediaRequestHandler((_request, callback) => callback({}));
  pages.on('will-download', (event) => event.preventDefault());
  pages.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !mayLoad(details.url, place.origin, place.devTools) }));
  app.on('web-contents-created', (_event, contents) => lockContents(contents, place, logger));
}

function lockContents(contents: WebContents, { page }: Place, logger: Logger): void {
  const refuse = (what: string) => (event: { preventDefault(): void }) => {
    logger.warn('Something a page may not do was refused.', { what });
    event.preventDefault();
  };
  const stay = (event: { readonly url: string; readonly isMainFrame: boolean; preventDefault(): void }): void => {
    if (!event.isMainFrame || !isPage(event.url, page)) refuse('navigation')(event);
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', refuse('webview'));
  contents.on('login', refuse('login'));
  bringBack(contents, page, logger);
  contents.setWindowOpenHandler(() => {
    logger.warn('Something a page may not do was refused.', { what: 'window.open' });
    return { action: 'deny' };
  });
}

/** Chromium asks nobody before it goes to about:blank. Such a page may call nothing (see the router), and is left at once. */
function bringBack(contents: WebContents, page: string, logger: Logger): void {
  let arrived = false;
  contents.on('did-navigate', (_event, url) => {
    if (isPage(url, page)) arrived = true;
    else if (arrived) {
      logger.warn('A page that left was brought back.');
      contents.loadURL(page).catch((error: unknown) => logger.error('The page could not be loaded.', { error: String(error) }));
    }
  });
}
