import type { AreaHandlers } from '../handlers.ts';
import type { LongTexts } from '../long-texts.ts';

/** How texts that are too long for one message come and go; the router puts them into the calls that they belong to. */
export function textsHandlers(texts: LongTexts): AreaHandlers<'texts'> {
  return {
    'texts.send': async ({ part, ...at }, { workspace }) => {
      texts.receive(workspace, at, part);
      return null;
    },
    'texts.more': async (at, { workspace }) => ({ part: texts.more(workspace, at) }),
  };
}
