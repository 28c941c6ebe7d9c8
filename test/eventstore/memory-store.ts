import { memoryAdapter } from '../../src/main/adapters/memory/memory-adapter.ts';
import { createEventStore, type EventStore, type EventStoreOptions } from '../../src/main/eventstore/event-store.ts';
import { newEventStoreConfig } from '../../src/shared/model/event-store-config.ts';
import type { NewEvent } from '../../src/shared/model/event.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';

/** A store in memory with a clock that counts nanoseconds and ids that count up. */
export function memoryStore(options: Partial<EventStoreOptions> = {}): EventStore {
  let clock = 1_700_000_000_000_000_000n;
  let ids = 0;
  return createEventStore(newEventStoreConfig(), {
    adapters: { memory: memoryAdapter() },
    base: '/',
    now: () => ++clock,
    newId: () => `id-${++ids}`,
    ...options,
  });
}

export async function openMemoryStore(options: Partial<EventStoreOptions> = {}): Promise<EventStore> {
  const store = memoryStore(options);
  await store.initialize();
  return store;
}

export function event(type: string, data: string = '{}', more: Partial<NewEvent> = {}): NewEvent {
  return { type, data: parseJsonText(data), ...more };
}
