import type { JsonText } from '../../src/shared/model/json-text.ts';

/** Text that the caller itself has just written as JSON, without a second look: seeding millions of events is not the time for one. */
export function asJsonText(text: string): JsonText {
  return text as JsonText;
}
