import type { SurveyProgress } from '../../shared/ipc/contract/survey.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import type { ScanSlice } from '../eventstore/ports/event-repository.ts';
import { createDrivenWork, type DrivenWork } from './driven-work.ts';
import { createEventColumns, type EventColumns } from './event-columns.ts';
import { createRecent } from './recent.ts';
import { splitTime, isBefore } from './split-time.ts';
import { createTopicMatches, filterKey, type EventFilter, type TopicMatches } from './topic-matches.ts';

/**
 * A projection of one topic: a fold over the slices of its scan that answers counted questions about all of it. It only
 * ever grows; a topic that lost versions or was made again needs a new one.
 */
export interface TopicDigest {
  readonly columns: EventColumns;
  /** Types by number. */
  readonly names: readonly string[];
  /** Events by number of type. */
  readonly counts: readonly number[];
  readonly damaged: number;
  readonly times: { readonly earliest: bigint; readonly latest: bigint } | null;
  /** The version that everything up to has been looked at. */
  readonly position: number;
  progress(): SurveyProgress;
  /** The topic has come to this version. */
  aim(latestVersion: number): void;
  /** Looks at further versions until it has caught up with the version it aims at. */
  readonly advance: DrivenWork;
  /** The list of a filter, kept while it is one of the last two that were asked for. */
  matches(filter: EventFilter): TopicMatches;
  /** The first version so far whose timestamp is not before `time`. */
  versionAtTime(time: bigint): number | null;
}

const MOST_FILTERS = 2;

export function createTopicDigest(store: Pick<EventStore, 'scanEvents'>, topic: string): TopicDigest {
  const columns = createEventColumns();
  const names: string[] = [];
  const numbers = new Map<string, number>();
  const counts: number[] = [];
  const lists = createRecent<TopicMatches>(MOST_FILTERS);
  let damaged = 0;
  let position = 0;
  let total = 0;

  const numberOf = (type: string): number => {
    let number = numbers.get(type);
    if (number === undefined) {
      number = names.push(type) - 1;
      numbers.set(type, number);
      counts.push(0);
    }
    return number;
  };

  const fold = (slice: ScanSlice): void => {
    const typeOf = slice.names.map(numberOf);
    columns.add(slice, typeOf);
    for (const type of slice.types) counts[typeOf[type]!]!++;
    damaged += slice.damaged.length;
    position = Math.max(position, slice.next ?? 0, slice.versions.at(-1) ?? 0, slice.damaged.at(-1)?.version ?? 0);
  };

  const step = async (): Promise<boolean> => {
    // What it aims at may move while the slice is read, and then the slice has not looked that far.
    const aim = total;
    if (position >= aim) return false;
    const slice = await store.scanEvents(topic, position);
    fold(slice);
    if (slice.next === null) position = Math.max(position, aim);
    total = Math.max(total, position);
    return position < total;
  };

  const digest: TopicDigest = {
    columns,
    names,
    counts,
    get damaged() {
      return damaged;
    },
    get times() {
      const [first, ...rest] = columns.chunks;
      if (!first) return null;
      let { earliest, latest } = first;
      for (const chunk of rest) {
        if (chunk.earliest < earliest) ({ earliest } = chunk);
        if (chunk.latest > latest) ({ latest } = chunk);
      }
      return { earliest, latest };
    },
    get position() {
      return position;
    },
    progress: () => ({ scanned: position, total, done: position >= total }),
    aim: (latestVersion) => {
      total = Math.max(total, latestVersion);
    },
    advance: createDrivenWork(step),
    matches: (filter) => lists.of(filterKey(filter), () => createTopicMatches(digest, filter)),
    versionAtTime(time) {
      const chunk = columns.chunks.find(({ latest }) => latest >= time);
      if (!chunk) return null;
      const bound = splitTime(time);
      let at = 0;
      while (isBefore(chunk.halves, at, bound)) at++;
      return columns.versionAt(chunk.start + at);
    },
  };
  return digest;
}
