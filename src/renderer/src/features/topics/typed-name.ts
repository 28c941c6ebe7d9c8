/** Characters that nobody can type or see. */
const UNSEEN = /\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|\p{Co}|\p{Cn}/gu;
const MOST = 200;

/**
 * What a person types, or copies and pastes, to say that they mean this topic: its name; where that holds what cannot be
 * typed or seen, with `\u{…}` in its place; of a very long one the beginning.
 */
export function nameToType(name: string): string {
  const seen = name.replaceAll(UNSEEN, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
  return Array.from(seen).slice(0, MOST).join('');
}

export function isTypedName(name: string, typed: string): boolean {
  return typed !== '' && (typed === name || typed === nameToType(name));
}

/** A name inside a sentence of plain text. */
export function quotedName(name: string): string {
  const shown = Array.from(nameToType(name));
  return `“${shown.length > 60 ? `${shown.slice(0, 59).join('')}…` : shown.join('')}”`;
}
