import type { FoldFault } from '../../../shared/model/fold.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
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
 * The fault of a fold that ran out of time, with the loop that it is in: these events, the last of which did, are folded once more in
 * a sandbox that knows. As it was where that does not run out of time at the same event.
 */
export async function withLoop(
  fault: FoldFault,
  { openTracked }: Sandboxes,
  from: PackedState,
  batches: readonly WorkBatch[],
  ranges: readonly WorkRange[],
): Promise<FoldFault> {
  if (fault.kind !== 'time') return fault;
  // It may load too slowly, not load with its loops marked, or find no memory beside the other one: then there is no more to say.
  const sandbox = await openTracked().catch(() => null);
  if (sandbox === null) return fault;
  const run = sandbox.open();
  if (run.load(from.packed)) return fault;
  const again = refold(sandbox, run, 'run', batches, ranges);
  const last = ranges.at(-1);
  const isLast = again.end === 'fault' && again.at.batch === last?.batch && again.at.index === last.to - 1;
  if (!isLast || again.fault.kind !== 'time') return fault;
  const { line, column } = again.fault;
  return { ...fault, line, column };
}
