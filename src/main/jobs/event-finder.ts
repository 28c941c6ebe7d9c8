import type { Output } from '../../shared/ipc/contract.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import { createDrivenWork, type DrivenWork } from './driven-work.ts';
import { readRun } from './read-run.ts';
import { createStoreSearch } from './store-search.ts';
import { storeTopics } from './store-topics.ts';

/** The search for one event by its id. */
export interface EventFinder {
  /** False when what was looked at is not there any more, and the search must begin anew. */
  refresh(): Promise<boolean>;
  readonly advance: DrivenWork;
  answer(): Output<'survey.find'>;
}

/** `topic` null: in every topic of the store. */
export function createEventFinder(store: EventStore, id: string, topic: string | null): EventFinder {
  const search = createStoreSearch(store, id, 'ids');
  let found: Output<'survey.find'>['found'] = null;
  let refreshing: Promise<boolean> | null = null;

  const step = async (): Promise<boolean> => {
    if (found || search.isDone) return false;
    const event = (await search.step()).find((candidate) => candidate.id === id);
    if (event) found = { topic: event.topic, version: event.version };
    return found === null && !search.isDone;
  };

  const look = async (): Promise<boolean> => {
    if (found) {
      const { topic: foundIn, version } = found;
      const { events } = await readRun((page) => store.readBeginnings(foundIn, page, { data: 0, metadata: 0 }), [version]);
      return events[0]?.id === id;
    }
    const topics = await storeTopics(store, topic);
    return search.follow(topics);
  };

  return {
    async refresh() {
      if (!found && !search.isDone) return true;
      refreshing ??= look().finally(() => {
        refreshing = null;
      });
      return refreshing;
    },
    advance: createDrivenWork(step),
    answer() {
      const { scanned, total, isDone, unreachable } = search;
      return { progress: { scanned, total, done: found !== null || isDone }, found, unreachable };
    },
  };
}
