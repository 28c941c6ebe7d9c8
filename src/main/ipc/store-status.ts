import type { StoreInfo, StoreStatus } from '../../shared/ipc/contract/stores.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import type { Availability } from './availability.ts';
import type { StoreDisk } from './engine.ts';

export interface StatusOptions {
  readonly store: Pick<EventStore, 'listTopics' | 'getLatestVersion'>;
  readonly info: StoreInfo;
  readonly availability: Pick<Availability, 'current'>;
  readonly disk: Pick<StoreDisk, 'size'>;
  /** Topics whose latest version is asked for. */
  readonly mostTopics?: number;
}

/** A folder's files are looked at one by one: not at every event that comes. */
const SIZE_LASTS_MS = 5000;

type Counts = Pick<StoreStatus, 'topics' | 'events' | 'bytes' | 'atLeast'>;

/** Counts of an open store for its status bar. They stay as they were last seen while the store cannot be reached. */
export function createStoreStatus({ store, info, availability, disk, mostTopics = 2000 }: StatusOptions): () => Promise<StoreStatus> {
  let counts: Counts = { topics: 0, events: 0, bytes: null, atLeast: { events: false, bytes: false } };
  let size: { readonly at: number; readonly of: ReturnType<StoreDisk['size']> } | null = null;

  async function count(): Promise<Counts> {
    const topics = (await store.listTopics()).filter(({ name }) => name !== info.configTopic);
    const asked = topics.slice(0, mostTopics);
    const latest = await Promise.allSettled(asked.map(({ name }) => store.getLatestVersion(name)));
    const events = latest.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value : 0), 0);
    // What cannot be asked holds something too, for all that is known.
    const isCut = asked.length < topics.length || latest.some(({ status }) => status === 'rejected');
    const weighed = await weigh();
    return {
      topics: topics.length,
      events,
      bytes: weighed?.bytes ?? null,
      atLeast: { events: isCut, bytes: weighed !== null && !weighed.isWhole },
    };
  }

  function weigh(): ReturnType<StoreDisk['size']> {
    if (info.kind === 'memory') return Promise.resolve(null);
    if (size === null || Date.now() - size.at > SIZE_LASTS_MS) size = { at: Date.now(), of: disk.size(info.path) };
    return size.of;
  }

  return async () => {
    try {
      counts = await count();
    } catch {
      // Why it cannot be reached is said by `available`.
    }
    return { ...counts, writable: info.readOnly === null, readOnlyReason: info.readOnly, available: availability.current() };
  };
}
