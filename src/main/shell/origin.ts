export const APP_SCHEME = 'app';
/** The host is fixed: any other is refused. */
export const APP_ORIGIN = `${APP_SCHEME}://tidemark`;
export const APP_PAGE = `${APP_ORIGIN}/index.html`;

/**
 * The page a window shows: the built one, or the dev server's in an unpackaged app started by `electron-vite dev`.
 * Any other address in the environment is not looked at.
 */
export function pageFor(
  packaged: boolean,
  devServer: string | undefined,
): { readonly origin: string; readonly page: string; readonly dev: boolean } {
  if (packaged || devServer === undefined || !URL.canParse(devServer)) return { origin: APP_ORIGIN, page: APP_PAGE, dev: false };
  const { origin, href, hostname } = new URL(devServer);
  if (hostname !== 'localhost' && hostname !== '127.0.0.1') return { origin: APP_ORIGIN, page: APP_PAGE, dev: false };
  return { origin, page: href, dev: true };
}

/** True for exactly the page of a window (a reload), whatever its fragment; parsed, never by prefix. */
export function isPage(url: string, page: string): boolean {
  if (!URL.canParse(url)) return false;
  const given = new URL(url);
  given.hash = '';
  return given.href === new URL(page).href;
}
