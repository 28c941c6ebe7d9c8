import { beforeEach, describe, expect, it } from 'vitest';
import { createAvailability, type Availability } from '../../src/main/ipc/availability.ts';
import { createStoreStatus } from '../../src/main/ipc/store-status.ts';
import type { StoreInfo } from '../../src/shared/ipc/contract/stores.ts';
import { EventStoreError, type ErrorFacts } from '../../src/shared/model/errors.ts';

const away = new EventStoreError('STORAGE_UNAVAILABLE', 'Gone.');
const full = new EventStoreError('STORAGE_FULL', 'Full.');
const refused = new EventStoreError('READ_ONLY', 'Refused.');

let told: string[];
let disk: ErrorFacts | null;
let reach: Error | null;

function open(writable = true): Availability {
  return createAvailability({
    probe: async () => {
      if (reach) throw reach;
    },
    writeTrouble: async () => disk,
    writable,
    changed: (available) => void told.push(available.ok ? 'ok' : available.code),
    pace: 0,
  });
}

beforeEach(() => {
  told = [];
  disk = null;
  reach = null;
});

describe('a store that cannot be reached', () => {
  it('is told once, and once when it is back', () => {
    const availability = open();
    for (const error of [null, away, away, null, null]) availability.looked(error);
    expect(told).toEqual(['STORAGE_UNAVAILABLE', 'ok']);
  });

  it('is not one whose topic is gone, or that is just being closed', () => {
    const availability = open();
    availability.looked(new EventStoreError('TOPIC_NOT_FOUND', 'No.'));
    availability.looked(new EventStoreError('REPOSITORY_CLOSED', 'Closed.'));
    expect(availability.current()).toEqual({ ok: true });
  });

  it('is found by a write that fails, too', async () => {
    reach = away;
    const availability = open();
    availability.wrote(away);
    await expect.poll(() => told).toEqual(['STORAGE_UNAVAILABLE']);
    reach = null;
    await expect(availability.check()).resolves.toEqual({ ok: true });
  });
});

describe('a disk that is full', () => {
  it('stays so until there is space or a write is done', async () => {
    disk = { code: 'STORAGE_FULL', message: 'The disk is full.', details: {} };
    const availability = open();
    availability.wrote(full);
    expect(availability.current()).toEqual({ ok: false, code: 'STORAGE_FULL', message: 'Full.' });
    await expect(availability.check()).resolves.toMatchObject({ code: 'STORAGE_FULL' });
    disk = null;
    availability.looked(null);
    await expect.poll(() => told).toEqual(['STORAGE_FULL', 'ok']);
    availability.wrote(full);
    availability.wrote(null);
    expect(told).toEqual(['STORAGE_FULL', 'ok', 'STORAGE_FULL', 'ok']);
  });
});

describe('a write that is refused', () => {
  it('says nothing of the store where it is read-only by agreement, or one place of it is', async () => {
    open(false).wrote(refused);
    open(true).wrote(refused);
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toEqual([]);
  });

  it('says that the store became read-only where its disk did', async () => {
    disk = { code: 'READ_ONLY', message: 'The disk is mounted read-only.', details: {} };
    const availability = open(true);
    availability.wrote(refused);
    await expect.poll(() => told).toEqual(['READ_ONLY']);
    expect(availability.current()).toMatchObject({ message: 'The disk is mounted read-only.' });
  });
});

describe('the counts of a store', () => {
  const info: StoreInfo = {
    path: '/s',
    name: 's',
    kind: 'fs',
    configTopic: 'config',
    readOnly: null,
    canUnlock: false,
    wroteElsewhere: null,
  };
  const topic = (name: string) => ({ name, adapter: 'fs', connection: '.', options: {}, incarnation: 1 });
  const topics = ['config', 'a', 'b', 'c'].map(topic);
  const versions: Readonly<Record<string, number>> = { config: 9, a: 1, b: 20, c: 300 };

  it('leave the configuration topic out, and ask for no more than so many topics', async () => {
    const asked: string[] = [];
    const store = {
      listTopics: async () => topics,
      getLatestVersion: async (name: string) => (asked.push(name), versions[name] ?? 0),
    };
    const options = { store, info, availability: open(), disk: { size: async () => ({ bytes: 5, isWhole: false }) } };
    await expect(createStoreStatus(options)()).resolves.toEqual({
      topics: 3,
      events: 321,
      bytes: 5,
      atLeast: { events: false, bytes: true },
      writable: true,
      readOnlyReason: null,
      available: { ok: true },
    });
    asked.length = 0;
    await expect(createStoreStatus({ ...options, mostTopics: 2 })()).resolves.toMatchObject({
      topics: 3,
      events: 21,
      atLeast: { events: true },
    });
    expect(asked).toEqual(['a', 'b']);
  });

  it('stay as they were while it cannot be reached, and a topic that cannot be asked makes them the least there is', async () => {
    const state = { isAway: false, broken: '' };
    const store = {
      listTopics: async () => {
        if (state.isAway) throw away;
        return topics;
      },
      getLatestVersion: async (name: string) => {
        if (name === state.broken) throw away;
        return versions[name] ?? 0;
      },
    };
    const availability = open();
    const status = createStoreStatus({ store, info, availability, disk: { size: async () => null } });
    await status();
    state.isAway = true;
    availability.looked(away);
    await expect(status()).resolves.toMatchObject({ topics: 3, events: 321, bytes: null, available: { code: 'STORAGE_UNAVAILABLE' } });
    state.isAway = false;
    state.broken = 'b';
    await expect(status()).resolves.toMatchObject({ events: 301, atLeast: { events: true } });
  });

  it('weigh a folder once in a while, and nothing in memory', async () => {
    let weighed = 0;
    const store = { listTopics: async () => topics, getLatestVersion: async () => 1 };
    const size = async () => ({ bytes: ++weighed, isWhole: true });
    const status = createStoreStatus({ store, info, availability: open(), disk: { size } });
    await Promise.all([status(), status(), status()]);
    expect(weighed).toBe(1);
    const inMemory = createStoreStatus({ store, info: { ...info, kind: 'memory' }, availability: open(), disk: { size } });
    await expect(inMemory()).resolves.toMatchObject({ bytes: null });
    expect(weighed).toBe(1);
  });
});
