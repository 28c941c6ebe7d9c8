import type { FoldFault } from '../../../shared/model/fold.ts';
import type { Sandbox, SandboxBatch, SandboxRun } from '../sandbox/sandbox.ts';
import type { WorkBatch, WorkPlace, WorkRange } from './work-list.ts';

/** How far a run over ranges came: to the end, or to an event at which it ended otherwise. */
export type RefoldEnd =
  | { readonly end: 'done' }
  | { readonly end: 'stopped' }
  | { readonly end: 'found'; readonly at: WorkPlace }
  | { readonly end: 'fault'; readonly at: WorkPlace; readonly fault: FoldFault };

/** Folds ranges of batches, each taken into the sandbox anew, since a fold may change and keep what it is given. */
export function refold(
  sandbox: Sandbox,
  run: SandboxRun,
  how: 'run' | 'seek',
  batches: readonly WorkBatch[],
  ranges: readonly WorkRange[],
): RefoldEnd {
  let number = -1;
  let taken: SandboxBatch | null = null;
  const take = (batch: number): FoldFault | SandboxBatch => {
    taken?.release();
    taken = null;
    number = batch;
    return sandbox.take((batches[batch] as WorkBatch).written);
  };
  try {
    for (const { batch, from, to } of ranges) {
      if (batch !== number || taken === null) {
        const given = take(batch);
        if ('kind' in given) return { end: 'fault', at: { batch, index: from }, fault: given };
        taken = given;
      }
      const { at, end } = run[how](taken, from, to);
      if (end === 'stopped') return { end };
      if (end === 'found') return { end, at: { batch, index: at } };
      if (end !== 'done') return { end: 'fault', at: { batch, index: at }, fault: end };
    }
    return { end: 'done' };
  } finally {
    // What is broken cannot even give back.
    if (!sandbox.isBroken()) taken?.release();
  }
}
