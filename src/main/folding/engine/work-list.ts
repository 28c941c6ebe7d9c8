import type { StoredEvent } from '../../../shared/model/event.ts';
import type { WrittenBatch } from '../sandbox/write-batch.ts';

/** Events on their way through a fold, and what the sandbox reads of them. */
export interface WorkBatch {
  readonly events: readonly StoredEvent[];
  readonly written: WrittenBatch;
  /** Indexes of events that are left out: they failed before, or cannot be given to a fold. */
  readonly left: Set<number>;
}

/** The event of index `index` in the batch of number `batch`, or the place before it. */
export interface WorkPlace {
  readonly batch: number;
  readonly index: number;
}

/** Events of one batch that are folded in one go. */
export interface WorkRange {
  readonly batch: number;
  readonly from: number;
  readonly to: number;
}

export const WORK_START: WorkPlace = { batch: 0, index: 0 };

export function workBatch(events: readonly StoredEvent[], written: WrittenBatch, skip: ReadonlySet<number>): WorkBatch {
  const left = new Set<number>(written.unfit.keys());
  if (skip.size > 0) for (const [index, { version }] of events.entries()) if (skip.has(version)) left.add(index);
  return { events, written, left };
}

/** What is folded from one place up to another: ranges without the events that are left out, at most `most` events in all. */
export function rangesBetween(batches: readonly WorkBatch[], start: WorkPlace, end: WorkPlace, most = Infinity): WorkRange[] {
  const ranges: WorkRange[] = [];
  let open = most;
  for (let batch = start.batch; batch <= end.batch && batch < batches.length; batch++) {
    const { events, left } = batches[batch] as WorkBatch;
    const last = batch === end.batch ? end.index : events.length;
    for (let from = batch === start.batch ? start.index : 0; from < last && open > 0; from++) {
      if (left.has(from)) continue;
      let to = from + 1;
      while (to < last && !left.has(to) && to - from < open) to++;
      ranges.push({ batch, from, to });
      open -= to - from;
      from = to;
    }
  }
  return ranges;
}

export const eventsIn = (ranges: readonly WorkRange[]): number => ranges.reduce((sum, { from, to }) => sum + to - from, 0);

/** Where the event of this number (from 0) among those of some ranges stands. */
export function placeOf(ranges: readonly WorkRange[], number: number): WorkPlace {
  let before = number;
  for (const { batch, from, to } of ranges) {
    if (before < to - from) return { batch, index: from + before };
    before -= to - from;
  }
  return WORK_START;
}
