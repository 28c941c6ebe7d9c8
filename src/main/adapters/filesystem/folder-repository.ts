import { mkdirSync } from 'node:fs';
import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import { EventStoreError } from '../../../shared/model/errors.ts';
import { beginningsOf } from '../../../shared/model/event-beginning.ts';
import type { EventPage, ReadQuery } from '../../../shared/model/event.ts';
import type { RepositoryHealth } from '../../../shared/model/health.ts';
import type { EventRepository, OpenOptions, RepositoryCapabilities, RepositoryLocation } from '../../eventstore/ports/event-repository.ts';
import { createScanColumns } from '../scan-columns.ts';
import { appendBatch } from './append-batch.ts';
import { folderEntries, isFolder, type DiskWrites } from './disk.ts';
import { catchUpIds } from './event-ids.ts';
import { createFindings } from './findings.ts';
import { hasConfigFile, requireReachable, topicNotFound, type Folder } from './folder.ts';
import { folderLayout, requireCreatableName } from './layout.ts';
import { createOpenIntents } from './open-intents.ts';
import { purgeTrashed } from './purge-topic.ts';
import { countSlice, NO_EVENTS, readPage, requireValidQuery, scanSlice } from './read-page.ts';
import { restoreTrashed } from './restore-topic.ts';
import { settleIntents } from './settle-intents.ts';
import { isSettlingDue, releaseOwn, syncOwn } from './settle-own.ts';
import { storageError } from './storage-error.ts';
import { createTopicFolder, describeTopic, lookOverNames, rewriteTopicConfig, topicNames } from './topic-folders.ts';
import { createTopicViews, type TopicView } from './topic-views.ts';
import { isInTrash, listTrashed, moveToTrash } from './trash.ts';
import { lockInWords } from '../lock-holder.ts';
import { createWriterLock } from './writer-lock.ts';

export interface FolderRepositoryOptions extends OpenOptions {
  readonly writes: DiskWrites;
}

const CAPABILITIES: RepositoryCapabilities = Object.freeze({ durable: true, shared: true, foreignWriters: true, guardsAppends: false });

/** How long acknowledged batches wait for company before their files are made to last. */
const SETTLE_AFTER_MS = 200;

/** One folder as a repository. Opening it looks at nothing and holds nothing but this process's memory of it. */
export function openFolderRepository(location: RepositoryLocation, options: FolderRepositoryOptions): EventRepository {
  const { connection } = location;
  const layout = folderLayout(location.identity);
  const findings = createFindings();
  const folder: Folder = { layout, findings, connection, writes: options.writes, mayBeMade: options.create };
  const openIntents = createOpenIntents(folder);
  const views = createTopicViews(folder, openIntents);
  const lock = createWriterLock(folder, options.lockWait);
  let state: 'ready' | 'closing' | 'closed' = 'ready';
  let closed: Promise<void> | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let recovered = false;

  const requireOpen = (): void => {
    if (state === 'ready') return;
    throw new EventStoreError('REPOSITORY_CLOSED', `The folder "${connection}" is closed here. Open the store again.`, {
      adapter: 'fs',
      connection,
    });
  };

  const reading = async <T>(doing: string, work: () => T): Promise<T> => {
    requireOpen();
    try {
      return work();
    } catch (error) {
      throw storageError(error, `${doing} in "${connection}"`, false);
    }
  };

  /** One writer after the other in this process, then the lock against other processes. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => {});
    return turn;
  };

  const writing = <T>(doing: string, topic: string, work: () => T | Promise<T>, prepare?: () => Promise<void>): Promise<T> => {
    const attempt = async (): Promise<T> => {
      try {
        requireReachable(folder);
        // The place is still to be made, by the first topic.
        if (!isFolder(layout.root)) throw topicNotFound(topic);
        await prepare?.();
        return await lock.hold(async () => {
          recover();
          return work();
        });
      } catch (error) {
        throw storageError(error, `${doing} in "${connection}"`, true);
      }
    };
    requireOpen();
    return inTurn(attempt);
  };

  // What a crash left is settled once, at the first write; later leftovers at the next write of their topic.
  const recover = (): void => {
    if (recovered) return;
    settleIntents(folder, openIntents.all());
    recovered = true;
  };

  const makeRoot = (): void => {
    if (isFolder(layout.root)) return;
    requireReachable(folder);
    const made = mkdirSync(layout.root, { recursive: true, mode: 0o755 });
    if (made !== undefined) options.writes.syncFolder(dirname(made));
  };

  const settleAll = async (): Promise<void> => {
    const lasting = await syncOwn(folder, openIntents);
    if (lasting.length > 0) await lock.hold(() => releaseOwn(folder, openIntents, lasting));
  };

  // Settling is a courtesy to the next writer: what it cannot do now, close or the next process does.
  const settle = (): void => {
    timer = null;
    void inTurn(settleAll).catch(() => {});
  };

  const settleSoon = (): void => {
    const due = isSettlingDue(openIntents.owned());
    if (timer && due) clearTimeout(timer);
    // In the queue right now, so that a series of appends cannot run ahead of it.
    if (due) return settle();
    timer ??= setTimeout(settle, SETTLE_AFTER_MS).unref();
  };

  /** Before a topic's folder moves: no batch of it may be on its way. */
  const settleTopic = async (topic: string): Promise<void> => {
    settleIntents(folder, openIntents.of(topic));
    releaseOwn(folder, openIntents, await syncOwn(folder, openIntents));
    settleIntents(folder, openIntents.of(topic));
    if (openIntents.owned().some((intent) => intent.topic === topic)) {
      throw new EventStoreError(
        'STORAGE_UNAVAILABLE',
        `The newest events of "${topic}" cannot be made to last, so it cannot be moved. Check the disk.`,
        { topic },
      );
    }
  };

  const trash = async (topic: string, entry: string): Promise<string> => {
    await settleTopic(topic);
    const taken = moveToTrash(folder, topic, entry);
    views.forget(topic);
    return taken;
  };

  /** Null where the topic's config is here and its events' folder is not. */
  const viewOf = (topic: string): TopicView | null => {
    const view = views.look(topic);
    if (view || hasConfigFile(folder, topic)) return view;
    requireReachable(folder);
    throw topicNotFound(topic);
  };

  const readEvents = (topic: string, query: ReadQuery): Promise<EventPage> =>
    reading('Reading events', () => {
      requireValidQuery(query);
      const view = viewOf(topic);
      return view ? readPage(layout, views, view, query) : NO_EVENTS;
    });

  const requireTrashed = (entry: string, topic: string): void => {
    if (isInTrash(folder, entry, topic)) return;
    throw new EventStoreError(
      'TOPIC_NOT_FOUND',
      `The trash holds no topic "${topic}" under "${entry}". List the trash to see what is there.`,
      { topic, entry },
    );
  };

  return {
    capabilities: CAPABILITIES,
    listTopics: (after, limit) =>
      reading('Listing topics', () => {
        requireListLimit(limit);
        requireReachable(folder);
        const names = topicNames(folder);
        lookOverNames(folder, names);
        return names
          .filter((name) => after === null || name > after)
          .slice(0, limit)
          .flatMap((name) => describeTopic(folder, name) ?? []);
      }),
    findTopic: (name) =>
      reading('Looking for a topic', () => {
        requireReachable(folder);
        return describeTopic(folder, name);
      }),
    async createTopic(config, leftover, trashEntry) {
      requireOpen();
      requireCreatableName(config.name);
      return inTurn(async () => {
        try {
          makeRoot();
          await lock.hold(async () => {
            recover();
            settleIntents(folder, openIntents.of(config.name));
            await createTopicFolder(folder, config, leftover, () => trash(config.name, trashEntry));
            views.forget(config.name);
          });
        } catch (error) {
          throw storageError(error, `Creating a topic in "${connection}"`, true);
        }
      });
    },
    writeTopicConfig: async (config) => writing('Writing a config', config.name, () => rewriteTopicConfig(folder, config)),
    trashTopic: async (name, entry) => writing('Moving a topic to the trash', name, () => trash(name, entry)),
    listTrash: (after, limit) =>
      reading('Listing the trash', () => {
        requireListLimit(limit);
        requireReachable(folder);
        return listTrashed(folder, after, limit);
      }),
    restoreTopic: async (entry, topic, config) =>
      writing('Restoring a topic', topic, async () => {
        requireTrashed(entry, topic);
        settleIntents(folder, openIntents.of(config.name));
        await restoreTrashed(folder, entry, topic, config);
        views.forget(config.name);
      }),
    purgeTopic: async (entry, topic) =>
      writing('Removing a topic for good', topic, async () => {
        requireTrashed(entry, topic);
        await purgeTrashed(folder, entry, topic);
      }),
    async append(topic, batch, expectedVersion) {
      // The long scan for ids comes before the lock, so that other writers do not wait for it.
      const prepare = async (): Promise<void> => {
        const view = batch.some(({ idGiven }) => idGiven) ? views.look(topic) : null;
        if (view) await catchUpIds(views, view);
      };
      const appended = await writing(
        'Appending',
        topic,
        () => appendBatch(folder, views, openIntents, topic, batch, expectedVersion),
        prepare,
      );
      if (!appended.replayed && state === 'ready') settleSoon();
      return appended;
    },
    read: readEvents,
    readBeginnings: async (topic, query, lengths) => beginningsOf(await readEvents(topic, query), lengths),
    count: (topic, after) =>
      reading('Counting events', () => {
        const view = viewOf(topic);
        return view ? countSlice(layout, views, view, after) : { events: 0, damaged: [], next: null };
      }),
    scan: (topic, after, holding) =>
      reading('Looking over events', () => {
        const view = viewOf(topic);
        return view ? scanSlice(layout, views, view, after, holding) : createScanColumns().finish(0, null);
      }),
    // Ids stand in the files alone: whoever looks for one must read them, as a scan does.
    versionOfId: (topic) =>
      reading('Looking for an id', () => {
        viewOf(topic);
        return null;
      }),
    statistics: (topic) =>
      reading('Looking for counters', () => {
        viewOf(topic);
        return null;
      }),
    latestVersion: (topic) => reading('Reading the latest version', () => viewOf(topic)?.latest ?? 0),
    changeToken: (topic) =>
      reading('Looking for changes', () => {
        const view = views.look(topic);
        return view ? view.token : hasConfigFile(folder, topic) ? 'no events' : '';
      }),
    problems: () =>
      reading('Looking for problems', () => {
        lookOverNames(folder, topicNames(folder));
        return findings.all();
      }),
    health: async () => healthOf(),
    close() {
      closed ??= (async () => {
        state = 'closing';
        if (timer) clearTimeout(timer);
        // What cannot be settled now is settled by whoever writes next; it is safe in its intent.
        await inTurn(settleAll).catch(() => {});
        lock.close();
        state = 'closed';
      })();
      return closed;
    },
  };

  function healthOf(): RepositoryHealth {
    const known = { adapter: 'fs', connection, state };
    const checked: Record<string, string | number | boolean> = { path: layout.root };
    if (state !== 'ready') return { ...known, status: 'down', reason: 'The repository is closed.', readOnly: false, checked };
    try {
      requireReachable(folder);
      const names = topicNames(folder);
      lookOverNames(folder, names);
      const problems = findings.all().length;
      checked['openIntents'] = folderEntries(layout.intents).length;
      checked['problems'] = problems;
      checked['lock'] = lockInWords(layout.lock);
      const readOnly = isFolder(layout.root) && !isWritable(layout.root);
      const facts = { ...known, topicCount: names.length, readOnly, checked };
      if (problems === 0) return { ...facts, status: 'up' };
      return {
        ...facts,
        status: 'degraded',
        reason: `${problems} ${problems === 1 ? 'problem was' : 'problems were'} found in the folder.`,
      };
    } catch (error) {
      const reason = storageError(error, `Looking at "${connection}"`, false).message;
      return { ...known, status: 'down', state: 'failed', reason, readOnly: false, checked };
    }
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function requireListLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return;
  throw new EventStoreError('INVALID_INPUT', `A list holds 1 to 1000 entries, not ${limit}.`, { limit });
}
