/**
 * True for what a page of ours may load: its own origin, `data:` images, and, in an unpackaged app, the developer tools.
 * Everything remote is refused before it leaves the process, also where no CSP would stop it.
 */
export function mayLoad(url: string, origin: string, devTools: boolean): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  if (protocol === 'data:') return true;
  if (protocol === 'devtools:') return devTools;
  const ours = new URL(origin);
  if (protocol === ours.protocol) return host === ours.host;
  return ours.protocol === 'http:' && protocol === 'ws:' && host === ours.host;
}
