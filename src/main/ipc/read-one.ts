import { EventStoreError } from '../../shared/model/errors.ts';
import type { StoredEvent } from '../../shared/model/event.ts';
import type { EventStore } from '../eventstore/event-store.ts';

/** @throws EventStoreError DAMAGED_EVENT, INVALID_INPUT where no event has this version, TOPIC_NOT_FOUND. */
export async function readOne(store: EventStore, topic: string, version: number): Promise<StoredEvent> {
  const page = await store.readEvents(topic, { direction: 'forward', after: version - 1, limit: 1 });
  const damage = page.damaged.find((found) => found.version === version);
  if (damage) {
    throw new EventStoreError('DAMAGED_EVENT', `Version ${version} of "${topic}" is there and cannot be read: ${damage.reason}`, {
      topic,
      damage,
    });
  }
  const event = page.events.find((found) => found.version === version);
  if (event) return event;
  throw new EventStoreError('INVALID_INPUT', `"${topic}" holds no event of version ${version}.`, { topic, version, field: 'version' });
}
