import type { ChangeRow } from '../../../../shared/ipc/contract/replay.ts';

/** What can be stood on: before the first change, then every change that is listed. */
export interface Steps {
  /** Of each step, its configuration version. */
  readonly versions: readonly number[];
  /** Of each step but the first. */
  readonly changes: readonly (ChangeRow | null)[];
  /** Of each step, the time it is at in a history whose times never fall; null where none is known yet. */
  readonly times: readonly (bigint | null)[];
}

/** The steps of all changes, or of those of topics whose name holds `topic`; where there are none, the one of `last`. */
export function stepsOf(changes: readonly ChangeRow[], topic: string, last: number): Steps {
  const wanted = topic.toLowerCase();
  const shown = wanted === '' ? changes : changes.filter((change) => change.topic?.toLowerCase().includes(wanted));
  const first = shown[0];
  const all = [null, ...shown];
  let latest: bigint | null = null;
  const times = all.map((change): bigint | null => {
    const time = change?.timestamp ?? null;
    if (time !== null && (latest === null || time > latest)) latest = time;
    return latest;
  });
  return { versions: [first ? first.version - 1 : last, ...shown.map(({ version }) => version)], changes: all, times };
}

/** The step that stands at a version: the last one not after it. */
export function stepAt({ versions }: Steps, version: number): number {
  return lastNotAfter(versions, (known) => known <= version);
}

/** The step that stood at a time: the last one not after it. */
export function stepAtTime({ times }: Steps, time: bigint): number {
  return lastNotAfter(times, (known) => known === null || known <= time);
}

function lastNotAfter<T>(items: readonly T[], isNotAfter: (item: T) => boolean): number {
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isNotAfter(items[middle] as T)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where each step lies on a line that is true to time, 0 to 1. Null where there is no time to be true to. */
export function timePlaces({ times }: Steps): readonly number[] | null {
  const first = times.find((time) => time !== null) ?? null;
  const span = first === null ? 0n : (times.at(-1) ?? first) - first;
  if (first === null || span <= 0n) return null;
  return times.map((time) => Number((((time ?? first) - first) * 1_000_000n) / span) / 1_000_000);
}

/** Recorded time from a step to the next, nanoseconds; null where it is not known. */
export function gapAfter({ changes }: Steps, step: number): bigint | null {
  const here = changes[step]?.timestamp;
  const next = changes[step + 1]?.timestamp;
  return here == null || next == null || next < here ? null : next - here;
}

/** `+6`, `+1 ~2`, `−3`: how many fields a change added, changed and removed. */
export function changeCounts({ changed, more }: Pick<ChangeRow, 'changed' | 'more'>): string {
  const added = changed.filter(({ before }) => before === null).length;
  const removed = changed.filter(({ after }) => after === null).length;
  const other = changed.length - added - removed;
  const counts = [added > 0 ? `+${added}` : '', other > 0 ? `~${other}` : '', removed > 0 ? `−${removed}` : ''].filter(Boolean).join(' ');
  return more > 0 ? `${counts}…` : counts || '±0';
}

/** What a change did, in a word or two. */
export function changeVerb({ type, problem, isRestored }: Pick<ChangeRow, 'type' | 'problem' | 'isRestored'>): string {
  if (problem) return 'skipped';
  if (isRestored) return 'brought back';
  const verbs: Readonly<Record<string, string>> = { TopicCreated: 'created', TopicUpdated: 'changed', TopicDeleted: 'deleted' };
  return verbs[type ?? ''] ?? 'changed';
}
