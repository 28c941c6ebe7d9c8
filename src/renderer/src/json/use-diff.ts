import { useEffect, useState } from 'react';
import { diffJson, type JsonDiff } from './json-diff.ts';
import { runSliced } from './sliced.ts';

interface Comparing {
  readonly result: JsonDiff | null;
  /** 0 to 1. */
  readonly progress: number;
}

/** Where two JSON texts differ, found in slices; nothing while one of them is not there. */
export function useDiff(first: string | null, second: string | null): Comparing {
  const [state, setState] = useState<Comparing & { readonly of: readonly (string | null)[] }>({ of: [], result: null, progress: 0 });
  useEffect(() => {
    if (first === null || second === null) return undefined;
    const controller = new AbortController();
    const of = [first, second];
    const run = async (): Promise<void> => {
      const result = await runSliced(diffJson(first, second), controller.signal, (at) =>
        setState({ of, result: null, progress: at / (first.length + second.length) / 2 }),
      );
      setState({ of, result, progress: 1 });
    };
    run().catch(() => {
      // Two other texts are compared now.
    });
    return () => controller.abort();
  }, [first, second]);
  return state.of[0] === first && state.of[1] === second ? state : { result: null, progress: 0 };
}
