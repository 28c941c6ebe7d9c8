import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createStore, openStore } from '../../src/main/compose.ts';
import { encodeEvent } from '../../src/shared/model/event.ts';
import { isEventStoreError } from '../../src/shared/model/errors.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';
import { openTempFolder } from '../support/temp-folder.ts';
import { openStoreCopy, readManifest } from './copied-store.ts';

test('the Go-written store reads the same through the storage thread', async () => {
  const copy = openStoreCopy('small');
  onTestFinished(copy.close);
  const inline = await openStore(copy.path, { storage: 'inline' });
  onTestFinished(inline.close);
  const threaded = await openStore(copy.path, { storage: 'thread' });
  onTestFinished(threaded.close);
  for (const topic of [...Object.keys(readManifest('small').topics), 'config']) {
    const texts = async ({ store }: typeof inline): Promise<string[]> => (await store.getEvents(topic)).events.map(encodeEvent);
    expect(await texts(threaded)).toEqual(await texts(inline));
  }
  expect(await threaded.store.listTopics()).toEqual(await inline.store.listTopics());
});

test.each(['sqlite', 'fs'] as const)('a %s store behind the storage thread is written, closed and found again', async (adapter) => {
  const folder = openTempFolder('thread');
  onTestFinished(folder.close);
  const path = join(folder.path, 'store');
  await createStore(path, { adapter });
  const first = await openStore(path);
  await first.store.createTopic({ name: 'orders' });
  await first.store.appendEvents('orders', [{ type: 'A', data: parseJsonText('9007199254740993'), timestamp: 2n ** 62n }]);
  const refused: unknown = await first.store
    .appendEvents('orders', [{ type: 'B' }], { expectedVersion: 7 })
    .catch((error: unknown) => error);
  expect(isEventStoreError(refused, 'VERSION_CONFLICT')).toBe(true);
  await first.close();
  const second = await openStore(path, { storage: 'inline' });
  onTestFinished(second.close);
  expect((await second.store.getEvents('orders')).events).toMatchObject([{ version: 1, data: '9007199254740993', timestamp: 2n ** 62n }]);
});

test('a path that is no store leaves no thread behind', async () => {
  const folder = openTempFolder('thread');
  onTestFinished(folder.close);
  const error: unknown = await openStore(folder.path).catch((thrown: unknown) => thrown);
  expect(isEventStoreError(error, 'NOT_A_STORE')).toBe(true);
  expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Worker' || kind === 'MessagePort')).toEqual([]);
});
