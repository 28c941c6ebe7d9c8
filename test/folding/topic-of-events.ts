import { foldPlaces } from '../../src/main/fold-places.ts';
import { openFoldSession, type FoldSession, type FoldSessionOptions } from '../../src/main/folding/fold-session.ts';
import { topicHistory } from '../../src/main/folding/history.ts';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import { onTestFinished } from 'vitest';
import { event, openMemoryStore } from '../eventstore/memory-store.ts';

const BATCH = 1000;

/** A store in memory with a topic `t` of these events. */
export async function storeOf(data: readonly string[], typeOf: (version: number) => string = () => 'T'): Promise<EventStore> {
  const store = await openMemoryStore();
  await store.createTopic({ name: 't' });
  await appendData(store, data, typeOf);
  return store;
}

export async function appendData(
  store: EventStore,
  data: readonly string[],
  typeOf: (version: number) => string = () => 'T',
): Promise<void> {
  const before = await store.getLatestVersion('t');
  for (let at = 0; at < data.length; at += BATCH) {
    await store.appendEvents(
      't',
      data.slice(at, at + BATCH).map((text, index) => event(typeOf(before + at + index + 1), text)),
    );
  }
}

export const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_none, index) => `{"n":${index + 1},"k":"k${index % 13}"}`);

/** A fold over the topic `t`, closed when the test is over. */
export async function foldOf(store: EventStore, source: string, options: Partial<FoldSessionOptions> = {}): Promise<FoldSession> {
  const session = await openFoldSession({
    history: await topicHistory(store, 't'),
    places: foldPlaces(),
    source,
    time: 20_000,
    ...options,
  });
  onTestFinished(() => session.close());
  return session;
}
