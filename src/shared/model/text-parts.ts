/**
 * A long text in parts. Where it is only handed on it stays so: to make one string of 17 MB takes longer than a frame, most of
 * it for memory that the system has to give.
 */
export class TextParts {
  readonly parts: readonly string[];
  /** In UTF-16 units. */
  readonly length: number;

  constructor(parts: readonly string[]) {
    this.parts = parts;
    this.length = parts.reduce((sum, { length }) => sum + length, 0);
  }

  /** The text as one string. */
  whole(): string {
    return this.parts.join('');
  }
}

/** A file as text, in the parts in which it was read. */
export interface TextFile {
  readonly name: string;
  readonly text: TextParts;
}
