import { z } from 'zod';

/** A text of at most `most` UTF-16 units. `z.string().max` counts code points, of which each may be two units. */
export function textOf(most: number) {
  return z.string().refine(({ length }) => length <= most, `at most ${most} characters`);
}
