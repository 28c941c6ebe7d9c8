import { useEffect, useState } from 'react';
import { checkDraft, type Checked, type CheckOptions } from './check-draft.ts';
import type { Draft } from './draft.ts';
import { inSlices } from './slices.ts';

const PAUSE_MS = 100;
const PAUSE_LARGE_MS = 400;
const LARGE = 256 * 1024;

type Events = Pick<Draft, 'mode' | 'one' | 'batch'>;

export const sameEvents = (a: Events, b: Events): boolean => a.mode === b.mode && a.one === b.one && a.batch === b.batch;

/** What is to be said of the draft as it is, or as it was a moment ago; null before the first look. Found in slices. */
export function useChecked(
  { mode, one, batch }: Events,
  { goReads }: CheckOptions,
): { readonly of: Events; readonly checked: Checked } | null {
  const [found, setFound] = useState<{ readonly of: Events; readonly checked: Checked } | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const of = { mode, one, batch };
    const timer = window.setTimeout(
      () => {
        inSlices(checkDraft(of, { goReads }), abort.signal).then(
          (checked) => setFound({ of, checked }),
          () => {},
        );
      },
      batch.length + one.data.length > LARGE ? PAUSE_LARGE_MS : PAUSE_MS,
    );
    return () => {
      window.clearTimeout(timer);
      abort.abort();
    };
  }, [mode, one, batch, goReads]);
  return found;
}
