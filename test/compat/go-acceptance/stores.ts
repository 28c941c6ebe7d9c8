import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openAdapters } from '../../../src/main/adapter-table.ts';
import { createEventStore, type EventStore } from '../../../src/main/eventstore/event-store.ts';
import type { EventRepository, RepositoryAdapter } from '../../../src/main/eventstore/ports/event-repository.ts';
import { isEventStoreError, type ErrorCode } from '../../../src/shared/model/errors.ts';
import type { NewEvent, StoredEvent } from '../../../src/shared/model/event.ts';
import { newEventStoreConfig } from '../../../src/shared/model/event-store-config.ts';
import type { EventStreamConfig } from '../../../src/shared/model/event-stream-config.ts';
import { toJsonText } from '../../../src/shared/model/json-text.ts';
import type { TopicConfig } from '../../../src/shared/model/topic-config.ts';
import { createTestClock } from '../../support/test-clock.ts';
import { createTestIds } from '../../support/test-ids.ts';
import { openTempFolder } from '../../support/temp-folder.ts';

/** The adapters of the Go original's own tests, and ours. */
export const { adapters } = openAdapters('inline', false);

/** A folder of this test alone. */
export function newFolder(): string {
  const { path, close } = openTempFolder('go');
  onTestFinished(close);
  return path;
}

/** A store that is not initialised yet; closed when the test is over. Without a folder its configuration is in memory. */
export function newStore(folder?: string): EventStore {
  const fs: EventStreamConfig = { name: 'configuration', adapter: 'fs', connection: 'config', options: {} };
  const config = folder === undefined ? newEventStoreConfig() : newEventStoreConfig({ configStream: fs });
  const store = createEventStore(config, { adapters, base: folder ?? newFolder(), now: createTestClock(), newId: createTestIds() });
  onTestFinished(() => store.close());
  return store;
}

export async function openedStore(folder?: string): Promise<EventStore> {
  const store = newStore(folder);
  await store.initialize();
  return store;
}

/** A repository without a store around it. */
export async function openRepository(adapter: 'memory' | 'fs', folder = newFolder(), create = true): Promise<EventRepository> {
  const opener = adapters[adapter] as RepositoryAdapter;
  const repository = await opener.open(await opener.locate(adapter === 'fs' ? 'repository' : '', folder), { create, lockWait: 1000 });
  onTestFinished(() => repository.close());
  return repository;
}

export function repositoryPath(folder: string, ...parts: readonly string[]): string {
  return join(folder, 'repository', ...parts);
}

export const topicOf = (name: string, options: Readonly<Record<string, string>> = {}): TopicConfig => ({
  name,
  adapter: 'fs',
  connection: 'repository',
  options,
});

export const event = (type: string, data: unknown = { key: 'value' }, more: Partial<NewEvent> = {}): NewEvent => ({
  type,
  data: toJsonText(data),
  ...more,
});

let made = 0;

/** Appends to a repository as the EventStore does: ids and timestamps filled in, versions from the repository. */
export async function appendTo(repository: EventRepository, topic: string, ...types: readonly string[]): Promise<number> {
  const batch = types.map((type) => ({
    id: `made-${++made}`,
    idGiven: false,
    type,
    data: toJsonText({ key: 'value' }),
    metadata: toJsonText(null),
    timestamp: 1_700_000_000_000_000_000n,
    timestampGiven: false,
  }));
  return (await repository.append(topic, batch, null)).last;
}

export async function readAfter(
  repository: EventRepository,
  topic: string,
  after: number,
  ...types: readonly string[]
): Promise<readonly StoredEvent[]> {
  return (await repository.read(topic, { direction: 'forward', cursor: after, limit: 1000, types })).events;
}

export const versionsOf = (events: readonly { readonly version: number }[]): number[] => events.map(({ version }) => version);

/** The code that `work` is refused with, whether it throws or rejects. */
export async function codeOf(work: () => unknown): Promise<ErrorCode | 'no error'> {
  try {
    await work();
    return 'no error';
  } catch (error) {
    if (isEventStoreError(error)) return error.code;
    throw error;
  }
}
