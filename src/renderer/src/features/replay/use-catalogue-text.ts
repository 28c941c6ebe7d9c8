import { useEffect, useMemo, useState } from 'react';
import type { Past } from '../../api/replay.ts';
import { runSliced, runWhole } from '../../json/sliced.ts';
import { catalogueText, type CatalogueText } from './catalogue-text.ts';

/** As many topics are written within a slice. */
const AT_ONCE = 600;

interface Written extends CatalogueText {
  /** What the text says; null: nothing yet. */
  readonly past: Past | null;
}

const NOTHING: Written = { past: null, text: '{}', places: new Map() };

/** A catalogue as text. A large one is written in slices, and what was there before stays until it is whole. */
export function useCatalogueText(past: Past | null): Written {
  const [shown, setShown] = useState(NOTHING);
  const isLarge = past !== null && past.topics.length > AT_ONCE;
  const small = useMemo(() => (past === null || isLarge ? null : { past, ...runWhole(catalogueText(past.topics)) }), [past, isLarge]);
  if (small !== null && small !== shown) setShown(small);
  useEffect(() => {
    if (past === null || !isLarge) return undefined;
    const controller = new AbortController();
    runSliced(catalogueText(past.topics), controller.signal)
      .then((written) => setShown({ past, ...written }))
      .catch(() => {
        // Another one is wanted by now.
      });
    return () => controller.abort();
  }, [past, isLarge]);
  return past === null ? NOTHING : (small ?? shown);
}
