import type { StoredEvent } from '../../shared/model/event.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import { createEventFinder, type EventFinder } from './event-finder.ts';
import { createRecent } from './recent.ts';
import { createRelatedEvents, type RelatedEvents } from './related-events.ts';
import { oneTopic } from './store-topics.ts';
import { createTopicDigest, type TopicDigest } from './topic-digest.ts';

/** What is known of one open store beyond its rows: made when asked for, the last few kept. */
export interface Surveys {
  /** The digest of the topic as it is now, aiming at its latest version. TOPIC_NOT_FOUND. */
  digest(topic: string): Promise<TopicDigest>;
  /** `read` gives the event itself, when it is not known yet. */
  related(topic: string, version: number, read: () => Promise<StoredEvent>): Promise<RelatedEvents>;
  finder(id: string, topic: string | null): Promise<EventFinder>;
}

const MOST_DIGESTS = 3;
/** Events in all digests together; the one asked for stays, however large it is. */
const MOST_EVENTS = 12_000_000;
const MOST_RELATED = 4;
const MOST_FINDERS = 8;

export function createSurveys(store: EventStore): Surveys {
  const digests = createRecent<{ readonly incarnation: number; readonly digest: TopicDigest }>(MOST_DIGESTS);
  const related = createRecent<RelatedEvents>(MOST_RELATED);
  const finders = createRecent<EventFinder>(MOST_FINDERS);

  const makeRoom = (): void => {
    const all = digests.entries();
    let events = all.reduce((sum, [, { digest }]) => sum + digest.columns.size, 0);
    for (const [topic, { digest }] of all.slice(0, -1)) {
      if (events <= MOST_EVENTS) return;
      events -= digest.columns.size;
      digests.drop(topic);
    }
  };

  return {
    async digest(topic) {
      const { incarnation } = await oneTopic(store, topic);
      const before = digests.get(topic);
      // What was looked at before the latest version is asked for must lie below it.
      const position = before?.digest.position ?? 0;
      const latest = await store.getLatestVersion(topic);
      if (before && digests.get(topic) === before && (before.incarnation !== incarnation || latest < position)) digests.drop(topic);
      const { digest } = digests.of(topic, () => ({ incarnation, digest: createTopicDigest(store, topic) }));
      digest.aim(latest);
      makeRoom();
      return digest;
    },
    async related(topic, version, read) {
      const { incarnation } = await oneTopic(store, topic);
      const key = JSON.stringify([topic, incarnation, version]);
      const known = related.get(key);
      if (known && (await known.refresh())) return related.of(key, () => known);
      if (known) related.drop(key);
      const origin = await read();
      const made = related.of(key, () => createRelatedEvents(store, origin));
      await made.refresh();
      return made;
    },
    async finder(id, topic) {
      const key = JSON.stringify([id, topic]);
      const known = finders.get(key);
      if (known && (await known.refresh().catch(() => false))) return finders.of(key, () => known);
      if (known) finders.drop(key);
      const made = finders.of(key, () => createEventFinder(store, id, topic));
      await made.refresh();
      return made;
    },
  };
}
