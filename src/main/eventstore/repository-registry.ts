import { EventStoreError, errorFacts, isEventStoreError, type ErrorFacts } from '../../shared/model/errors.ts';
import type { HealthStatus, RepositoryHealth } from '../../shared/model/health.ts';
import type { EventRepository, RepositoryAdapters, RepositoryLocation } from './ports/event-repository.ts';
import { findAdapter } from './repository-factory.ts';
import { readOnlyError, readOnlyRepository } from './read-only-repository.ts';
import { placeKey, type Place } from './topic-catalogue.ts';

/** The open repositories of one EventStore: one promise for each place, however many topics and spellings name it. */
export interface RepositoryRegistry {
  /** The repository of this place if it is open. */
  get(adapter: string, connection: string): EventRepository | undefined;
  /**
   * The repository of this place, opened if need be; whoever asks while it opens shares the promise, and a failed
   * opening is forgotten so that the next call tries again.
   */
  getOrCreate(adapter: string, connection: string, options?: OpenPlace): Promise<EventRepository>;
  locate(adapter: string, connection: string): Promise<RepositoryLocation>;
  /**
   * Looks into the repository of a place: the open one, or one that is opened for this look alone and leaves no trace, be it
   * as open or as failed. Writes nothing.
   */
  visit<T>(adapter: string, connection: string, look: (repository: EventRepository) => Promise<T>): Promise<T>;
  /** @throws EventStoreError READ_ONLY where this place may only be read, without opening it. */
  refuseReadOnly(adapter: string, connection: string): Promise<void>;
  /** Closes the repository of this place and opens it again. Drops what is cached, never data. */
  reopen(adapter: string, connection: string): Promise<EventRepository>;
  /** Every place opened so far, with its repository. */
  opened(): readonly { readonly place: Place; readonly repository: EventRepository }[];
  /** Places whose last opening failed, and why. */
  failures(): readonly { readonly place: Place; readonly error: ErrorFacts }[];
  close(): Promise<void>;
  health(): Promise<RegistryHealth>;
}

export interface OpenPlace {
  /** Make a missing place: the first write of a topic. */
  readonly create?: boolean;
  /** A missing place is expected and no trouble: a store before its first write. */
  readonly mayBeMissing?: boolean;
}

export interface RegistryHealth {
  readonly status: Exclude<HealthStatus, 'unknown'>;
  readonly repositoryCount: number;
  readonly isShutdown: boolean;
  /** by `adapter:connection` */
  readonly repositories: Readonly<Record<string, RepositoryHealth>>;
}

export interface RegistryOptions {
  readonly adapters: RepositoryAdapters;
  readonly base: string;
  readonly lockWait: number;
  /** Why nothing may be written anywhere. */
  readonly readOnly?: string | undefined;
  readonly allowOutside: boolean;
}

interface Entry {
  readonly place: Place;
  readonly opening: Promise<EventRepository>;
  repository?: EventRepository;
}

export function createRepositoryRegistry(options: RegistryOptions): RepositoryRegistry {
  const { adapters, base, lockWait } = options;
  const entries = new Map<string, Entry>();
  const identities = new Map<string, string>();
  const failures = new Map<string, { readonly place: Place; readonly error: ErrorFacts }>();
  let isShutdown = false;

  const locate = async (adapter: string, connection: string): Promise<RepositoryLocation> => {
    if (adapter === '') throw new EventStoreError('INVALID_TOPIC_CONFIG', 'A repository needs an adapter.', { field: 'adapter' });
    return findAdapter(adapters, adapter).locate(connection, base);
  };

  const openPlace = async (location: RepositoryLocation, create: boolean): Promise<EventRepository> => {
    const readOnly = readOnlyReason(location);
    const repository = await findAdapter(adapters, location.adapter).open(location, { create: create && readOnly === null, lockWait });
    return readOnly === null ? repository : readOnlyRepository(repository, readOnly);
  };

  const readOnlyReason = (location: RepositoryLocation): string | null => {
    if (options.readOnly !== undefined) return options.readOnly;
    if (!location.outside || options.allowOutside) return null;
    return `"${location.connection}" lies outside the store's folder (${base}). Allow places outside it (--allow-outside) to write there.`;
  };

  const getOrCreate = async (adapter: string, connection: string, how: OpenPlace = {}): Promise<EventRepository> => {
    const { create = false, mayBeMissing = false } = how;
    refuseAfterClose();
    // Finding out where a place lies costs several looks at the disk, more than most calls: once is enough while it is open.
    // That the file there is still the same is the repository's own to notice.
    const open = find(adapter, connection)?.entry.repository;
    if (open) return open;
    const location = await locate(adapter, connection);
    refuseAfterClose();
    const identity = `${adapter}:${location.identity}`;
    identities.set(placeKey({ adapter, connection }), identity);
    const known = entries.get(identity);
    // A caller that may create must not inherit the failure of one that may not.
    if (known) return create ? known.opening.catch(() => getOrCreate(adapter, connection, how)) : known.opening;
    const entry: Entry = { place: { adapter, connection }, opening: openPlace(location, create) };
    entries.set(identity, entry);
    try {
      entry.repository = await entry.opening;
      failures.delete(identity);
      return entry.repository;
    } catch (error) {
      if (!mayBeMissing || !isMissing(error)) failures.set(identity, { place: entry.place, error: errorFacts(error) });
      if (entries.get(identity) === entry) entries.delete(identity);
      throw error;
    }
  };

  const refuseAfterClose = (): void => {
    if (isShutdown) throw new EventStoreError('REPOSITORY_CLOSED', 'The repositories are closed. Open the store again.', {});
  };

  const find = (adapter: string, connection: string): { identity: string; entry: Entry } | undefined => {
    const identity = identities.get(placeKey({ adapter, connection }));
    const entry = identity === undefined ? undefined : entries.get(identity);
    return identity !== undefined && entry ? { identity, entry } : undefined;
  };

  return {
    locate,
    async refuseReadOnly(adapter, connection) {
      const reason = readOnlyReason(await locate(adapter, connection));
      if (reason !== null) throw readOnlyError(reason);
    },
    async visit(adapter, connection, look) {
      refuseAfterClose();
      const location = await locate(adapter, connection);
      const known = entries.get(`${adapter}:${location.identity}`);
      if (known) return look(await known.opening);
      const repository = await openPlace(location, false);
      try {
        return await look(repository);
      } finally {
        await repository.close();
      }
    },
    get: (adapter, connection) => find(adapter, connection)?.entry.repository,
    getOrCreate,
    async reopen(adapter, connection) {
      const known = find(adapter, connection);
      if (known) {
        entries.delete(known.identity);
        await known.entry.opening.then(
          (repository) => repository.close(),
          () => {},
        );
      }
      return getOrCreate(adapter, connection);
    },
    failures: () => [...failures.values()],
    opened: () => [...entries.values()].flatMap(({ place, repository }) => (repository ? [{ place, repository }] : [])),
    async close() {
      isShutdown = true;
      const closing = [...entries.values()];
      entries.clear();
      const results = await Promise.allSettled(
        closing.map(async ({ opening }) => {
          const repository = await opening.catch(() => null);
          await repository?.close();
        }),
      );
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
    async health() {
      const healths = await Promise.all(
        [...entries.values()].map(async ({ place, repository }): Promise<[string, RepositoryHealth]> => [
          placeKey(place),
          repository ? await healthOf(place, repository) : { ...unopened(place), state: 'initializing' },
        ]),
      );
      for (const { place, error } of failures.values()) {
        healths.push([placeKey(place), { ...unopened(place), status: 'down', state: 'failed', reason: error.message }]);
      }
      return {
        status: isShutdown ? 'down' : totalStatus(healths.map(([, { status }]) => status)),
        repositoryCount: healths.length,
        isShutdown,
        repositories: Object.fromEntries(healths),
      };
    },
  };
}

/** Nothing is at that place at all, as opposed to something that cannot be opened. */
export function isMissing(error: unknown): boolean {
  return isEventStoreError(error, 'STORAGE_UNAVAILABLE') && error.details['missing'] === true;
}

async function healthOf(place: Place, repository: EventRepository): Promise<RepositoryHealth> {
  try {
    return { ...(await repository.health()), connection: place.connection };
  } catch (error) {
    return { ...unopened(place), status: 'down', state: 'failed', reason: errorFacts(error).message };
  }
}

/** The health of a place nobody has opened: nothing is known, and that lowers nothing. */
export function unopened({ adapter, connection }: Place): RepositoryHealth {
  return { status: 'unknown', state: 'uninitialized', adapter, connection, readOnly: false, checked: {} };
}

/** All down is down, any trouble is degraded, what is unknown does not count. */
export function totalStatus(statuses: readonly HealthStatus[]): Exclude<HealthStatus, 'unknown'> {
  const known = statuses.filter((status) => status !== 'unknown');
  if (known.length > 0 && known.every((status) => status === 'down')) return 'down';
  return known.every((status) => status === 'up') ? 'up' : 'degraded';
}
