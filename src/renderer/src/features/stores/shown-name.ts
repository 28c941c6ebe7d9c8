import { shorten } from '../../ui/format.ts';

/** A store's name or path inside a sentence: what cannot be seen or turns text around is shown as a mark, a long one is cut. */
export function shownName(name: string, length = 60): string {
  return shorten(name.slice(0, 8192).replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD'), length);
}
