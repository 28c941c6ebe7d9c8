import { TAG } from './binary-value.ts';
import { openByteReader, type ByteReader } from './byte-reader.ts';

export interface StateScan {
  /** All that belongs to the state is there. QuickJS does not say so itself when it has no memory left to write. */
  readonly isWhole: boolean;
  /**
   * How many own members all objects and lists of the state have, as `Reflect.ownKeys` counts them (a list has one more than its
   * items: its length). Null where the bytes hold what JSON cannot, undefined, or one object in several places.
   */
  readonly plainMembers: number | null;
}

/** A state that can be shown has 500 levels at most, in the list in which it is packed. */
const MOST_LEVELS = 501;

const BROKEN: StateScan = { isWhole: false, plainMembers: null };

/** What the bytes of a packed state tell of it. Classes and hidden members are left to the sandbox. */
export function scanState(packed: Uint8Array): StateScan {
  try {
    return scanWith(openByteReader(packed));
  } catch (error) {
    if (error instanceof RangeError) return BROKEN;
    throw error;
  }
}

function scanWith(reader: ByteReader): StateScan {
  let isPlain = true;
  let members = 0;

  const scan = (level: number): boolean => {
    if (level > MOST_LEVELS) return false;
    switch (reader.tag()) {
      case TAG.null:
      case TAG.false:
      case TAG.true:
        return true;
      case TAG.undefined:
        isPlain = false;
        return true;
      case TAG.int32:
        reader.count();
        return true;
      case TAG.float64:
        if (!Number.isFinite(reader.double())) isPlain = false;
        return true;
      case TAG.text:
        reader.skipText();
        return true;
      case TAG.bigint:
        reader.skip(reader.count());
        return true;
      case TAG.object: {
        const count = reader.count();
        members += count;
        for (let i = 0; i < count; i++) {
          reader.key();
          if (!scan(level + 1)) return false;
        }
        return true;
      }
      case TAG.array: {
        const count = reader.count();
        members += count + 1;
        for (let i = 0; i < count; i++) if (!scan(level + 1)) return false;
        return true;
      }
      default:
        return false;
    }
  };

  if (reader.tag() !== TAG.array || reader.count() !== 4) return BROKEN;
  for (let part = 0; part < 3; part++) if (!scan(1)) return BROKEN;
  // Places of exact numbers and of objects without a prototype, and links: the state is not plain then.
  if (members > 3) isPlain = false;
  members = 0;
  if (!scan(1)) return BROKEN;
  return { isWhole: reader.isAtEnd(), plainMembers: isPlain ? members : null };
}
