/** What the page's policy lets a style element through by: for editors, which make one. Empty in development. */
export function cspNonce(): string {
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
}
