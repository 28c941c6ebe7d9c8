import { useEffect, useMemo, useState } from 'react';
import { findNodes, findText, MOST_MATCHES, patternOf } from './json-search.ts';
import { runSliced } from './sliced.ts';
import type { TextSource } from './text-source.ts';

/** Where is searched: the nodes of a JSON text, or a text as it is. */
export type Searched = { readonly isJson: true; readonly text: string } | { readonly isJson: false; readonly text: TextSource };

export interface Finding {
  readonly isOpen: boolean;
  readonly open: () => void;
  readonly close: () => void;
  readonly wanted: string;
  readonly search: (wanted: string) => void;
  /** What to mark; null while nothing is searched for. */
  readonly pattern: RegExp | null;
  readonly count: number;
  /** More were not looked for. */
  readonly isCut: boolean;
  /** 0 to 1; null when the search has ended. */
  readonly progress: number | null;
  /** 0-based; -1 where there is none. */
  readonly current: number;
  readonly step: (by: 1 | -1) => void;
  /** Where the current match is. */
  readonly target: { readonly at: number; readonly turn: number } | null;
}

/** One search, and what it has found so far. */
interface Found {
  readonly of: object | null;
  readonly matches: readonly number[];
  readonly progress: number | null;
}

const NOTHING: readonly number[] = [];
const SAY_MS = 100;
const LONG = 1024 * 1024;
const TYPING_MS = 150;

/** Search inside of one text. It never holds the window, and the first matches are there before the last is found. */
export function useFind(searched: Searched | null): Finding {
  const [isOpen, setOpen] = useState(false);
  const [wanted, setWanted] = useState('');
  const [found, setFound] = useState<Found>({ of: null, matches: NOTHING, progress: null });
  const [at, setAt] = useState<{ readonly of: object | null; readonly current: number; readonly turn: number }>({
    of: null,
    current: 0,
    turn: 0,
  });
  const search = useMemo(() => (isOpen && wanted !== '' && searched ? { ...searched, wanted } : null), [isOpen, wanted, searched]);

  useEffect(() => {
    if (!search) return undefined;
    const controller = new AbortController();
    const matches: number[] = [];
    const work = search.isJson ? findNodes(search.text, search.wanted, matches) : findText(search.text, search.wanted, matches);
    let said = performance.now();
    // While a word is being typed, a long text is not searched for each of its beginnings.
    const settled = search.text.length > LONG ? new Promise((done) => setTimeout(done, TYPING_MS)) : Promise.resolve();
    const run = settled.then(() =>
      runSliced(work, controller.signal, (place) => {
        if (performance.now() - said < SAY_MS) return;
        said = performance.now();
        setFound({ of: search, matches: [...matches], progress: place / search.text.length });
      }),
    );
    run.then(
      () => setFound({ of: search, matches, progress: null }),
      // Something else is searched for now.
      () => {},
    );
    return () => controller.abort();
  }, [search]);

  const pattern = useMemo(() => (search ? patternOf(search.wanted) : null), [search]);
  const { matches, progress } =
    search && found.of !== search ? { matches: NOTHING, progress: 0 } : search ? found : { matches: NOTHING, progress: null };
  const current = at.of === search ? at.current : 0;
  const place = matches[current];
  const { turn } = at;
  const target = useMemo(() => (place === undefined ? null : { at: place, turn }), [place, turn]);
  return {
    isOpen,
    open: () => setOpen(true),
    close: () => setOpen(false),
    wanted,
    search: setWanted,
    pattern,
    count: matches.length,
    isCut: matches.length >= MOST_MATCHES,
    progress,
    current: matches.length === 0 ? -1 : current,
    step: (by) => {
      if (matches.length > 0) setAt({ of: search, current: (current + by + matches.length) % matches.length, turn: turn + 1 });
    },
    target,
  };
}
