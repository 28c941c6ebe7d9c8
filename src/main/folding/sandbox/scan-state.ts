import { TAG } from './binary-value.ts';
import { openByteReader, type ByteReader } from './byte-reader.ts';

export interface StateScan {
  /**
   * whole: all that belongs to the state is there. cut: it is not, which QuickJS does not say itself when it has no memory left to
   * write. foreign: something in it is no value of a state, or it is nested too deeply for one.
   */
  readonly ending: 'whole' | 'cut' | 'foreign';
  /**
   * How many own members all objects and lists of a whole state have, as `Reflect.ownKeys` counts them (a list has one more than its
   * items: its length). Null where the bytes hold what JSON cannot, or one object in several places.
   */
  readonly plainMembers: number | null;
}

/** To which level objects and lists are nested in a state that can be shown; the state itself is on the first. */
const MOST_LEVELS = 500;

const CUT: StateScan = { ending: 'cut', plainMembers: null };
const FOREIGN: StateScan = { ending: 'foreign', plainMembers: null };

/** What the bytes of a packed state tell of it. Classes and hidden members are left to the sandbox. */
export function scanState(packed: Uint8Array): StateScan {
  try {
    return scanWith(openByteReader(packed));
  } catch (error) {
    if (error instanceof RangeError) return CUT;
    throw error;
  }
}

function scanWith(reader: ByteReader): StateScan {
  let isPlain = true;
  let members = 0;

  /** False for what is foreign. A member that is undefined is as good as left out; anywhere else undefined is a mistake. */
  const scan = (level: number, isMember: boolean): boolean => {
    switch (reader.tag()) {
      case TAG.null:
      case TAG.false:
      case TAG.true:
        return true;
      case TAG.undefined:
        if (!isMember) isPlain = false;
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
        if (level > MOST_LEVELS) return false;
        const count = reader.count();
        members += count;
        for (let i = 0; i < count; i++) {
          reader.key();
          if (!scan(level + 1, true)) return false;
        }
        return true;
      }
      case TAG.array: {
        if (level > MOST_LEVELS) return false;
        const count = reader.count();
        members += count + 1;
        for (let i = 0; i < count; i++) if (!scan(level + 1, false)) return false;
        return true;
      }
      default:
        return false;
    }
  };

  if (reader.tag() !== TAG.array || reader.count() !== 4) return FOREIGN;
  for (let part = 0; part < 3; part++) if (!scan(1, false)) return FOREIGN;
  // Places of exact numbers and of objects without a prototype, and links: the state is not plain then.
  if (members > 3) isPlain = false;
  members = 0;
  if (!scan(1, false)) return FOREIGN;
  if (!reader.isAtEnd()) return FOREIGN;
  return { ending: 'whole', plainMembers: isPlain ? members : null };
}
