import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryFolders } from './repository-folders.ts';

/** Folders whose times are looked at: enough for what is written now, without reading a whole disk. */
const MOST_FOLDERS = 2000;

/** What a write changes beside the database itself. Not `-shm`: a reader changes it too. */
const SIDE_FILES = ['', '-wal', '-journal'];

/**
 * When anyone last wrote to the store at `path`, in ms since the epoch, by the times of its files and folders; null where
 * nothing tells. An event that replaces another one in its place is not seen. Writes nothing, opens no file.
 */
export async function lastWrite(path: string): Promise<number | null> {
  const facts = await stat(path).catch(() => null);
  if (!facts) return null;
  const times = facts.isDirectory() ? await folderTimes(path) : await Promise.all(SIDE_FILES.map((side) => timeOf(`${path}${side}`)));
  const newest = Math.max(...times);
  return Number.isFinite(newest) ? newest : null;
}

async function folderTimes(path: string): Promise<readonly number[]> {
  const repositories = await repositoryFolders(path).catch(() => []);
  const times: number[] = [];
  for (const repository of repositories) {
    const at = (...names: string[]): string => join(path, repository, ...names);
    times.push(...(await Promise.all([at('events'), at('intents'), at('configs'), at('trash')].map(timeOf))));
    const topics = await namesIn(at('events'), MOST_FOLDERS - times.length);
    times.push(...(await Promise.all(topics.map((topic) => timeOf(at('events', topic))))));
    if (times.length >= MOST_FOLDERS) break;
  }
  return times;
}

async function namesIn(folder: string, most: number): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    // The iterator closes the folder, however the loop ends.
    for await (const entry of await opendir(folder)) {
      if (names.length >= most) break;
      if (entry.isDirectory()) names.push(entry.name);
    }
  } catch {
    // A folder that cannot be listed tells no time.
  }
  return names;
}

/** -Infinity where nothing is. */
async function timeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return -Infinity;
  }
}
