import { EventStoreError, errorFacts, type ErrorFacts } from '../../shared/model/errors.ts';
import type { EventRepository, PreparedEvent, RepositoryAdapter, RepositoryAdapters } from '../eventstore/ports/event-repository.ts';
import { createLanes } from './lanes.ts';
import { createOutbox } from './outbox.ts';
import {
  REPOSITORY_METHODS,
  type OpenedHandle,
  type RepositoryMethod,
  type StorageAnswer,
  type StorageQuestion,
  type StorageRequest,
} from './storage-messages.ts';

/** The end of a channel that the thread listens on. */
export interface StoragePort {
  on(event: 'message', listener: (questions: readonly StorageQuestion[]) => void): unknown;
  postMessage(answers: readonly StorageAnswer[]): void;
}

/**
 * Answers every question of the other side with a value or the facts of an error, never with silence. Holds the open
 * repositories by number. `shutdown` closes them all and is answered when every earlier question has been.
 */
export function serveStorage(port: StoragePort, adapters: RepositoryAdapters): void {
  const repositories = new Map<number, EventRepository>();
  /** Long batches, as far as they have come. */
  const parts = new Map<number, PreparedEvent[]>();
  const active = new Set<Promise<void>>();
  const lanes = createLanes();
  const outbox = createOutbox<StorageAnswer>(
    (answers) => port.postMessage(answers),
    // Only a value can be what cannot be cloned.
    ({ id }, error) => port.postMessage([{ id, error: plainFacts(error) }]),
  );
  let handles = 0;

  const mustFindAdapter = (name: string): RepositoryAdapter => {
    const adapter = Object.hasOwn(adapters, name) ? adapters[name] : undefined;
    if (adapter) return adapter;
    throw new EventStoreError('UNKNOWN_ADAPTER', `The storage thread has no adapter "${name}".`, { adapter: name });
  };

  const mustFind = (handle: number, method: RepositoryMethod): EventRepository => {
    const repository = repositories.get(handle);
    if (repository && Object.hasOwn(REPOSITORY_METHODS, method)) return repository;
    throw new EventStoreError('REPOSITORY_CLOSED', 'This repository is closed. Open the store again.', { method });
  };

  const perform = async (request: StorageRequest): Promise<unknown> => {
    switch (request.kind) {
      case 'locate':
        return await mustFindAdapter(request.adapter).locate(request.connection, request.base);
      case 'open': {
        const repository = await mustFindAdapter(request.adapter).open(request.location, request.options);
        repositories.set(++handles, repository);
        return { handle: handles, capabilities: { ...repository.capabilities } } satisfies OpenedHandle;
      }
      case 'call': {
        const repository = mustFind(request.handle, request.method);
        if (request.method === 'close') repositories.delete(request.handle);
        const method = repository[request.method] as (...args: readonly unknown[]) => Promise<unknown>;
        return await method(...request.args);
      }
      case 'part': {
        const known = parts.get(request.batch);
        if (known) known.push(...request.events);
        else parts.set(request.batch, [...request.events]);
        return undefined;
      }
      case 'forget':
        return parts.delete(request.batch);
      case 'append': {
        const batch = parts.get(request.batch) ?? [];
        parts.delete(request.batch);
        return await mustFind(request.handle, 'append').append(request.topic, batch, request.expectedVersion, request.guard);
      }
      case 'shutdown': {
        await Promise.allSettled([...repositories.values()].map((repository) => repository.close()));
        repositories.clear();
        await Promise.allSettled(active);
        return undefined;
      }
    }
  };

  const answer = async ({ id, request }: StorageQuestion): Promise<void> => {
    try {
      outbox.add({ id, value: await perform(request) });
    } catch (error) {
      outbox.add({ id, error: plainFacts(error) });
    }
  };

  const take = (question: StorageQuestion): void => {
    const start = (): void => {
      const answered = answer(question);
      // A shutdown waits for all the others, never for itself.
      if (question.request.kind === 'shutdown') return;
      active.add(answered);
      void answered.finally(() => active.delete(answered));
    };
    const lane = laneOf(question.request);
    if (lane === null) start();
    else lanes.add(lane, start);
  };
  port.on('message', (questions) => questions.forEach(take));
}

/**
 * Reads do their work when they start, so those of one repository take turns with those of the others; its close comes
 * after them. Writes only queue when they start, and those that queue together share a flush: they start at once.
 */
function laneOf(request: StorageRequest): string | null {
  if (request.kind !== 'call') return null;
  const { handle, method } = request;
  return method === 'close' || REPOSITORY_METHODS[method] === 'read' ? String(handle) : null;
}

/** Details that cannot be cloned would turn an answer into silence. */
function plainFacts(error: unknown): ErrorFacts {
  const facts = errorFacts(error);
  try {
    return structuredClone(facts);
  } catch {
    return { ...facts, details: {} };
  }
}
