import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Files whose size is asked for; a folder with more is at least so large. */
const MOST_FILES = 5000;

const SIDE_FILES = ['-wal', '-journal'];

export interface StoreSize {
  readonly bytes: number;
  /** False where there was more than was looked at. */
  readonly isWhole: boolean;
}

/** The bytes of a store's file and its side files, or of what lies in its folder. Null where nothing is. */
export async function storeSize(path: string, mostFiles = MOST_FILES): Promise<StoreSize | null> {
  const facts = await stat(path).catch(() => null);
  if (!facts) return null;
  if (facts.isDirectory()) return folderSize(path, mostFiles);
  const sides = await Promise.all(SIDE_FILES.map((side) => bytesOf(`${path}${side}`)));
  return { bytes: sides.reduce((sum, bytes) => sum + bytes, facts.size), isWhole: true };
}

async function folderSize(root: string, mostFiles: number): Promise<StoreSize> {
  const folders = [root];
  let bytes = 0;
  let files = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    try {
      for await (const entry of await opendir(folder)) {
        // Links are not followed: what they lead to is not this store's.
        if (entry.isDirectory()) folders.push(join(folder, entry.name));
        else if (entry.isFile()) {
          if (files === mostFiles) return { bytes, isWhole: false };
          files++;
          bytes += await bytesOf(join(folder, entry.name));
        }
      }
    } catch {
      // A folder that went away or cannot be listed weighs nothing.
    }
  }
  return { bytes, isWhole: true };
}

async function bytesOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}
