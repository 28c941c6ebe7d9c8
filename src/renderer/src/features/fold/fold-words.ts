import type { FoldRun } from '../../api/fold-run.ts';
import type { FoldAround } from '../../../../shared/ipc/contract/folds.ts';
import type { BisectAnswer, FoldFault } from '../../../../shared/model/fold.ts';
import { count, plural } from '../../ui/format.ts';

/** How the fold stands, in a line. */
export function runText({ id, state, error }: FoldRun): string {
  if (error !== null) return 'Not folded';
  if (id === null || state === null) return 'The fold is being loaded…';
  const { status, folded, total, eventsPerSecond } = state;
  if (state.failure !== null) return `Ended at version ${count(folded)} of ${count(total)}`;
  switch (status) {
    case 'idle':
    case 'folding':
      return `Folded ${count(folded)} of ${count(total)}${eventsPerSecond === 0 ? '' : ` · ${count(eventsPerSecond)} events/s`}`;
    case 'done':
      return `${plural(folded, 'event')} folded`;
    case 'stopped':
      return `Stopped at version ${count(folded)} of ${count(total)}`;
    case 'halted':
      return `Gave up at version ${count(folded)} of ${count(total)}: time or memory ran out time and again, or the state could not be kept for long`;
  }
}

export const IMPURE =
  'This fold keeps something outside of its state, in a variable of its module perhaps. What it shows depends on what was folded before: not to be relied on.';

/** The fault at a version is that its state cannot be shown; its event did not fail, and folding went on with it. */
export const isStateUnshown = ({ after, fault }: Pick<FoldAround, 'after' | 'fault'>): boolean => after === null && isOfState(fault);

export const isOfState = (fault: FoldFault | null): boolean => fault?.kind === 'state';

export function unshownText(since: number | null): string {
  return since === null
    ? 'The state cannot be shown.'
    : `From version ${count(since)} on the state holds something that cannot be shown. Folding goes on with it.`;
}

/** What a bisect found, how it looked, and what the condition did on the way. */
export function bisectText({ version, method, asked, threw, firstThrown }: BisectAnswer): string {
  const how =
    method === 'scan'
      ? `Scanned: asked after every event, ${plural(asked, 'time')}`
      : `Searched by halves: asked ${plural(asked, 'time')}, right only if it stays true`;
  const found =
    version === null
      ? 'It never holds.'
      : version === 0
        ? 'It holds before the first event.'
        : `It first holds after version ${count(version)}.`;
  const thrown =
    threw === 0 ? '' : ` It threw ${plural(threw, 'time')}, which counts as not holding${firstThrown ? `: ${firstThrown.reason}` : ''}.`;
  return `${found} ${how}.${thrown}`;
}
