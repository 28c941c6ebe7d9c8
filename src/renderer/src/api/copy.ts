import { tidemark } from './tidemark.ts';

/** The most (UTF-16 units) that goes to the clipboard at once; main refuses more. */
export const MOST_COPIED = 16 * 1024 * 1024;
export const TOO_LARGE_TO_COPY = 'This is larger than what the clipboard takes at once: 16 MB.';

let copying = new AbortController();
let failed: (message: string) => void = () => {};

/** Who tells the person that something was not copied. */
export function tellWhenNotCopied(tell: (message: string) => void): void {
  failed = tell;
}

/**
 * Puts text on the clipboard through main, since the page has no permission to. Of what the page copies the last is what is
 * there; `copied` is called when it is.
 */
export function copyText(text: string, copied: () => void = () => {}): void {
  copying.abort();
  const mine = new AbortController();
  copying = mine;
  void tidemark.appCopyText({ text }, { signal: mine.signal }).then((reply) => {
    if (reply.ok) copied();
    else if (!mine.signal.aborted) failed(reply.error.message);
  });
}
