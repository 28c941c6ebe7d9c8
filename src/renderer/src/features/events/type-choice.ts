import type { TypeCount } from '../../../../shared/ipc/contract/survey.ts';

/** As many types as one filter can name. */
export const MOST_CHOSEN = 500;
/** As many types as are listed at once. */
const MOST_LISTED = 200;

/** Chooses a type or lets it go; with none left, all are shown (null). */
export function toggledType(types: readonly string[] | null, type: string): readonly string[] | null {
  const before = types ?? [];
  const after = before.includes(type) ? before.filter((other) => other !== type) : [...before, type];
  return after.length === 0 ? null : after.slice(0, MOST_CHOSEN);
}

/** The types to list: those that hold the text, the most frequent first; what is chosen is among them even where nothing counts it. */
export function listedTypes(
  counted: readonly TypeCount[],
  chosen: readonly string[],
  text: string,
): { readonly shown: readonly TypeCount[]; readonly more: number } {
  const known = new Set(counted.map(({ type }) => type));
  const all = [...counted, ...chosen.filter((type) => !known.has(type)).map((type) => ({ type, count: 0 }))];
  const wanted = text.trim().toLowerCase();
  const found = wanted === '' ? all : all.filter(({ type }) => type.toLowerCase().includes(wanted));
  return { shown: found.slice(0, MOST_LISTED), more: Math.max(0, found.length - MOST_LISTED) };
}
