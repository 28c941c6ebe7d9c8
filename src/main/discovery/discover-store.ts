import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { EventStoreError, isEventStoreError } from '../../shared/model/errors.ts';
import { DEFAULT_CONFIG_TOPIC, type EventStreamConfig } from '../../shared/model/event-stream-config.ts';
import { MAX_PAGE } from '../../shared/model/event.ts';
import type { TopicConfig } from '../../shared/model/topic-config.ts';
import type { EventRepository, RepositoryAdapters, RepositoryTopic } from '../eventstore/ports/event-repository.ts';
import { findAdapter } from '../eventstore/repository-factory.ts';
import { configSteps, emptyCatalogue, foldCatalogue, type Place } from '../eventstore/topic-catalogue.ts';
import { chooseBase } from './choose-base.ts';
import { chooseCandidate, type Candidate } from './choose-candidate.ts';
import { configEvidence } from './config-candidates.ts';
import { repositoryFolders } from './repository-folders.ts';
import { readStoreFile, STORE_FILE } from './store-file.ts';
import type { StoreLocation } from './store-location.ts';
import { errorFromSystem } from './system-error.ts';

export interface DiscoverOptions {
  readonly adapters: RepositoryAdapters;
  /** Which topic is the configuration, where several could be: its name, or `CONNECTION/NAME` where names are equal. */
  readonly configTopic?: string | undefined;
  /** Milliseconds; only passed on to the repositories, nothing is written here. */
  readonly lockWait?: number | undefined;
}

/** Versions of a configuration topic that are folded to learn where its topics are stored. */
const MOST_CONFIG_EVENTS = 1000;

/**
 * What can be opened at `path`: a folder with tidemark.json, a folder that is or holds fs repositories, or a SQLite
 * file of ours. Writes nothing and looks at a bounded part of the store.
 * @throws EventStoreError NOT_A_STORE { path, lookedFor, found }; INVALID_INPUT { candidates } where several topics could
 * be the configuration, or for a `configTopic` that is none; STORAGE_UNAVAILABLE without permission.
 */
export async function discoverStore(path: string, options: DiscoverOptions): Promise<StoreLocation> {
  const absolute = resolve(path);
  let facts;
  try {
    facts = await stat(absolute);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw notAStore(absolute, 'nothing');
    throw errorFromSystem(error, absolute);
  }
  if (facts.isDirectory()) return discoverFolder(absolute, options);
  if (!facts.isFile()) throw notAStore(absolute, 'something that is neither a file nor a folder');
  if (facts.size === 0) throw notAStore(absolute, 'an empty file');
  return discoverFile(absolute, options);
}

async function discoverFile(path: string, options: DiscoverOptions): Promise<StoreLocation> {
  // A link may stand anywhere; the store's neighbours are where the file really is.
  const file = await realpath(path);
  const base = dirname(file);
  const own = { adapter: 'sqlite', place: file, connection: basename(file) };
  const seen = await examine(options, base, { adapter: 'sqlite', connection: own.connection }).catch((error: unknown) => {
    if (!isEventStoreError(error, 'NOT_A_STORE')) throw error;
    const { found } = error.details;
    throw notAStore(path, typeof found === 'string' ? found : error.message);
  });
  const location = { path, kind: 'sqlite', base, own } as const;
  if (seen.topics.length === 0) {
    const configStream = { ...streamAt('sqlite', options.configTopic ?? DEFAULT_CONFIG_TOPIC), connection: '.' };
    return { ...location, configStream, topics: [] };
  }
  const chosen = chooseCandidate(path, seen.candidates, options.configTopic);
  if (chosen) return { ...location, configStream: { ...chosen.stream, adapter: 'sqlite', connection: '.' }, topics: [] };
  return { ...location, configStream: null, topics: ownTopics(path, [{ ...seen, connection: '.' }]) };
}

async function discoverFolder(path: string, options: DiscoverOptions): Promise<StoreLocation> {
  const own = { adapter: 'fs', place: path, connection: '.' };
  const named = await readStoreFile(path);
  if (named) {
    if (options.configTopic !== undefined && options.configTopic !== named.name) {
      throw new EventStoreError(
        'INVALID_INPUT',
        `${join(path, STORE_FILE)} names the configuration topic "${named.name}", not "${options.configTopic}". Leave the name out, or change the file.`,
        { field: 'configTopic', configTopic: options.configTopic, named: named.name },
      );
    }
    return { path, kind: 'fs', base: path, own, configStream: named, topics: [] };
  }
  const folders = await repositoryFolders(path);
  if (folders.length === 0) throw notAStore(path, 'a folder without any of them');
  const { repositories, failure } = await examineAll(options, path, folders);
  const candidates = repositories.flatMap((seen) => seen.candidates);
  const chosen = chooseCandidate(path, candidates, options.configTopic);
  // What could not be opened may hold the configuration, so the rest alone must not pass for the whole.
  if (!chosen && failure) throw failure;
  if (chosen) return folderWithConfig(path, chosen);
  return { path, kind: 'fs', base: path, own, configStream: null, topics: ownTopics(path, repositories) };
}

async function folderWithConfig(path: string, { stream, connection, places }: Candidate): Promise<StoreLocation> {
  const home = resolve(path, connection);
  const bases: [string, ...string[]] = connection === '.' ? [path, dirname(path)] : [path, home];
  const base = await chooseBase(bases, places);
  const fromBase = base === home ? '.' : base === path ? connection : basename(home);
  const configStream = { ...stream, adapter: 'fs', connection: fromBase };
  return { path, kind: 'fs', base, own: { adapter: 'fs', place: base, connection: '.' }, configStream, topics: [] };
}

/** What one repository holds. */
interface Seen {
  readonly connection: string;
  readonly adapter: string;
  readonly topics: readonly RepositoryTopic[];
  readonly candidates: readonly Candidate[];
}

/** Every repository of a folder; one that cannot be opened stands aside as the failure. */
async function examineAll(
  options: DiscoverOptions,
  base: string,
  folders: readonly string[],
): Promise<{ repositories: Seen[]; failure: EventStoreError | null }> {
  const repositories: Seen[] = [];
  let failure: EventStoreError | null = null;
  for (const connection of folders) {
    try {
      repositories.push(await examine(options, base, { adapter: 'fs', connection }));
    } catch (error) {
      if (!isEventStoreError(error)) throw error;
      failure ??= error;
    }
  }
  return { repositories, failure };
}

async function examine({ adapters, lockWait = 0 }: DiscoverOptions, base: string, { adapter, connection }: Place): Promise<Seen> {
  const opener = findAdapter(adapters, adapter);
  const repository = await opener.open(await opener.locate(connection, base), { create: false, lockWait });
  try {
    const topics = await everyTopic(repository);
    const candidates: Candidate[] = [];
    for (const { topic, is } of await configEvidence(repository, topics)) {
      if (is === 'other') continue;
      const places = is === 'events' ? await namedPlaces(repository, topic.name) : [];
      const options = topic.config?.options ?? {};
      candidates.push({ stream: { ...streamAt(adapter, topic.name), options }, connection, is, places });
    }
    return { adapter, connection, topics, candidates };
  } finally {
    await repository.close();
  }
}

function streamAt(adapter: string, name: string): EventStreamConfig {
  return { name, adapter, connection: '', options: {} };
}

async function everyTopic(repository: EventRepository): Promise<RepositoryTopic[]> {
  const topics: RepositoryTopic[] = [];
  for (;;) {
    const page = await repository.listTopics(topics.at(-1)?.name ?? null, MAX_PAGE);
    topics.push(...page);
    if (page.length < MAX_PAGE) return topics;
  }
}

/** Where the first events of a configuration topic say that topics are stored. */
async function namedPlaces(repository: EventRepository, topic: string): Promise<readonly Place[]> {
  let catalogue = emptyCatalogue;
  let cursor: number | null = 0;
  while (cursor !== null && catalogue.version < MOST_CONFIG_EVENTS) {
    const page = await repository.read(topic, { direction: 'forward', cursor, limit: MOST_CONFIG_EVENTS });
    catalogue = foldCatalogue(catalogue, configSteps(page)).catalogue;
    cursor = page.next;
  }
  return [...catalogue.places.values()];
}

/** @throws EventStoreError INVALID_INPUT where two repositories hold a topic of one name and nothing says which is meant. */
function ownTopics(path: string, repositories: readonly Seen[]): TopicConfig[] {
  const topics = new Map<string, TopicConfig>();
  for (const { adapter, connection, topics: found } of repositories) {
    for (const { name, config } of found) {
      const other = topics.get(name);
      if (other) {
        throw new EventStoreError(
          'INVALID_INPUT',
          `${path} holds several repositories without a configuration topic, and both "${other.connection}" and "${connection}" have a topic "${name}". Open one of these folders instead.`,
          { field: 'path', path, repositories: repositories.map((repository) => repository.connection) },
        );
      }
      topics.set(name, { name, adapter, connection, options: config?.options ?? {} });
    }
  }
  return [...topics.values()];
}

const LOOKED_FOR = [
  `a folder with ${STORE_FILE}`,
  'a folder, or a folder of folders, with configs/ or events/ inside',
  'a SQLite file with the application id of Tidemark',
];

function notAStore(path: string, found: string): EventStoreError {
  return new EventStoreError('NOT_A_STORE', `${path} is not an event store: looked for ${LOOKED_FOR.join('; ')}; found ${found}.`, {
    path,
    lookedFor: LOOKED_FOR,
    found: [found],
  });
}
