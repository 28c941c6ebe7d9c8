import { FORMAT_VERSION } from './binary-value.ts';

/** Goes through the bytes of a value (binary-value.ts). Every step throws a RangeError behind their end. */
export interface ByteReader {
  /** The texts that are used as keys. */
  readonly keys: readonly string[];
  readonly tag: () => number;
  readonly count: () => number;
  readonly integer: () => number;
  readonly double: () => number;
  readonly text: () => string;
  readonly skipText: () => void;
  readonly skip: (bytes: number) => void;
  readonly isAtEnd: () => boolean;
  readonly bigint: () => bigint;
  /** The number of a key: an index from 0 into `keys`, or for an array index -1 minus it. */
  readonly key: () => number;
}

/** Stands at the tag of the value. @throws Error for bytes of another version. */
export function openByteReader(bytes: Uint8Array): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  const tag = (): number => view.getUint8(at++);

  const count = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = view.getUint8(at++);
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  };

  const skip = (size: number): void => {
    at += size;
    if (at > bytes.length) throw new RangeError('The bytes of a value end within it.');
  };

  /** Bytes of a text, by its count: two for each unit, or one. */
  const sizeOf = (length: number): number => ((length & 1) === 1 ? length - 1 : length >>> 1);

  /** All bytes as Latin-1, of which a text is a part: had sooner than one by one. */
  let latin1: string | null = null;

  const text = (): string => {
    const length = count();
    const start = at;
    skip(sizeOf(length));
    if ((length & 1) === 1) return buffer.toString('utf16le', start, at);
    latin1 ??= buffer.toString('latin1');
    return latin1.slice(start, at);
  };

  if (tag() !== FORMAT_VERSION) throw new Error('The sandbox writes values in another format than the one known here.');
  const keys = Array.from({ length: count() }, text);
  return {
    keys,
    tag,
    count,
    text,
    skip,
    isAtEnd: () => at === bytes.length,
    skipText: () => skip(sizeOf(count())),
    integer: () => {
      const zigzag = count();
      return (zigzag >>> 1) ^ -(zigzag & 1);
    },
    double: () => {
      at += 8;
      return view.getFloat64(at - 8, true);
    },
    bigint: () => {
      const size = count();
      skip(size);
      return bigintOf(buffer.subarray(at - size, at));
    },
    key: () => {
      const number = count();
      return (number & 1) === 1 ? -1 - (number >>> 1) : (number >>> 1) - 1;
    },
  };
}

/** Two's complement, lowest byte first. */
function bigintOf(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  let hex = '';
  for (let i = bytes.length - 1; i >= 0; i--) hex += (bytes[i] ?? 0).toString(16).padStart(2, '0');
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex}`));
}
