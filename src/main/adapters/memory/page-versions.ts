import type { ReadQuery } from '../../../shared/model/event.ts';

/**
 * The versions a read walks, in its direction, starting beyond the exclusive `cursor`. `lists` are the ascending,
 * disjoint versions of the types asked for; null: every version from 1 to `latest`.
 */
export function* pageVersions(
  direction: ReadQuery['direction'],
  cursor: number | null,
  latest: number,
  lists: readonly (readonly number[])[] | null,
): Generator<number> {
  const forward = direction === 'forward';
  const step = forward ? 1 : -1;
  const beyond = cursor ?? (forward ? 0 : latest + 1);
  if (!lists) {
    for (let at = forward ? Math.max(beyond, 0) + 1 : Math.min(beyond, latest + 1) - 1; at >= 1 && at <= latest; at += step) yield at;
    return;
  }
  const heads = lists.map((versions) => (forward ? countUpTo(versions, beyond) : countUpTo(versions, beyond - 1) - 1));
  for (;;) {
    let next: number | undefined;
    let from = -1;
    for (const [index, versions] of lists.entries()) {
      const version = versions[heads[index]!];
      if (version === undefined || (next !== undefined && (forward ? version > next : version < next))) continue;
      next = version;
      from = index;
    }
    if (next === undefined) return;
    yield next;
    heads[from]! += step;
  }
}

/** How many of the ascending `versions` are at most `limit`. */
function countUpTo(versions: readonly number[], limit: number): number {
  let low = 0;
  let high = versions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (versions[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
