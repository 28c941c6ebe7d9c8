import type { StoredEvent } from '../../shared/model/event.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import { readRun } from './read-run.ts';
import { isGone, type TopicState } from './store-topics.ts';

/**
 * Looks through topics for events of an id, or with a text in their metadata; with `where` 'ids' for events of the id alone,
 * which an index tells where one is kept. What it gives are candidates, read whole: the text may stand in the metadata for
 * something else.
 */
export interface StoreSearch {
  readonly scanned: number;
  readonly total: number;
  readonly unreachable: readonly string[];
  readonly isDone: boolean;
  /** Aims at the topics as they are now; false when one that was looked at has lost events or been made again. */
  follow(topics: readonly TopicState[]): boolean;
  /** One short piece of the search. */
  step(): Promise<readonly StoredEvent[]>;
}

interface Cursor {
  readonly incarnation: number;
  position: number;
  total: number;
  reachable: boolean;
}

export function createStoreSearch(store: EventStore, text: string, where: 'ids' | 'ids and metadata'): StoreSearch {
  const cursors = new Map<string, Cursor>();
  let candidates: { readonly topic: string; readonly versions: readonly number[] } | null = null;

  const isOpen = ({ position, total, reachable }: Cursor): boolean => reachable && position < total;
  const sum = (of: (cursor: Cursor) => number): number =>
    [...cursors.values()].reduce((all, cursor) => all + (cursor.reachable ? of(cursor) : 0), 0);

  /** What happened to one topic is said of it and keeps none of the others from being looked at. */
  const attempt = async <T>(topic: string, work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      if (isGone(error)) throw error;
      const cursor = cursors.get(topic);
      if (cursor) cursor.reachable = false;
      return null;
    }
  };

  /** False where no index of ids is kept. */
  const lookUp = async (topic: string, cursor: Cursor): Promise<boolean> => {
    const aim = cursor.total;
    const version = await attempt(topic, () => store.versionOfId(topic, text, cursor.position));
    if (version === null) return !cursor.reachable;
    cursor.position = version === 0 ? aim : version;
    cursor.total = Math.max(aim, version);
    if (version > 0) candidates = { topic, versions: [version] };
    return true;
  };

  const scan = async (topic: string, cursor: Cursor): Promise<void> => {
    const aim = cursor.total;
    const slice = await attempt(topic, () => store.scanEvents(topic, cursor.position, text));
    if (!slice) return;
    const last = Math.max(cursor.position, slice.next ?? aim, slice.versions.at(-1) ?? 0);
    cursor.position = last;
    cursor.total = Math.max(aim, last);
    if (slice.versions.length > 0) candidates = { topic, versions: [...slice.versions] };
  };

  return {
    get scanned() {
      return sum(({ position }) => position);
    },
    get total() {
      return sum(({ total }) => total);
    },
    get unreachable() {
      return [...cursors].flatMap(([name, { reachable }]) => (reachable ? [] : name));
    },
    get isDone() {
      return candidates === null && ![...cursors.values()].some(isOpen);
    },
    follow(topics) {
      let same = true;
      for (const { name, incarnation, latest } of topics) {
        const known = cursors.get(name);
        if (known && (known.incarnation !== incarnation || (latest !== null && latest < known.position))) same = false;
        const cursor = known ?? { incarnation, position: 0, total: 0, reachable: true };
        cursor.reachable = latest !== null;
        cursor.total = Math.max(cursor.total, latest ?? 0);
        cursors.set(name, cursor);
      }
      return same && topics.length === cursors.size;
    },
    async step() {
      if (candidates) {
        const { topic, versions } = candidates;
        const run = await attempt(topic, () => readRun((page) => store.readEvents(topic, page), versions));
        const rest = run ? versions.slice(run.taken) : [];
        candidates = rest.length > 0 ? { topic, versions: rest } : null;
        return run?.events ?? [];
      }
      const next = [...cursors].find(([, cursor]) => isOpen(cursor));
      if (next && !(where === 'ids' && (await lookUp(...next)))) await scan(...next);
      return [];
    },
  };
}
