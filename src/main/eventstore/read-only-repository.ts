import { EventStoreError } from '../../shared/model/errors.ts';
import type { EventRepository } from './ports/event-repository.ts';

/** The repository with every write path answering READ_ONLY: the one place where read-only is enforced. */
export function readOnlyRepository(repository: EventRepository, reason: string): EventRepository {
  const refuse = (): Promise<never> => Promise.reject(readOnlyError(reason));
  return {
    capabilities: repository.capabilities,
    listTopics: (after, limit) => repository.listTopics(after, limit),
    findTopic: (name) => repository.findTopic(name),
    createTopic: refuse,
    writeTopicConfig: refuse,
    trashTopic: refuse,
    listTrash: (after, limit) => repository.listTrash(after, limit),
    restoreTopic: refuse,
    purgeTopic: refuse,
    append: refuse,
    read: (topic, query) => repository.read(topic, query),
    readBeginnings: (topic, query, lengths) => repository.readBeginnings(topic, query, lengths),
    count: (topic, after) => repository.count(topic, after),
    scan: (topic, after, holding) => repository.scan(topic, after, holding),
    versionOfId: (topic, id, after) => repository.versionOfId(topic, id, after),
    statistics: (topic, span) => repository.statistics(topic, span),
    latestVersion: (topic) => repository.latestVersion(topic),
    changeToken: (topic) => repository.changeToken(topic),
    problems: () => repository.problems(),
    health: async () => ({ ...(await repository.health()), readOnly: true }),
    close: () => repository.close(),
  };
}

export function readOnlyError(reason: string): EventStoreError {
  return new EventStoreError('READ_ONLY', `Nothing was written: ${reason}`, { reason });
}
