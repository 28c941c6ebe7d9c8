/** `length` UTF-16 units from `offset`, one fewer where the cut would halve a surrogate pair. */
export function textPart(text: string, offset: number, length: number): string {
  const end = Math.min(text.length, offset + length);
  const halves = end < text.length && end - offset > 1 && isHighSurrogate(text.charCodeAt(end - 1));
  return text.slice(offset, halves ? end - 1 : end);
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
