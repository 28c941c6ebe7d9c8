/**
 * How QuickJS itself writes and reads values as bytes (its "binary JSON", which our pinned build fixes: a test compares).
 * It keeps what JSON text loses on the way into and out of JavaScript: bigints, -0, undefined. Reading and writing it runs no
 * code of the sandbox.
 *
 * A version byte; the number of texts used as keys, and those texts; then one value: a tag and what belongs to it. Numbers of
 * things are LEB128, integers zigzag LEB128, doubles and UTF-16 little-endian. A text's length carries in its lowest bit
 * whether a unit has one byte (Latin-1) or two. A key is a text's number from 1, doubled, or an array index, doubled plus 1.
 */
export const FORMAT_VERSION = 5;

export const TAG = {
  null: 1,
  undefined: 2,
  false: 3,
  true: 4,
  int32: 5,
  float64: 6,
  text: 7,
  object: 8,
  array: 9,
  bigint: 10,
} as const;
