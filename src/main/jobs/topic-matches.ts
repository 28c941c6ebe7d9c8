import { CHUNK, firstPlace, type EventChunk } from './event-columns.ts';
import type { Breathe } from '../eventstore/pace.ts';
import { isBefore, splitTime } from './split-time.ts';
import type { TopicDigest } from './topic-digest.ts';

/** Which events: `types` null for all of them; `from` inclusive and `to` exclusive in nanoseconds, null without end. */
export interface EventFilter {
  readonly types: readonly string[] | null;
  readonly from: bigint | null;
  readonly to: bigint | null;
}

/** The events of a digest that a filter lets through, by their places in it. */
export interface TopicMatches {
  readonly size: number;
  /** Matching events by number of type; a number beyond its end is a type without any. */
  readonly counts: readonly number[];
  /** Everything the digest holds is in it. */
  readonly isWhole: boolean;
  /** Takes in what the digest has learned since. */
  catchUp(breathe: Breathe): Promise<void>;
  /** The place in the digest of the match at `index`, 0 the oldest. */
  placeAt(index: number): number;
  /** How many matches lie before a place of the digest. */
  countBefore(place: number): number;
}

export function filterKey({ types, from, to }: EventFilter): string {
  return JSON.stringify([types && [...new Set(types)].sort(), String(from), String(to)]);
}

export function createTopicMatches(digest: TopicDigest, filter: EventFilter): TopicMatches {
  return filter.types === null && filter.from === null && filter.to === null ? wholeTopic(digest) : filtered(digest, filter);
}

function wholeTopic({ columns, counts }: TopicDigest): TopicMatches {
  return {
    get size() {
      return columns.size;
    },
    counts,
    isWhole: true,
    catchUp: async () => {},
    placeAt: (index) => index,
    countBefore: (place) => Math.min(place, columns.size),
  };
}

function filtered({ columns, names }: TopicDigest, { types, from, to }: EventFilter): TopicMatches {
  const wanted = types && new Set(types);
  /** By number of type; as long as the types were when it was last looked at. */
  const isWanted: boolean[] = [];
  const counts: number[] = [];
  const parts: Uint32Array[] = [];
  const start = from === null ? null : splitTime(from);
  const end = to === null ? null : splitTime(to);
  let size = 0;
  let upTo = 0;

  const learnTypes = (): void => {
    for (let number = isWanted.length; number < names.length; number++) {
      isWanted.push(!wanted || wanted.has(names[number]!));
      counts.push(0);
    }
  };

  const keep = (place: number): void => {
    const at = size % CHUNK;
    if (at === 0) parts.push(new Uint32Array(CHUNK));
    parts.at(-1)![at] = place;
    size++;
  };

  /** All of it at once: between two chunks others may call, and find a whole state. */
  const takeChunk = ({ start: first, size: length, types: numbers, halves, earliest, latest }: EventChunk): void => {
    const lower = start !== null && from !== null && earliest < from ? start : null;
    const upper = end !== null && to !== null && latest >= to ? end : null;
    const outside = (from !== null && latest < from) || (to !== null && earliest >= to);
    for (let at = upTo - first; at < length && !outside; at++) {
      const number = numbers[at]!;
      if (!isWanted[number]) continue;
      if (lower && isBefore(halves, at, lower)) continue;
      if (upper && !isBefore(halves, at, upper)) continue;
      keep(first + at);
      counts[number]!++;
    }
    upTo = first + length;
  };

  const placeAt = (index: number): number => parts[Math.floor(index / CHUNK)]![index % CHUNK]!;

  return {
    get size() {
      return size;
    },
    counts,
    isWhole: false,
    async catchUp(breathe) {
      while (upTo < columns.size) {
        learnTypes();
        takeChunk(columns.chunkOf(upTo));
        await breathe();
      }
    },
    placeAt,
    countBefore: (place) => firstPlace(size, (index) => placeAt(index) >= place),
  };
}
