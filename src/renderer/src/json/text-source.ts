/** A text that need not lie in one piece: tens of megabytes are not copied to be looked at. */
export interface TextSource {
  readonly length: number;
  readonly slice: (from: number, to: number) => string;
}

export function joinedText(parts: readonly string[]): TextSource {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return {
    length,
    slice: (from, to) => {
      let text = '';
      let at = 0;
      for (const part of parts) {
        if (at < to && at + part.length > from) text += part.slice(Math.max(0, from - at), to - at);
        at += part.length;
      }
      return text;
    },
  };
}
