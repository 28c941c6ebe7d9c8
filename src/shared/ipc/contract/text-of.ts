import { z } from 'zod';
import { TextParts } from '../../model/text-parts.ts';

/** A text of at most `most` UTF-16 units. `z.string().max` counts code points, of which each may be two units. */
export function textOf(most: number) {
  return z.string().refine(...fits(most));
}

/** The same for a method that hands its text on in the parts in which it came. */
export function textPartsOf(most: number) {
  const given = z.union([z.string(), z.instanceof(TextParts)]);
  return given.transform((text) => (typeof text === 'string' ? new TextParts([text]) : text)).refine(...fits(most));
}

function fits(most: number) {
  return [({ length }: { readonly length: number }) => length <= most, `at most ${most} characters`] as const;
}
