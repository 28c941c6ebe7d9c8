import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EventStoreError } from '../../shared/model/errors.ts';
import { validateEventStreamConfig, type EventStreamConfig } from '../../shared/model/event-stream-config.ts';
import { topicOptions } from '../../shared/model/topic-config.ts';

/** The file that says which topic of a folder is its configuration: `{ "configStream": { name, adapter, connection, options } }`. */
export const STORE_FILE = 'tidemark.json';

/** Larger files are no store file: it holds four short members. */
const MOST_BYTES = 1024 * 1024;

/**
 * The configuration stream that the folder's store file names; null where there is no such file.
 * @throws EventStoreError NOT_A_STORE for a file that does not say it, STORAGE_UNAVAILABLE where it cannot be read.
 */
export async function readStoreFile(folder: string): Promise<EventStreamConfig | null> {
  const path = join(folder, STORE_FILE);
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return null;
    if (code === 'EISDIR') throw brokenStoreFile(path, 'it is a folder');
    throw new EventStoreError('STORAGE_UNAVAILABLE', `${path} cannot be read (${code}). Check its permissions.`, { path, reason: code });
  }
  if (bytes.length > MOST_BYTES) throw brokenStoreFile(path, `it has ${bytes.length} bytes`);
  return parseStoreFile(path, bytes);
}

function parseStoreFile(path: string, bytes: Buffer): EventStreamConfig {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw brokenStoreFile(path, (error as Error).message);
  }
  const stream = member(parsed, 'configStream');
  const name = member(stream, 'name');
  const adapter = member(stream, 'adapter');
  const connection = member(stream, 'connection');
  const options = member(stream, 'options') ?? {};
  if (typeof name !== 'string' || typeof adapter !== 'string' || typeof connection !== 'string') {
    throw brokenStoreFile(path, '"configStream" needs the texts name, adapter and connection');
  }
  if (typeof options !== 'object' || Array.isArray(options)) throw brokenStoreFile(path, '"options" is no object of texts');
  const pairs = Object.entries(options).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  const config = { name, adapter, connection, options: topicOptions(pairs) };
  try {
    validateEventStreamConfig(config);
  } catch (error) {
    throw brokenStoreFile(path, (error as Error).message);
  }
  return config;
}

function member(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}

function brokenStoreFile(path: string, found: string): EventStoreError {
  return new EventStoreError(
    'NOT_A_STORE',
    `${path} does not name a configuration topic: ${found}. It should hold { "configStream": { "name", "adapter", "connection", "options" } }; mend it, or move it away.`,
    { path, lookedFor: [`${STORE_FILE} with "configStream"`], found: [found] },
  );
}

export function storeFileText(configStream: EventStreamConfig): string {
  return `${JSON.stringify({ configStream }, null, 2)}\n`;
}
