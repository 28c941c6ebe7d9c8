import type { FoldFault } from '../../../shared/model/fold.ts';
import { FoldRefused, type Sandbox } from '../sandbox/sandbox.ts';
import type { PackedState } from './pass.ts';
import { refold } from './refold.ts';
import type { WorkBatch, WorkRange } from './work-list.ts';

/** Where a sandbox is had from. */
export interface Sandboxes {
  readonly open: () => Promise<Sandbox>;
  /** One that tells in which loop it ran out of time, and does so sooner. */
  readonly openTracked: () => Promise<Sandbox>;
}

/**
 * The fault of a fold that ran out of time, with the loop that it is in: the last of these events is folded once more, in a
 * sandbox that knows. As it was where that does not run out of time again.
 */
export async function withLoop(
  fault: FoldFault,
  { openTracked }: Sandboxes,
  from: PackedState,
  batches: readonly WorkBatch[],
  ranges: readonly WorkRange[],
): Promise<FoldFault> {
  if (fault.kind !== 'time') return fault;
  const sandbox = await openTracked().catch(unlessRefused);
  if (sandbox === null) return fault;
  const run = sandbox.open();
  if (run.load(from.packed)) return fault;
  const again = refold(sandbox, run, 'run', batches, ranges);
  if (again.end !== 'fault' || again.fault.kind !== 'time') return fault;
  const { line, column } = again.fault;
  return { ...fault, line, column };
}

/** It loads more slowly than it may, or cannot be read with its loops marked. */
function unlessRefused(error: unknown): null {
  if (error instanceof FoldRefused) return null;
  throw error;
}
