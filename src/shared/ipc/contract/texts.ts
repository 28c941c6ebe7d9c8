import { z } from 'zod';
import { PART_CHARS } from '../text-chars.ts';
import { textOf } from './text-of.ts';

/** Of which call (its `request`), and where in its long texts, which lie one after the other. */
const which = { of: z.string().min(1).max(64), offset: z.int().min(0) };

/** Parts of texts that are too long for the message they belong to. `long-texts.ts` sends and asks for them; nobody else need. */
export const textsInputs = {
  /**
   * The next part of the texts that the call `of` brings, from `offset` in UTF-16 units. The call itself comes after the last part.
   * INVALID_INPUT where parts before are missing, or where more is sent than a window may have on its way.
   */
  'texts.send': z.strictObject({ ...which, part: textOf(PART_CHARS).min(1) }),
  /** A part of the texts of the answer to the call `of`. INVALID_INPUT where it is not kept any more. */
  'texts.more': z.strictObject(which),
} as const;

export interface TextsOutputs {
  'texts.send': null;
  'texts.more': { readonly part: string };
}
