import { describe, expect, test } from 'vitest';
import { storageError } from '../../../src/main/adapters/filesystem/storage-error.ts';
import { errorFacts, errorFromFacts, EventStoreError, isEventStoreError } from '../../../src/shared/model/errors.ts';
import { openedStore } from './stores.ts';

describe('FE: errors', () => {
  test('FE1 not found and already exists are told apart by their codes, also across a boundary, name the topic, and file errors are typed', async () => {
    const store = await openedStore();
    await store.createTopic({ name: 'orders' });
    const caught = async (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => null,
        (error: unknown) => error,
      );
    const missing = await caught(store.getTopic('users'));
    const taken = await caught(store.createTopic({ name: 'orders' }));
    for (const [error, code, topic] of [
      [missing, 'TOPIC_NOT_FOUND', 'users'],
      [taken, 'TOPIC_ALREADY_EXISTS', 'orders'],
    ] as const) {
      const across = errorFromFacts(structuredClone(errorFacts(error)));
      for (const either of [error, across]) {
        expect(isEventStoreError(either, code)).toBe(true);
        expect((either as EventStoreError).details).toEqual({ topic });
        expect((either as EventStoreError).message).toContain(`"${topic}"`);
      }
    }
    expect(isEventStoreError(missing, 'TOPIC_ALREADY_EXISTS')).toBe(false);
    const full = storageError(Object.assign(new Error('no space left'), { code: 'ENOSPC' }), 'Writing', true);
    expect(errorFacts(full).code).toBe('STORAGE_FULL');
  });
});
