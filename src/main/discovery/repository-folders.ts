import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorFromSystem } from './system-error.ts';

/** What a folder of the Go original's layout holds. One of them is enough: half a store is still worth reading. */
const LAYOUT_FOLDERS = ['configs', 'events'] as const;

/**
 * The fs repositories at a picked folder, as connections relative to it: `.` for the folder itself, then its direct
 * subfolders by name. Subfolders that cannot be looked into are none.
 * @throws EventStoreError STORAGE_UNAVAILABLE where the folder itself cannot be read.
 */
export async function repositoryFolders(folder: string): Promise<readonly string[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    throw errorFromSystem(error, folder);
  }
  const found: string[] = [];
  if (await isRepositoryFolder(folder)) found.push('.');
  for (const name of names.sort()) {
    if (await isRepositoryFolder(join(folder, name))) found.push(name);
  }
  return found;
}

export async function isRepositoryFolder(folder: string): Promise<boolean> {
  for (const name of LAYOUT_FOLDERS) if (await isFolder(join(folder, name))) return true;
  return false;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
