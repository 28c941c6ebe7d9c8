import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { memoryAdapter } from '../../../src/main/adapters/memory/memory-adapter.ts';
import type { EventRepository, RepositoryAdapter, RepositoryLocation } from '../../../src/main/eventstore/ports/event-repository.ts';
import { EventStoreError } from '../../../src/shared/model/errors.ts';
import { beginningsOf } from '../../../src/shared/model/event-beginning.ts';
import type { DamagedVersion, StoredEvent } from '../../../src/shared/model/event.ts';
import type { ContractFactory } from '../subject.ts';
import { columnsOf } from './broken-repository.ts';
import { pathSubject } from '../subjects/path-subject.ts';

interface Kept {
  readonly memory: EventRepository;
  /** `topic/version` of what cannot be read any more. */
  readonly damaged: Set<string>;
}

const WRITES = ['createTopic', 'writeTopicConfig', 'trashTopic', 'restoreTopic', 'purgeTopic', 'append'] as const;

/**
 * The memory repository with every trait there is: its data outlives a handle, handles share it, places are paths with
 * an empty file to show for it, and events can be damaged. So every law can be tried against one right repository, and
 * then against wrong ones made from it.
 */
function keptMemoryAdapter(): {
  readonly adapter: RepositoryAdapter;
  readonly damage: (place: string, topic: string, version: number) => void;
} {
  const kept = new Map<string, Kept>();
  const adapter: RepositoryAdapter = {
    async locate(connection, base) {
      const place = resolve(base, connection);
      return { adapter: 'kept', connection, place, identity: `kept:${place}`, outside: relative(base, place).startsWith('..') };
    },
    async open(location, { create }) {
      const { place, connection } = location;
      if (!create && !existsSync(place)) {
        throw new EventStoreError('STORAGE_UNAVAILABLE', `There is nothing at "${connection}".`, { connection });
      }
      const found = kept.get(place) ?? {
        memory: await memoryAdapter().open(location, { create, lockWait: 0 }),
        damaged: new Set<string>(),
      };
      kept.set(place, found);
      return openHandle(location, found);
    },
  };
  return { adapter, damage: (place, topic, version) => void kept.get(place)?.damaged.add(`${topic}/${version}`) };
}

function openHandle(location: RepositoryLocation, { memory, damaged }: Kept): EventRepository {
  let open = true;
  const guarded = Object.fromEntries(
    Object.entries(memory).map(([name, method]) => [
      name,
      async (...args: readonly unknown[]): Promise<unknown> => {
        if (!open) throw new EventStoreError('REPOSITORY_CLOSED', 'This handle is closed.', {});
        const answer: unknown = await (method as (...args: readonly unknown[]) => Promise<unknown>)(...args);
        if ((WRITES as readonly string[]).includes(name) && !existsSync(location.place)) {
          mkdirSync(dirname(location.place), { recursive: true });
          writeFileSync(location.place, '');
        }
        return answer;
      },
    ]),
  ) as unknown as EventRepository;
  const isDamaged = ({ topic, version }: StoredEvent): boolean => damaged.has(`${topic}/${version}`);
  const report = ({ topic, version }: StoredEvent): DamagedVersion => ({
    version,
    code: 'invalid-json',
    reason: 'It is spoiled.',
    place: topic,
  });
  const repository: EventRepository = {
    ...guarded,
    capabilities: { durable: true, shared: true, foreignWriters: false, guardsAppends: true },
    async read(topic, query) {
      if (damaged.size === 0) return guarded.read(topic, query);
      // A damaged event has no type that could be told: it is looked at whatever is asked for.
      const page = await guarded.read(topic, { ...query, types: [] });
      const wanted = (event: StoredEvent): boolean => !query.types?.length || query.types.includes(event.type);
      return {
        ...page,
        events: page.events.filter((event) => !isDamaged(event) && wanted(event)),
        damaged: page.events.filter(isDamaged).map(report),
      };
    },
    readBeginnings: async (topic, query, lengths) => beginningsOf(await repository.read(topic, query), lengths),
    async count(topic, after) {
      const slice = await guarded.count(topic, after);
      if (damaged.size === 0) return slice;
      const { events } = await guarded.read(topic, { direction: 'forward', cursor: after, limit: 1000 });
      const reported = events.filter(isDamaged).map(report);
      return { ...slice, events: slice.events - reported.length, damaged: reported };
    },
    async scan(topic, after, holding) {
      const slice = await guarded.scan(topic, after, holding);
      if (damaged.size === 0) return slice;
      // Damage is met on the way, whatever is looked for.
      const all = await guarded.read(topic, { direction: 'forward', cursor: after, limit: 1000 });
      const reported = all.events.filter(isDamaged).map(report);
      const kept = [...slice.versions.keys()].filter((index) => !damaged.has(`${topic}/${slice.versions[index]}`));
      return { ...slice, ...columnsOf(slice, kept), damaged: reported };
    },
    async health() {
      const { adapter, connection } = location;
      if (!open) return { status: 'down', state: 'closed', reason: 'closed', adapter, connection, readOnly: false, checked: {} };
      return guarded.health();
    },
    async close() {
      open = false;
    },
  };
  return repository;
}

/** A subject of the kept memory adapter, or of what `wrap` makes of it. */
export function keptMemorySubject(wrap: (adapter: RepositoryAdapter) => RepositoryAdapter = (adapter) => adapter): ContractFactory {
  const { adapter, damage } = keptMemoryAdapter();
  return pathSubject(wrap(adapter), {
    place: 'store',
    damagesAll: true,
    damage: async ({ place }, topic, version) => damage(place, topic, version),
  });
}
