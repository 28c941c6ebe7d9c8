import { errorFacts, isEventStoreError } from '../../shared/model/errors.ts';
import type { Appended, EventRepository, RepositoryLocation } from '../eventstore/ports/event-repository.ts';
import { partsOf, sendParts } from './send-batch.ts';
import type { Ask, OpenedHandle, RepositoryMethod } from './storage-messages.ts';

/** The port, with every call sent to the repository of this handle on the storage thread. */
export function threadedRepository({ handle, capabilities }: OpenedHandle, location: RepositoryLocation, ask: Ask): EventRepository {
  let closing: Promise<void> | null = null;

  const call = <M extends RepositoryMethod>(method: M, ...args: Parameters<EventRepository[M]>): ReturnType<EventRepository[M]> =>
    ask({ kind: 'call', handle, method, args }) as ReturnType<EventRepository[M]>;

  return {
    capabilities,
    listTopics: (after, limit) => call('listTopics', after, limit),
    findTopic: (name) => call('findTopic', name),
    createTopic: (config, leftover, trashEntry) => call('createTopic', config, leftover, trashEntry),
    writeTopicConfig: (config) => call('writeTopicConfig', config),
    trashTopic: (name, entry) => call('trashTopic', name, entry),
    listTrash: (after, limit) => call('listTrash', after, limit),
    restoreTopic: (entry, topic, config) => call('restoreTopic', entry, topic, config),
    purgeTopic: (entry, topic) => call('purgeTopic', entry, topic),
    append: (topic, batch, expectedVersion, guard) => {
      const parts = partsOf(batch);
      if (parts.length === 1) return call('append', topic, batch, expectedVersion, guard);
      return sendParts(parts, ask).then((sent) => ask<Appended>({ kind: 'append', handle, batch: sent, topic, expectedVersion, guard }));
    },
    read: (topic, query) => call('read', topic, query),
    readBeginnings: (topic, query, lengths) => call('readBeginnings', topic, query, lengths),
    count: (topic, after) => call('count', topic, after),
    scan: (topic, after, holding) => call('scan', topic, after, holding),
    versionOfId: (topic, id, after) => call('versionOfId', topic, id, after),
    statistics: (topic, span) => call('statistics', topic, span),
    latestVersion: (topic) => call('latestVersion', topic),
    changeToken: (topic) => call('changeToken', topic),
    problems: () => call('problems'),
    // Health never throws: a thread that has gone is itself what health has to tell.
    health: async () => {
      const { adapter, connection, place } = location;
      try {
        return await call('health');
      } catch (error) {
        const { code, message } = errorFacts(error);
        const state = code === 'REPOSITORY_CLOSED' ? 'closed' : 'failed';
        return { status: 'down', state, reason: message, adapter, connection, readOnly: false, checked: { path: place } };
      }
    },
    close: () => {
      closing ??= call('close').catch((error: unknown) => {
        // A thread that has gone holds nothing any more.
        if (!isEventStoreError(error, 'STORAGE_UNAVAILABLE', 'REPOSITORY_CLOSED')) throw error;
      });
      return closing;
    },
  };
}
