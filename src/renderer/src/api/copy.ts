import { tidemark } from './tidemark.ts';

/** Puts text on the clipboard through main, since the page has no permission to. */
export function copyText(text: string): void {
  void tidemark.appCopyText({ text });
}
