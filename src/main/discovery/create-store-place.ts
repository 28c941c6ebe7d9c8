import { mkdir, open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { EventStoreError } from '../../shared/model/errors.ts';
import { DEFAULT_CONFIG_TOPIC, type EventStreamConfig } from '../../shared/model/event-stream-config.ts';
import type { RepositoryAdapters } from '../eventstore/ports/event-repository.ts';
import { findAdapter } from '../eventstore/repository-factory.ts';
import { validateTopicName } from '../eventstore/topic-name.ts';
import { CONFIG_TOPIC_MARK, KNOWN_CONFIG_NAMES } from './config-candidates.ts';
import { STORE_FILE, storeFileText } from './store-file.ts';
import type { StoreLocation } from './store-location.ts';
import { errorFromSystem } from './system-error.ts';

export interface NewStore {
  /** `sqlite`: one file; `fs`: a folder. */
  readonly adapter: string;
  /** Name of the configuration topic; `configuration`. */
  readonly configTopic?: string | undefined;
}

const LOCK_WAIT = 5000;

/**
 * Makes the file or folder of a new store, with an empty configuration topic. All is refused before anything is made.
 * @throws EventStoreError INVALID_INPUT where something is there already, INVALID_TOPIC_NAME, UNKNOWN_ADAPTER,
 * ADAPTER_NOT_AVAILABLE, STORAGE_UNAVAILABLE.
 */
export async function createStorePlace(path: string, wanted: NewStore, adapters: RepositoryAdapters): Promise<StoreLocation> {
  const { adapter, configTopic: name = DEFAULT_CONFIG_TOPIC } = wanted;
  const place = resolve(path);
  validateTopicName(name);
  findAdapter(adapters, adapter);
  if (adapter !== 'sqlite' && adapter !== 'fs') {
    throw new EventStoreError('INVALID_INPUT', `A store at a path is a SQLite file (sqlite) or a folder (fs), not "${adapter}".`, {
      field: 'adapter',
      adapter,
    });
  }
  await refuseTaken(place, adapter);
  const options = KNOWN_CONFIG_NAMES.includes(name) ? {} : { [CONFIG_TOPIC_MARK.key]: CONFIG_TOPIC_MARK.value };
  const configStream = { name, adapter, connection: '.', options };
  return adapter === 'fs' ? makeFolder(place, configStream, adapters) : makeFile(place, configStream, adapters);
}

async function makeFile(path: string, configStream: EventStreamConfig, adapters: RepositoryAdapters): Promise<StoreLocation> {
  const base = dirname(path);
  const own = { adapter: 'sqlite', place: path, connection: basename(path) };
  await makeConfigTopic(adapters, base, own.connection, configStream);
  return { path, kind: 'sqlite', base, own, configStream, topics: [] };
}

async function makeFolder(path: string, configStream: EventStreamConfig, adapters: RepositoryAdapters): Promise<StoreLocation> {
  try {
    await mkdir(path, { recursive: true });
    // The store file comes first: a crash after it leaves a store whose configuration topic comes with its first write.
    const file = await open(join(path, STORE_FILE), 'wx');
    try {
      await file.writeFile(storeFileText(configStream));
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw errorFromSystem(error, path);
  }
  await makeConfigTopic(adapters, path, '.', configStream);
  const own = { adapter: 'fs', place: path, connection: '.' };
  return { path, kind: 'fs', base: path, own, configStream, topics: [] };
}

async function makeConfigTopic(adapters: RepositoryAdapters, base: string, connection: string, stream: EventStreamConfig): Promise<void> {
  const adapter = findAdapter(adapters, stream.adapter);
  const repository = await adapter.open(await adapter.locate(connection, base), { create: true, lockWait: LOCK_WAIT });
  try {
    await repository.createTopic(stream, 'refuse', '');
  } finally {
    await repository.close();
  }
}

/** Nothing, an empty file, or an empty folder may be there. */
async function refuseTaken(place: string, adapter: string): Promise<void> {
  let what: string | null = null;
  try {
    const facts = await stat(place);
    if (facts.isDirectory()) {
      if (adapter === 'sqlite') what = 'a folder';
      else if ((await readdir(place)).length > 0) what = 'a folder that is not empty';
    } else if (!facts.isFile() || facts.size > 0 || adapter === 'fs') what = 'a file';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw errorFromSystem(error, place);
  }
  if (what === null) return;
  throw new EventStoreError(
    'INVALID_INPUT',
    `${place} is ${what} already, and a new store replaces nothing. Choose another path, or open it.`,
    {
      field: 'path',
      path: place,
      found: what,
    },
  );
}
