import type { TypeCount, TypeCounts } from '../../shared/ipc/contract/survey.ts';
import { firstPlace } from './event-columns.ts';

const MOST_TYPES = 500;
/** UTF-16 units of all names together; one longer than a filter can name is among the others. */
const MOST_CHARS = 50 * 1024;
const LONGEST_NAME = 4096;

/** The most frequent types first, equals by name; the rest in one sum. */
export function typeCounts(names: readonly string[], counts: readonly number[]): TypeCounts {
  const top: TypeCount[] = [];
  let types = 0;
  let events = 0;
  for (const [number, count] of counts.entries()) {
    if (count === 0) continue;
    types++;
    events += count;
    const type = names[number]!;
    if (type.length > LONGEST_NAME || (top.length === MOST_TYPES && count < top.at(-1)!.count)) continue;
    const at = firstPlace(top.length, (place) => isAfter(top[place]!, count, type));
    top.splice(at, 0, { type, count });
    if (top.length > MOST_TYPES) top.pop();
  }
  const shown = fitting(top);
  const shownEvents = shown.reduce((sum, { count }) => sum + count, 0);
  return { types: shown, otherTypes: { types: types - shown.length, count: events - shownEvents } };
}

function isAfter(other: TypeCount, count: number, type: string): boolean {
  return other.count < count || (other.count === count && other.type > type);
}

function fitting(top: readonly TypeCount[]): readonly TypeCount[] {
  let chars = 0;
  const tooFar = top.findIndex(({ type }) => {
    chars += type.length;
    return chars > MOST_CHARS;
  });
  return tooFar === -1 ? top : top.slice(0, tooFar);
}
