import { statSync } from 'node:fs';
import { EventStoreError, isEventStoreError } from '../../../shared/model/errors.ts';
import { beginningsOf } from '../../../shared/model/event-beginning.ts';
import { MAX_PAGE, type DamagedVersion, type EventPage, type ReadQuery } from '../../../shared/model/event.ts';
import type { RepositoryHealth } from '../../../shared/model/health.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import type {
  EventRepository,
  OpenOptions,
  RepositoryCapabilities,
  RepositoryLocation,
  RepositoryTopic,
} from '../../eventstore/ports/event-repository.ts';
import { lockHolder, lockInWords } from '../lock-holder.ts';
import { missing } from './connections.ts';
import type { LogCopier } from './log-copier.ts';
import { createReading, type Reader } from './reading.ts';
import { isBusy, sqliteFailure } from './sqlite-failure.ts';
import type { TopicRow } from './topic-rows.ts';
import { createWriting } from './writing.ts';

const CAPABILITIES: RepositoryCapabilities = Object.freeze({ durable: true, shared: true, foreignWriters: false, guardsAppends: true });
const MOST_FINDINGS = 1000;

/**
 * The topics of one database file. Reads go over a connection that cannot write; the connection for writing is opened
 * by the first write and brings the file to its resting state in `close`.
 */
export async function openSqliteRepository(
  location: RepositoryLocation,
  options: OpenOptions & { readonly now: () => bigint; readonly logCopier: LogCopier | null },
): Promise<EventRepository> {
  const { place } = location;
  let state: 'ready' | 'closing' | 'closed' = 'ready';
  let closing: Promise<void> | null = null;
  let refusedWrite: string | null = null;
  const damage = new Map<string, { readonly topic: string; readonly damaged: DamagedVersion }>();
  const unreadable = new Map<string, Problem>();

  const readFailure = (error: unknown): EventStoreError =>
    isBusy(error) ? locked(place, options.lockWait) : sqliteFailure(error, place, 'read');
  const writeFailure = (error: unknown): EventStoreError => {
    const failure = isBusy(error) ? locked(place, options.lockWait) : sqliteFailure(error, place, 'write');
    if (failure.code === 'READ_ONLY' && !isEventStoreError(error)) refusedWrite = failure.message;
    return failure;
  };

  const reading = createReading(place, options.create, options.lockWait, readFailure);
  const writing = createWriting({
    place,
    create: options.create,
    lockWait: options.lockWait,
    now: options.now,
    logCopier: options.logCopier,
    failure: writeFailure,
    opened: () => {
      // The writer has settled what only a copy could read before.
      if (reading.current()?.connection.copy) reading.close();
      finishPurges().catch(() => undefined);
    },
  });

  /** Also takes up what a crash left half removed. */
  const finishPurges = async (): Promise<void> => {
    while (state === 'ready' && (await writing.write(({ commands }) => commands.purgeSlice())));
  };

  const mustBeOpen = (): void => {
    if (state === 'ready') return;
    throw new EventStoreError('REPOSITORY_CLOSED', `The database ${place} is closed. Open the store again.`, { place });
  };

  const read = async <T>(work: (reader: Reader) => T, whenNothing: () => T): Promise<T> => {
    mustBeOpen();
    return await reading.read((reader) => {
      // Closed while this read waited for a lock.
      mustBeOpen();
      return work(reader);
    }, whenNothing);
  };

  const readTopic = <T>(name: string, work: (reader: Reader, topic: TopicRow) => T): Promise<T> => {
    const notFound = (): never => {
      throw new EventStoreError('TOPIC_NOT_FOUND', `There is no topic "${name}" in the database ${place}.`, { topic: name });
    };
    return read((reader) => {
      const topic = reader.rows.find(name);
      return topic ? work(reader, topic) : notFound();
    }, notFound);
  };

  const write: typeof writing.write = async (work, bytes) => {
    mustBeOpen();
    return await writing.write(work, bytes);
  };

  const remember = <T extends Pick<EventPage, 'damaged'>>(topic: string, page: T): T => {
    for (const damaged of page.damaged) {
      if (damage.size < MOST_FINDINGS) damage.set(damaged.place, { topic, damaged });
    }
    return page;
  };

  const readEvents = async (name: string, query: ReadQuery): Promise<EventPage> => {
    if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > MAX_PAGE) {
      throw new EventStoreError('INVALID_INPUT', `A page holds 1 to ${MAX_PAGE} events, not ${query.limit}.`, { limit: query.limit });
    }
    return remember(name, await readTopic(name, ({ pages }, topic) => pages(topic, query)));
  };

  const noticeConfig = (topic: RepositoryTopic): RepositoryTopic => {
    if (topic.config) unreadable.delete(topic.name);
    else if (unreadable.size < MOST_FINDINGS) {
      unreadable.set(topic.name, {
        code: 'config-unreadable',
        reason: `The database's own copy of the config of topic "${topic.name}" is missing or cannot be read.`,
        topic: topic.name,
        path: place,
      });
    }
    return topic;
  };

  const health = (): RepositoryHealth => {
    const reader = reading.current();
    const writer = writing.current();
    const base = {
      adapter: location.adapter,
      connection: location.connection,
      readOnly: refusedWrite !== null || reader?.connection.copy != null,
    };
    if (state !== 'ready') return { ...base, status: 'down', state, reason: 'The repository is closed.', checked: { path: place } };
    const facts = statSync(place, { throwIfNoEntry: false });
    const db = reader?.connection.db ?? writer?.connection.db;
    if (!facts && db) return { ...base, status: 'down', state, reason: missing(place).message, checked: { path: place } };
    const found = damage.size + unreadable.size;
    const reason = found > 0 ? `${found} damaged entries were met so far.` : refusedWrite;
    return {
      ...base,
      status: found > 0 ? 'degraded' : 'up',
      state,
      ...(reason === null ? {} : { reason }),
      topicCount: (reader ?? writer)?.rows.countLiving() ?? 0,
      checked: {
        path: place,
        exists: facts !== undefined,
        sizeBytes: facts?.size ?? 0,
        privateCopy: reader?.connection.copy != null,
        writing: writer !== null,
        lock: lockInWords(place),
        ...(db
          ? {
              journalMode: String(db.pragma('journal_mode', { simple: true })),
              sqlite: String(db.prepare('SELECT sqlite_version()').pluck().get()),
            }
          : {}),
        ...(writer ? { synchronous: Number(writer.connection.db.pragma('synchronous', { simple: true })) } : {}),
      },
    };
  };

  // What is wrong with the file is said here and not at the first read.
  await reading.read(
    () => undefined,
    () => undefined,
  );

  return {
    capabilities: CAPABILITIES,
    listTopics: async (after, limit) => {
      mustBeListSize(limit);
      return await read(
        ({ rows }) => rows.list(after, limit).map(noticeConfig),
        () => [],
      );
    },
    findTopic: (name) =>
      read(
        ({ rows }) => {
          const topic = rows.describe(name);
          return topic ? noticeConfig(topic) : null;
        },
        () => null,
      ),
    createTopic: (config, leftover, trashEntry) => write(({ commands }) => commands.create(config, leftover, trashEntry)),
    writeTopicConfig: (config) => write(({ commands }) => commands.writeConfig(config)),
    trashTopic: (name, entry) => write(({ commands }) => commands.trash(name, entry)),
    listTrash: async (after, limit) => {
      mustBeListSize(limit);
      return await read(
        ({ rows }) => rows.listTrash(after, limit),
        () => [],
      );
    },
    restoreTopic: (entry, topic, config) => write(({ commands }) => commands.restore(entry, topic, config)),
    purgeTopic: async (entry, topic) => {
      await write(({ commands }) => commands.startPurge(entry, topic));
      await finishPurges();
    },
    append: (topic, batch, expectedVersion, guard) =>
      write((writer) => writer.append(topic, batch, expectedVersion, guard), bytesOf(batch)),
    read: readEvents,
    readBeginnings: async (name, query, lengths) => beginningsOf(await readEvents(name, query), lengths),
    count: (name, after) =>
      readTopic(name, (_reader, { topicId, lastVersion }) => {
        const met = [...damage.values()].flatMap(({ damaged }) => (damaged.version > after && isOf(topicId, damaged) ? damaged : []));
        return {
          events: Math.max(0, lastVersion - Math.max(0, after) - met.length),
          damaged: met.sort((a, b) => a.version - b.version),
          next: null,
        };
      }),
    scan: async (name, after, holding) => remember(name, await readTopic(name, ({ scans }, topic) => scans(topic, after, holding))),
    versionOfId: (name, id, after) => readTopic(name, ({ ids }, topic) => ids(topic, id, after)),
    statistics: (name, span) =>
      readTopic(name, ({ statistics }, topic) => {
        // What is counted counts the damaged ones too.
        const isDamaged = [...damage.values()].some(({ damaged }) => isOf(topic.topicId, damaged));
        return isDamaged ? null : statistics(topic, span);
      }),
    latestVersion: (name) => readTopic(name, (_reader, { lastVersion }) => lastVersion),
    changeToken: (name) =>
      read(
        ({ connection, rows, generation }) => {
          const topic = rows.find(name);
          if (!topic) return '';
          return `${generation}.${String(connection.db.pragma('data_version', { simple: true }))}.${writing.commits()}.${topic.topicId}.${topic.lastVersion}`;
        },
        () => '',
      ),
    problems: async () => {
      mustBeOpen();
      const rows = [...damage.values()].map(({ topic, damaged }) => ({
        code: damaged.code,
        reason: damaged.reason,
        version: damaged.version,
        topic,
        path: damaged.place,
      }));
      return [...unreadable.values(), ...rows].slice(0, MOST_FINDINGS);
    },
    health: async () => {
      try {
        return health();
      } catch (error) {
        const { adapter, connection } = location;
        return {
          status: 'down',
          state: 'failed',
          reason: readFailure(error).message,
          adapter,
          connection,
          readOnly: false,
          checked: { path: place },
        };
      }
    },
    close: () => {
      closing ??= (async () => {
        state = 'closing';
        await writing.drain();
        // Ours first: the file cannot leave log mode while any other connection is on it.
        reading.close();
        await writing.close();
        state = 'closed';
      })();
      return closing;
    },
  };
}

function isOf(topicId: number, damaged: DamagedVersion): boolean {
  return damaged.place.startsWith(`events(${topicId},`);
}

function bytesOf(batch: readonly { readonly data: string; readonly metadata: string }[]): number {
  return batch.reduce((bytes, { data, metadata }) => bytes + data.length + metadata.length + 100, 0);
}

function mustBeListSize(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return;
  throw new EventStoreError('INVALID_INPUT', `A list holds 1 to 1000 entries, not ${limit}.`, { limit });
}

/** In log mode the lock of a writer lies on the -shm file, else on the database itself. */
function locked(place: string, waited: number): EventStoreError {
  const holder = lockHolder(`${place}-shm`) ?? lockHolder(place);
  const message = `${holder ?? 'Another program'} is writing to ${place} and did not finish within ${waited} ms. Nothing was written. Try again, or close the other program.`;
  return new EventStoreError('STORE_LOCKED', message, { place, holder, waited });
}
