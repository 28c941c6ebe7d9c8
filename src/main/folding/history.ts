import { MAX_PAGE, type EventPage } from '../../shared/model/event.ts';
import { EventStoreError } from '../../shared/model/errors.ts';
import type { EventStore } from '../eventstore/event-store.ts';

/** What a fold reads: events in order of version, a page at a time. */
export interface History {
  readonly topic: string;
  /** The next events after a version, at most `limit` (1 to 1000); `next` is null at the end. */
  readonly read: (after: number, limit: number) => Promise<EventPage>;
  readonly latest: () => Promise<number>;
}

/**
 * A topic as it lies in the store, up to a version where one is given. It ends with TOPIC_NOT_FOUND when the topic is deleted,
 * also if another of that name is created: that one has another history.
 * @throws EventStoreError TOPIC_NOT_FOUND
 */
export async function topicHistory(store: TopicReader, topic: string, upTo = Infinity): Promise<History> {
  const incarnation = async (): Promise<number> => (topic === store.configStream.name ? 0 : (await store.getTopic(topic)).incarnation);
  const known = await incarnation();
  return {
    topic,
    async read(after, limit) {
      const page = await store.readEvents(topic, { after, limit: Math.min(limit, MAX_PAGE) });
      const isWanted = ({ version }: { readonly version: number }): boolean => version <= upTo;
      const next = page.next === null || page.next >= upTo ? null : page.next;
      return { ...page, events: page.events.filter(isWanted), damaged: page.damaged.filter(isWanted), next };
    },
    async latest() {
      if ((await incarnation()) === known) return Math.min(await store.getLatestVersion(topic), upTo);
      throw new EventStoreError('TOPIC_NOT_FOUND', `Topic "${topic}" was deleted and created again: this fold is of the earlier one.`, {
        topic,
      });
    },
  };
}

type TopicReader = Pick<EventStore, 'configStream' | 'getTopic' | 'readEvents' | 'getLatestVersion'>;
