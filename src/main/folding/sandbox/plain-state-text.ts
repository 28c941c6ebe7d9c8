import { TAG } from './binary-value.ts';
import { openByteReader } from './byte-reader.ts';

/** Members by index come first in JavaScript, and such a text is told apart by its first character. */
const MAY_BE_INDEX = /^[0-9]/;

/** Texts that are JSON as they are. */
const NEEDS_NO_ESCAPE = /^[ !#-[\]-~]*$/;

const quoted = (text: string): string => (NEEDS_NO_ESCAPE.test(text) ? `"${text}"` : JSON.stringify(text));

class NotPlain extends Error {}

/**
 * The JSON text of a packed state in one go through its bytes; null for one that needs more than that: with exact numbers,
 * objects in several places or without a prototype, or members whose order is not the one in which they were made.
 */
export function plainStateText(packed: Uint8Array): string | null {
  const { tag, count, integer, double, text, bigint, key, keys } = openByteReader(packed);
  const written = keys.map((name) => (MAY_BE_INDEX.test(name) ? null : `${JSON.stringify(name)}:`));

  const object = (): string => {
    let members = '';
    for (let left = count(); left > 0; left--) {
      const name = written[key()];
      if (typeof name !== 'string') throw new NotPlain();
      const value = read();
      if (value !== null) members += members === '' ? name + value : `,${name}${value}`;
    }
    return `{${members}}`;
  };

  const list = (): string => {
    let items = '';
    for (let left = count(); left > 0; left--) {
      const value = read();
      items += items === '' ? value : `,${value}`;
    }
    return `[${items}]`;
  };

  const numberText = (value: number): string => {
    if (!Number.isFinite(value)) throw new Error('This state cannot be shown.');
    return Object.is(value, -0) ? '-0' : String(value);
  };

  /** Null for undefined. */
  const read = (): string | null => {
    switch (tag()) {
      case TAG.null:
        return 'null';
      case TAG.undefined:
        return null;
      case TAG.false:
        return 'false';
      case TAG.true:
        return 'true';
      case TAG.int32:
        return String(integer());
      case TAG.float64:
        return numberText(double());
      case TAG.text:
        return quoted(text());
      case TAG.bigint:
        return String(bigint());
      case TAG.object:
        return object();
      case TAG.array:
        return list();
      default:
        throw new NotPlain();
    }
  };

  const isEmptyList = (): boolean => tag() === TAG.array && count() === 0;

  if (tag() !== TAG.array || count() !== 4) return null;
  if (!isEmptyList() || !isEmptyList() || !isEmptyList()) return null;
  try {
    return read();
  } catch (error) {
    if (error instanceof NotPlain) return null;
    throw error;
  }
}
